from __future__ import annotations

import numpy as np
import pytest

from forecast.models import predict
from forecast.windows import Windows


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
