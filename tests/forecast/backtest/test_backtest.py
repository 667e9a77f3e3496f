from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import backtest
from forecast.errors import EvidenceError, InputError
from forecast.panels import from_series
from series.observations import Series


def test_the_document_has_every_model_series_horizon_and_metric(made: Callable[..., Series], growing: Series) -> None:
    panel = from_series([growing, made([3, 5, 4, 6, 7, 9], name="b")])
    found = backtest.make(panel, ["theta"], origins=3, horizon=2)
    document = found.document()
    assert (document["origins"], document["horizon"]) == (3, 2)
    assert {row["model"] for row in document["scores"]} == {"theta", "naive", "drift"}
    assert {row["series"] for row in document["scores"]} == {"all", growing.id, "b"}
    assert {row["horizon"] for row in document["scores"]} == {"all", 1, 2}
    assert len(document["scores"]) == 3 * 3 * 3 * 9
    assert {row["verdict"] for row in document["verdict"]} == {"cannot tell"}
    json.dumps(document, allow_nan=False)


def test_naive_errors_by_hand(made: Callable[..., Series]) -> None:
    # windows 1 2 4 3 | 5 and 1 2 4 3 5 | 9: errors 2 and 4 over mean steps 4/3 and 6/4
    found = backtest.make(from_series([made([1, 2, 4, 3, 5, 9])]), ["naive"], origins=9, horizon=1)
    np.testing.assert_allclose(found.cells["naive"]["mase"][:, 0], [2 / (4 / 3), 4 / 1.5])
    score = next(row for row in found.rows if row["model"] == "naive" and row["metric"] == "mase")
    assert score["n"] == 2
    assert score["value"] == pytest.approx((1.5 + 4 / 1.5) / 2)


def test_the_first_window_of_a_backtest_does_not_see_the_future(made: Callable[..., Series]) -> None:
    one = backtest.make(from_series([made([1, 2, 4, 3, 5, 9])]), ["drift"], origins=2, horizon=1)
    other = backtest.make(from_series([made([1, 2, 4, 3, 500, 9])]), ["drift"], origins=2, horizon=1)
    np.testing.assert_array_equal(one.answers["drift"].quantiles[0], other.answers["drift"].quantiles[0])
    assert not np.array_equal(one.answers["drift"].quantiles[1], other.answers["drift"].quantiles[1])


def test_frames_are_in_the_long_form(growing: Series) -> None:
    found = backtest.make(from_series([growing]), ["naive"], origins=2, horizon=2)
    assert list(found.scores) == ["model", "series", "horizon", "metric", "value", "n"]
    assert set(found.scores["horizon"]) == {"1", "2", "all"}
    assert found.scores.sort_values("horizon")["horizon"].iloc[-1] == "all"
    table = found.forecasts
    assert list(table) == ["model", "series", "origin", "horizon", "period", "quantile", "value", "truth"]
    row = table[(table.model == "drift") & (table.origin == "2021") & (table.horizon == 2)]
    assert set(row["truth"]) == {1513.0}
    assert set(row["period"]) == {"2023"}


def test_a_clear_difference_is_told(made: Callable[..., Series]) -> None:
    rng = np.random.default_rng(1)
    many = [
        made(np.exp(0.1 * np.arange(12) + 0.01 * rng.standard_normal(12)), name=f"s{number}") for number in range(8)
    ]
    found = backtest.make(from_series(many), ["drift"], origins=4, horizon=2)
    verdict = next(one for one in found.verdicts if one.series == "all" and one.against == "naive")
    assert (verdict.model, verdict.verdict) == ("drift", "better")
    assert found.ranking[0]["model"] == "drift"
    assert found.ranking[0]["verdict"] == "better"


