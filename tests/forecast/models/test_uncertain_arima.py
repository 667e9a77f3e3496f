from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.models import chosen, predict, predict_all
from forecast.windows import Windows

BOTH = ["arima", "arima+parameters"]
NAN = float("nan")


@pytest.mark.parametrize("moving", [False, True], ids=["autoregression", "moving average"])
def test_its_intervals_cover_simulated_series_better(moving: bool) -> None:
    noise = np.random.default_rng(0).standard_normal((300, 86))
    paths = noise.copy()
    for step in range(1, 86):
        paths[:, step] += 0.7 * (noise[:, step - 1] if moving else paths[:, step - 1])
    past, truth = paths[:, 60:80], paths[:, 80:]
    answers = predict_all(BOTH, Windows.of(list(past)), 6, np.array([0.025, 0.5, 0.975]), engine="batch")
    usual, wider = (
        np.mean((answers[name].quantiles[:, :, 0] <= truth) & (truth <= answers[name].quantiles[:, :, 2]))
        for name in BOTH
    )
    assert usual + 0.005 < wider < 0.95


def test_order_and_median_are_those_of_arima() -> None:
    rng = np.random.default_rng(2)
    pasts = [np.cumsum(0.3 + rng.standard_normal(size)) for size in (30, 12, 20, 9)]
    pasts[2][[4, 5]] = NAN
    answers = predict_all(BOTH, Windows.of(pasts), 4, engine="batch")
    usual, wider = (answers[name] for name in BOTH)
    assert wider.produced == tuple(f"{name}, parameters uncertain" for name in usual.produced)
    np.testing.assert_allclose(wider.median, usual.median, rtol=1e-12)
    assert (np.ptp(wider.quantiles, axis=2) >= np.ptp(usual.quantiles, axis=2)).all()


def test_it_is_found_by_name_and_not_asked_unasked() -> None:
    frame = {"year": range(2000, 2020), "a": np.cumsum(np.random.default_rng(3).standard_normal(20)) + 50}
    made = forecast.run(pd.DataFrame(frame), models=["arima+parameters"], horizon=2, rank=False)
    assert set(made.forecasts["model"]) == {"arima+parameters"}
    assert "arima+parameters" not in chosen(None)[0]


def test_both_engines_have_the_same() -> None:
    windows = Windows.of([np.cumsum(np.random.default_rng(4).standard_normal(16))])
    one, other = (predict("arima+parameters", windows, 2, engine=engine) for engine in ("batch", "reference"))
    np.testing.assert_array_equal(one.quantiles, other.quantiles)
