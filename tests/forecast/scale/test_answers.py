from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.models import predict_all
from forecast.quantiles import LEVELS, Forecasts
from forecast.scale import runs
from forecast.scale.answers import answer_all
from forecast.scale.chunks import Job
from forecast.scale.engines import Alone
from forecast.scale.openings import open_source
from forecast.windows import Windows
from tests.forecast.scale.conftest import Heard, growing

BAD = 1234.5
WINDOWS = Windows.of([np.arange(1.0, 9) + at if at != 3 else np.array([9.0, 8, 7, BAD]) for at in range(6)])


def breaking(monkeypatch: pytest.MonkeyPatch, error: Exception, model: str = "theta") -> None:
    """Let one model break on a window that ends in a certain value."""

    def broken(names: Sequence[str], windows: Windows, *rest: object) -> dict[str, Forecasts]:
        if model in names and (windows.values[:, -1] == BAD).any():
            raise error
        return predict_all(names, windows, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("forecast.scale.answers.predict_all", broken)


@pytest.mark.parametrize(
    "error",
    [
        np.linalg.LinAlgError("Matrix is not\npositive definite"),
        RuntimeError("Matrix is not"),
        KeyError("Matrix is not"),
    ],
)
def test_a_model_that_breaks_refuses_one_window_and_every_other_answer_stands(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    wanted = predict_all(["drift", "theta"], WINDOWS, 3, LEVELS, "positive", "batch")
    breaking(monkeypatch, error)
    found = answer_all(["drift", "theta"], WINDOWS, 3, ["positive"] * 6, "batch")
    np.testing.assert_array_equal(found["drift"].quantiles, wanted["drift"].quantiles)
    rest = [0, 1, 2, 4, 5]
    np.testing.assert_array_equal(found["theta"].quantiles[rest], wanted["theta"].quantiles[rest])
    assert np.isnan(found["theta"].quantiles[3]).all()
    assert [row for row, refusal in enumerate(found["theta"].refusals) if refusal] == [3]
    assert found["theta"].refusals[3].replace("'", "") == "failed: Matrix is not"
    assert not any(found["drift"].refusals)


@pytest.mark.parametrize("error", [InputError("wrong"), OSError(28, "No space left"), MemoryError()])
def test_what_is_no_fault_of_a_series_is_not_laid_on_it(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    breaking(monkeypatch, error)
    with pytest.raises(type(error)):
        answer_all(["drift", "theta"], WINDOWS, 3, ["positive"] * 6, "batch")


@pytest.mark.parametrize("origins", [0, 1])
def test_a_broken_model_is_named_and_the_others_are_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origins: int
) -> None:
    bad = pd.DataFrame([("bad", 2000 + n, 5.0 + n) for n in range(9)], columns=["series", "period", "value"])
    bad.loc[8 - origins, "value"] = BAD
    breaking(monkeypatch, ValueError("Matrix is not positive definite"))
    job = Job(str(tmp_path / "out"), ("drift", "theta"), 1, origins=origins)
    outcome = runs.execute(job, open_source(pd.concat([growing(8), bad])), Alone(), Heard(), chunk=10**6)
    assert (outcome.series, outcome.failed, outcome.partly, outcome.partial) == (9, 1, 1, True)
    listed = pd.read_csv(tmp_path / "out/failures.csv")
    assert listed.to_numpy().tolist() == [
        ["bad", "refused by a model", "theta: failed: Matrix is not positive definite"]
    ]
    found = pd.concat(
        pd.read_parquet(path) for path in (tmp_path / "out" / ("scores" if origins else "forecasts")).iterdir()
    )
    told = found.groupby("series", observed=True)["model"].unique().map(set)
    assert "drift" in told["bad"]
    assert "theta" not in told["bad"]
    assert all({"drift", "theta"} <= models for name, models in told.items() if name != "bad")


def test_a_series_on_which_every_model_breaks_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = pd.DataFrame([("bad", 2000 + n, 5.0 + n) for n in range(9)], columns=["series", "period", "value"])
    bad.loc[8, "value"] = BAD
    breaking(monkeypatch, ValueError("Matrix is not positive definite"), "drift")
    job = Job(str(tmp_path / "out"), ("drift",), 1)
    outcome = runs.execute(job, open_source(pd.concat([growing(8), bad])), Alone(), Heard(), chunk=10**6)
    assert (outcome.failed, outcome.partly, outcome.rows) == (1, 0, 8 * 23)
    assert pd.read_csv(tmp_path / "out/failures.csv").to_numpy().tolist() == [
        ["bad", "refused", "drift: failed: Matrix is not positive definite"]
    ]
