"""Figures at the edge of what can be: finite ascending quantiles, or a refusal by name; never a warning."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.errors import InputError
from forecast.models import predict
from forecast.windows import Windows

GOOD = np.round(10 * np.exp(np.cumsum(0.08 + 0.1 * np.random.default_rng(0).standard_normal(20))), 3)
AT = np.arange(20)
COLUMNS = {
    "good": GOOD,
    "outlier": np.where(AT == 9, 1e9, GOOD),
    "late outlier": np.where(AT == 19, 1e9, GOOD),
    "tiny": GOOD * 1e-302,
    "huge": GOOD * 1e300,
    "both": np.where(AT % 2, 1e-300, 1e300),
    "line": AT + 1.0,
    "once": np.where(AT == 7, 1.0, 0.0),
}
REFUSED = {"constant": np.full(20, 7.0), "zeros": np.zeros(20)}
MODELS = ["naive", "drift", "theta", "ets", "arima", "growth", "combination", "arima+parameters"]


def _frame(columns: dict[str, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame({"year": 2000 + AT, **columns})


def test_a_frame_of_odd_series_is_forecast_one_by_one() -> None:
    made = forecast.run(_frame(COLUMNS | REFUSED), models=MODELS, horizon=3, engine="batch")
    assert set(made.names) == set(COLUMNS)
    assert set(made.failures) == set(REFUSED)
    table = made.forecasts
    assert np.isfinite(table["value"]).all()
    steps = table.groupby(["model", "series", "horizon"])["value"].agg(list)
    assert all(one == sorted(one) for one in steps)
    silent = set(MODELS) - set(table.loc[table["series"] == "good", "model"])
    assert not silent
    for model in MODELS:
        for name, refused in zip(made.names, made.answers[model].refusals, strict=True):
            assert not refused or any(name in one and model in one for one in made.warnings)


def test_a_backtest_of_odd_series_has_finite_scores() -> None:
    test = forecast.evaluate(_frame(COLUMNS | REFUSED), models=MODELS, origins=3, horizon=2)
    scores = test.scores
    assert set(test.failures) == set(REFUSED)
    known = scores.loc[scores["series"].eq("good") & scores["n"].gt(0), "value"]
    assert np.isfinite(known.astype(float)).all()


@pytest.mark.parametrize("text", ["nan", "inf"])
def test_a_value_that_is_none_is_refused_with_the_series_and_its_place(text: str) -> None:
    values = [*map(str, GOOD[:9]), text, *map(str, GOOD[10:])]
    frame = pd.DataFrame({"year": [str(2000 + n) for n in AT], "holed": values})
    with pytest.raises(
        InputError, match=f"row 10, column holed: '{text}' is not a finite number; leave the cell empty"
    ):
        forecast.run(frame, models="theta", horizon=1, engine="batch")


@pytest.mark.parametrize("model", ["naive", "drift", "theta", "arima"])
def test_identical_series_get_identical_answers_whatever_block_they_are_in(model: str) -> None:
    many = 9000 if model != "arima" else 2000
    values = np.repeat(np.log(GOOD[None, :8]), many, axis=0)
    ones = np.ones(many, dtype=np.int64)
    windows = Windows(values, 8 * ones, 1, 0 * ones, np.arange(many, dtype=np.uint64))
    found = predict(model, windows, 2, np.array([0.1, 0.5, 0.9]), engine="batch").quantiles
    assert np.isfinite(found).all()
    assert (found == found[0]).all()
