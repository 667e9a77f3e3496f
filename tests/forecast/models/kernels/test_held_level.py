from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.held_level import held, likeliest
from forecast.models.kernels.pasts import lay
from forecast.models.kernels.theta import moments, moments_with_gaps

NAN = np.nan


def test_one_missing_value_by_hand() -> None:
    # alpha 1/2, first level l: errors 4 - l over 1, then 6 - (2 + l/2) over 1 + 1/4
    found = held(np.array([[4.0], [0.0], [6.0]]), np.array([[True], [False], [True]]), np.array([0.5]))
    # (4 - l)^2 + (4 - l/2)^2 / 1.25 is least at l = (4 + 1.6) / (1 + .2) = 14/3
    first = 14 / 3
    error = 4 - first / 2
    np.testing.assert_allclose(found.squares, (4 - first) ** 2 + error**2 / 1.25)
    np.testing.assert_allclose(found.level, 2 + first / 2 + (0.25 + 0.5) / 1.25 * error)
    np.testing.assert_allclose(found.unknown, 0.25 * 0.25 / 1.25)


def test_it_is_an_arima_011_with_missing_values() -> None:
    # statsmodels: the same variances of the forecasts, so the same filter
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    values = np.cumsum(np.random.default_rng(3).standard_normal(40))
    values[[3, 9, 10, 11, 30, 38]] = NAN
    alpha = 0.4
    model = SARIMAX(values, order=(0, 1, 1), use_exact_diffuse=True)
    told = model.smooth([alpha - 1.0, 1.0]).get_forecast(3)
    known = np.isfinite(values)[:, None]
    ours = held(np.nan_to_num(values)[:, None], known, np.array([alpha]))
    np.testing.assert_allclose(ours.level[0], told.predicted_mean[0], rtol=1e-4)  # the starts are forgotten
    np.testing.assert_allclose(1.0 + ours.unknown[0] + np.arange(3) * alpha**2, told.se_mean**2, rtol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_without_gaps_it_is_simple_smoothing(seed: int) -> None:
    values = np.cumsum(np.random.default_rng(seed).standard_normal((1, 30)), axis=1)
    (pasts,) = lay(values, np.array([30]), chunk=1)
    usual, ours = moments(pasts, 4), moments_with_gaps(pasts, np.ones((30, 1), bool), 4)
    np.testing.assert_allclose(ours[0], usual[0], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(ours[1], usual[1], rtol=1e-4)


def test_series_of_several_lengths_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(1)
    values, known = rng.standard_normal((20, 2)), rng.random((20, 2)) > 0.2
    known[[0, 19], 0] = known[[0, 11], 1] = True
    known[12:, 1] = False
    alpha = likeliest(values, known)
    both = held(values, known, alpha)
    alone = held(values[:12, 1:], known[:12, 1:], likeliest(values[:12, 1:], known[:12, 1:]))
    assert (both.level[1], both.unknown[1]) == (alone.level[0], alone.unknown[0])


def test_kept_parameters_are_those_of_the_first_values() -> None:
    rng = np.random.default_rng(5)
    values = np.cumsum(rng.standard_normal(30))[:, None]
    pasts = next(lay(values.T, np.array([30]), 1))
    every, first = np.ones((30, 1), bool), np.array([18])
    usual, ours = moments(pasts, 4, first), moments_with_gaps(pasts, every, 4, first)
    np.testing.assert_allclose(ours[0], usual[0], rtol=1e-5)
    np.testing.assert_allclose(ours[1], usual[1], rtol=1e-5)
    assert not np.allclose(ours[0], moments_with_gaps(pasts, every, 4)[0], rtol=1e-3)
