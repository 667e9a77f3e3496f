"""A user's series with missing values, from the file or frame to what the commands print."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast import backtest, outlook
from forecast.cli import invoke
from forecast.models import predict
from forecast.panels import from_frame
from forecast.windows import Windows

YEARS = list(range(2004, 2024))
STEPS = np.random.default_rng(12).standard_normal((3, 20))
VALUES = {
    name: 100 * np.exp(np.cumsum(0.04 + 0.06 * row))
    for name, row in zip(("whole", "holed", "late"), STEPS, strict=True)
}
VALUES["holed"][[6, 12, 13]] = np.nan
VALUES["late"][[0, 1, 8, 19]] = np.nan
WIDE = pd.DataFrame({"year": YEARS, **VALUES})
LONG = WIDE.melt("year", var_name="series", value_name="value")
TAKERS = ["naive", "drift", "theta", "arima", "combination"]


def written(folder: Path, kind: str) -> Path:
    path = folder / {"long": "long.csv", "wide": "wide.csv", "book": "my.xlsx", "lake": "my.parquet"}[kind]
    if kind == "book":
        WIDE.to_excel(path, index=False)
    elif kind == "lake":
        LONG.to_parquet(path)
    else:
        {"long": LONG.dropna(), "wide": WIDE}[kind].to_csv(path, index=False)
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    assert invoke([*words, "--json"]) == code
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def past_of(name: str) -> np.ndarray:
    values = VALUES[name]
    known = np.flatnonzero(np.isfinite(values))
    return values[known[0] : known[-1] + 1]


@pytest.mark.parametrize("kind", ["long", "wide", "book", "lake"])
def test_files_of_every_kind_are_forecast_as_windows_are(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(written(tmp_path, kind)), "--models", ",".join(TAKERS), "--horizon", "2"]
    answer = asked(capsys, "run", *words, "--engine", "batch")
    assert {row["series"] for row in answer["forecasts"]} == set(VALUES)
    assert {(one["series"], one["message"]) for one in answer["findings"] if one["kind"] == "gap"} == {
        ("holed", "no value for 2010, 2016 and 2017"), ("late", "no value for 2012"),
    }  # fmt: skip
    test = asked(capsys, "backtest", *words, "--origins", "3")
    assert all(row["n"] for row in test["scores"] if row["horizon"] == "all")


def test_a_frame_gives_what_its_windows_give_to_the_last_bit() -> None:
    made = forecast.run(WIDE, models=TAKERS, horizon=3, engine="batch", rank=False)
    assert made.names == tuple(VALUES)
    assert [str(origin) for origin in made.origins] == ["2023", "2023", "2022"]
    windows = Windows.of([past_of(name) for name in VALUES])
    for model in TAKERS:
        alone = predict(model, windows, 3, support="positive", engine="batch")
        np.testing.assert_array_equal(made.answers[model].quantiles, alone.quantiles)
        assert made.answers[model].produced == alone.produced


def test_a_panel_in_chunks_gives_what_its_windows_give_to_the_last_bit(tmp_path: Path) -> None:
    for kind in ("long", "wide", "lake"):
        out = tmp_path / kind
        words = ["--data", str(written(tmp_path, kind)), "--models", ",".join(TAKERS), "--horizon", "2"]
        assert invoke(["run", *words, "--out", str(out)]) == 0
        found = pd.read_parquet(out / "forecasts")
        for name in VALUES:
            for model in TAKERS:
                mine = found[(found["series"] == name) & (found["model"] == model)]["value"].to_numpy()
                alone = predict(model, Windows.of([past_of(name)]), 2, support="positive", engine="batch").quantiles
                np.testing.assert_array_equal(mine, alone.reshape(-1))
        listed = pd.read_csv(out / "findings.csv")
        assert listed.loc[listed["kind"].eq("gap"), "series"].tolist() == ["holed", "late"]


def test_a_backtest_in_chunks_scores_what_one_in_memory_does(tmp_path: Path) -> None:
    path = written(tmp_path, "long")
    words = ["backtest", "--data", str(path), "--models", "theta", "--horizon", "2", "--origins", "6"]
    assert invoke([*words, "--out", str(tmp_path / "out")]) == 0
    scores = pd.read_parquet(tmp_path / "out/scores").set_index(["model", "series", "metric"])
    test = forecast.evaluate(LONG, models=["theta"], origins=6, horizon=2)
    ours = test.scores.query("horizon == 'all' and series != 'all'").set_index(["model", "series", "metric"])
    assert len(ours) == len(scores)
    for key, row in ours.iterrows():
        assert scores.loc[key, "n"] == row["n"]
        assert scores.loc[key, "value"] == pytest.approx(row["value"], rel=1e-12)


def test_a_model_that_cannot_refuses_in_a_line_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, "wide"))
    assert invoke(["run", "--data", path, "--models", "ets,theta", "--horizon", "1", "--engine", "batch"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert "forecast: gap, 2: holed: no value for 2010, 2016 and 2017; late: no value for 2012" in said
    assert sum("ets gave no forecast of holed, late: a value is missing inside the window" in one for one in said) == 1
    assert invoke(["run", "--data", path, "--models", "ets", "--horizon", "1", "--engine", "batch"]) == 3
    said = capsys.readouterr().err.splitlines()
    assert [one.split(": ")[1] for one in said if "ets: a value is missing" in one] == ["holed", "late"]
    assert invoke(["run", "holed", "--data", path, "--models", "ets", "--horizon", "1"]) == 4
    assert "series holed: ets: a value is missing inside the window" in capsys.readouterr().err


def test_in_chunks_a_series_is_forecast_by_the_models_that_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["--data", str(written(tmp_path, "long")), "--models", "ets,theta", "--horizon", "1"]
    assert invoke(["run", *words, "--out", str(out)]) == 3
    printed = capsys.readouterr()
    assert "3 of 3 series are forecast" in printed.out
    assert "2 series (2 of them with some of the models only) and 0 files or lines failed" in printed.err
    listed = pd.read_csv(out / "failures.csv")
    assert listed["kind"].tolist() == ["refused by a model"] * 2
    found = pd.read_parquet(out / "forecasts").groupby("model", observed=True)["series"].nunique()
    assert found.to_dict() == {"ets": 1, "theta": 3}
    assert invoke(["backtest", *words, "--out", str(tmp_path / "scored")]) == 3
    assert pd.read_csv(tmp_path / "scored/failures.csv")["series"].tolist() == ["holed", "late"]


def test_a_series_mostly_without_values_fails_alone_by_either_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = WIDE.assign(stray=WIDE["whole"].where(WIDE["year"].isin([2004, 2005, 2006, 2007, 2023])))
    path = tmp_path / "my.csv"
    frame.to_csv(path, index=False)
    wanted = "stray: 5 of the 20 periods from 2004 to 2023 have a value, and half of them must"
    words = ["--data", str(path), "--models", "theta", "--horizon", "1"]
    for more in ([], ["--out", str(tmp_path / "out")]):
        assert invoke(["run", *words, *more]) == 3
        assert wanted in capsys.readouterr().err


def test_the_older_part_of_a_series_is_not_thrown_away() -> None:
    values = np.where(np.arange(20) == 15, np.nan, np.arange(20.0) ** 2 + 1)
    frame = pd.DataFrame({"year": YEARS, "a": values})
    made = forecast.run(frame, models=["drift"], horizon=1, engine="batch", rank=False)
    alone = forecast.run(frame[16:], models=["drift"], horizon=1, engine="batch", rank=False)
    assert made.answers["drift"].median[0, 0] != alone.answers["drift"].median[0, 0]


@pytest.mark.parametrize("refit", [1, 3])
def test_new_fits_every_few_origins_work_with_gaps(refit: int) -> None:
    test = forecast.evaluate(WIDE, models=TAKERS, origins=6, horizon=1, refit=refit)
    for answer in test.answers.values():
        assert not any(answer.refusals)
    names = [name for row, name in zip(test.rolling.rows, test.answers["arima"].produced, strict=True) if row == 1]
    assert refit == 1 or names[0] == names[1] == names[2]


def test_without_a_gap_nothing_depends_on_what_a_gap_would_be() -> None:
    panel = from_frame(WIDE[["year", "whole"]])
    ledgerlike = replace(panel, series=tuple(replace(one, gaps="break") for one in panel.series))
    one, two = (outlook.make(some, TAKERS, 2, engine="batch").document() for some in (panel, ledgerlike))
    assert one == two
    tests = (backtest.make(some, TAKERS, 4, 2, refit=2).document() for some in (panel, ledgerlike))
    assert next(tests) == next(tests)


def test_a_window_whose_differences_are_all_unknown_is_refused_in_words() -> None:
    """A seasonal and a plain difference of nine quarters touch a missing value everywhere."""
    past = [0.44, 1.03, np.nan, np.nan, np.nan, 0.21, np.nan, np.nan, -2.2]
    answer = predict("arima", Windows.of([past], 4), 2, engine="batch")
    assert answer.refusals == ("failed: so many values are missing that none of its differences is known",)