def test_what_cannot_be_backtested_is_refused(made: Callable[..., Series], growing: Series) -> None:
    panel = from_series([growing])
    with pytest.raises(EvidenceError, match="before an origin and one after"):
        backtest.make(from_series([made([1, 2, 3, 4])]), ["naive"])
    with pytest.raises(InputError, match="origins are impossible"):
        backtest.make(panel, ["naive"], origins=0)
    for odd in ("3", 2.5, True):
        with pytest.raises(InputError, match=f"origins {odd!r} is no whole number"):
            backtest.make(panel, ["naive"], origins=odd)  # type: ignore[arg-type]
        with pytest.raises(InputError, match=f"refit {odd!r} is no whole number"):
            backtest.make(panel, ["naive"], refit=odd)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="horizon 0"):
        backtest.make(panel, ["naive"], horizon=0)
    with pytest.raises(InputError, match="Did you mean 'naive'"):
        backtest.make(panel, ["naiv"])


def test_a_constant_start_has_no_scale_and_says_so_by_n(made: Callable[..., Series]) -> None:
    found = backtest.make(from_series([made([2, 2, 2, 2, 3, 5, 4])]), ["naive"], origins=9, horizon=1)
    rows = {row["metric"]: row["n"] for row in found.rows if row["model"] == "naive" and row["horizon"] == "all"}
    assert rows["smape"] == 3
    assert rows["mase"] == 2


def test_between_new_fits_parameters_are_kept(made: Callable[..., Series]) -> None:
    noise = np.random.default_rng(3).standard_normal((2, 30))
    values = np.cumsum(0.3 * noise[0] + 1) + 2 * noise[1]
    panel = from_series([made(values, unit="percent")])
    names = ["theta", "ets", "arima", "naive"]
    each, kept = (backtest.make(panel, names, origins=6, horizon=2, refit=refit) for refit in (1, 3))
    for name in names:
        ours, theirs = kept.answers[name].quantiles, each.answers[name].quantiles
        np.testing.assert_array_equal(ours[[0, 3]], theirs[[0, 3]])  # the origins of a new fit
        assert np.isfinite(ours).all()
        assert np.array_equal(ours, theirs) == (name == "naive")  # which has nothing to keep


def test_what_is_fitted_anew_all_the_same_is_said(growing: Series) -> None:
    found = backtest.make(from_series([growing]), ["prophet"], origins=2, horizon=1, refit=2)
    assert any("prophet is fitted anew at every origin" in warning for warning in found.warnings)
    told = backtest.make(from_series([growing]), ["growth", "ets"], origins=2, horizon=1, refit=2).warnings
    assert [one for one in told if "anew" in one] == ["growth is fitted anew at every origin: it cannot follow without"]
    with pytest.raises(InputError, match="every 0 origins"):
        backtest.make(from_series([growing]), ["naive"], refit=0)


def test_the_default_stays_unless_another_model_is_clearly_better(made: Callable[..., Series], growing: Series) -> None:
    found = backtest.make(from_series([growing]), ["combination", "theta"], origins=5, horizon=5)
    assert found.choice["model"] == "combination"
    beside = {row["model"]: row["against_default"] for row in found.ranking}
    assert beside == {"combination": "the default", **dict.fromkeys(("theta", "naive", "drift"), "cannot tell")}
    assert all(0 <= row["beats_default"] < 0.9 for row in found.ranking if row["model"] != "combination")
    lines = [made(100 * 1.3 ** np.arange(14.0) * (1 + place / 50), name=f"s{place}") for place in range(30)]
    told = backtest.make(from_series(lines), ["combination", "growth"], origins=4, horizon=1)
    assert told.document()["choice"]["model"] in ("combination", "growth", "drift")


def test_without_the_default_there_is_no_choice(growing: Series) -> None:
    found = backtest.make(from_series([growing]), ["theta"], origins=3, horizon=2)
    assert found.choice["model"] is None
    assert {row["against_default"] for row in found.ranking} == {None}


def test_scores_are_kept_as_parquet(growing: Series, tmp_path: Path) -> None:
    scores = backtest.make(from_series([growing]), ["naive"], origins=2, horizon=2).scores
    scores.to_parquet(tmp_path / "scores.parquet")
    again = pd.read_parquet(tmp_path / "scores.parquet")
    assert again["horizon"].tolist() == scores["horizon"].tolist()
