from __future__ import annotations

import numpy as np
import pytest

from forecast.models import predict
from forecast.windows import Windows

WAVES = np.tile([0.0, 4.0, 1.0, -3.0], 6) + 0.1 * np.random.default_rng(0).standard_normal(24)


def test_a_season_is_found_and_goes_on() -> None:
    answer = predict("ets", Windows.of([WAVES], season=4), 4)
    assert answer.produced[0].endswith(",A)")
    np.testing.assert_allclose(answer.median[0], [0, 4, 1, -3], atol=0.5)


def test_logs_are_answered_by_additive_forms() -> None:
    past = np.exp(np.cumsum(0.05 + 0.02 * np.random.default_rng(1).standard_normal(30)))
    assert predict("ets", Windows.of([past]), 2, support="positive").produced[0].startswith("ets(A,")


@pytest.mark.parametrize("alpha", [0.2, 0.7])
def test_spread_of_simple_smoothing_is_the_exact_one(alpha: float) -> None:
    # y(t) = l(t-1) + e(t), l(t) = l(t-1) + alpha e(t): the variance of step h is s^2 (1 + (h - 1) alpha^2)
    errors = np.random.default_rng(4).standard_normal(200)
    values = errors + alpha * np.concatenate([[0], np.cumsum(errors)[:-1]])
    answer = predict("ets", Windows.of([values]), 10, np.array([0.5, 0.975]))
    assert answer.produced == ("ets(A,N,N)",)
    half = answer.quantiles[0, :, 1] - answer.quantiles[0, :, 0]
    np.testing.assert_allclose(half[9] / half[0], np.sqrt(1 + 9 * alpha**2), rtol=0.1)
    np.testing.assert_allclose(half[0], 1.966, rtol=0.1)
