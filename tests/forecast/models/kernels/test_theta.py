from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from forecast.models.kernels.pasts import lay
from forecast.models.kernels.theta import moments, predict, regression_slope

# forecast::thetaf of R package forecast 8.20: means and (upper - mean) / qnorm(.975) of four steps
RISING = [23, 25, 24, 28, 31, 29, 33, 38, 37, 41, 46, 44, 47, 55, 52]
RISING_MEANS = [53.1343456011, 54.2682741725, 55.4022027440, 56.5361313154]
RISING_SPREADS = [3.95164443899, 5.58818723747, 6.84398856150, 7.90269082394]
NILE = [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140]
NILE_MEANS = [994.631173104, 990.816511450, 987.001849796, 983.187188141]
NILE_SPREADS = [147.805024760, 147.805025499, 147.805026238, 147.805026977]


def _moments(values: Sequence[float], horizon: int) -> tuple[np.ndarray, np.ndarray]:
    (pasts,) = lay(np.array([values], dtype=float), np.array([len(values)]), chunk=1)
    means, spreads = moments(pasts, horizon)
    return pasts.scaled_back(means)[0], pasts.scaled_back(spreads)[0]


@pytest.mark.parametrize(
    ("values", "means", "spreads"), [(RISING, RISING_MEANS, RISING_SPREADS), (NILE, NILE_MEANS, NILE_SPREADS)]
)
def test_forecasts_are_those_of_thetaf(values: list[int], means: list[float], spreads: list[float]):
    ours = _moments(values, 4)
    # thetaf's search stops at a relative change of 1e-8 in the sum of squares
    np.testing.assert_allclose(ours[0], means, rtol=2e-5)
    np.testing.assert_allclose(ours[1], spreads, rtol=2e-5)


def test_slope_is_that_of_the_regression_on_time():
    (pasts,) = lay(np.array([[1.0, 3.0, 5.0, 7.0], [np.nan, 4.0, 4.0, 1.0]]), np.array([4, 3]), chunk=2)
    np.testing.assert_allclose(regression_slope(pasts) * 2.0**pasts.exponents, [2.0, -1.5])


def test_a_straight_line_is_continued_at_half_its_slope():
    means, _ = _moments([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], 3)
    np.testing.assert_allclose(np.diff(means), 0.5, rtol=1e-6)


def test_a_seasonal_series_is_forecast_as_by_thetaf():
    # UKgas of R to the end of 1965
    gas = [160.1, 129.7, 84.8, 120.1, 160.1, 124.9, 84.8, 116.9, 169.7, 140.9, 89.7, 123.3]
    gas += [187.3, 144.1, 92.9, 120.1, 176.1, 147.3, 89.7, 123.3, 185.7, 155.3, 99.3, 131.3]
    quantiles, adjusted = predict(np.array([gas]), np.array([24]), 4, 5, np.array([0.5]))
    assert adjusted.all()
    wanted = [191.090591213, 154.610319207, 98.508368644, 133.821740087, 193.661015747]
    np.testing.assert_allclose(quantiles[0, :, 0], wanted, rtol=1e-5)


def test_chunk_order_and_batch_of_one_change_no_digit():
    rng = np.random.default_rng(6)
    lengths = rng.integers(4, 30, 23)
    values = np.full((23, 30), np.nan)
    for row, length in enumerate(lengths):
        values[row, 30 - length :] = 9 + 2 * np.sin(np.arange(length) * np.pi / 2) + rng.standard_normal(length)
    levels = np.array([0.1, 0.5, 0.9])
    whole, _ = predict(values, lengths, 4, 6, levels)
    np.testing.assert_array_equal(predict(values, lengths, 4, 6, levels, chunk=5)[0], whole)
    np.testing.assert_array_equal(predict(values[::-1], lengths[::-1], 4, 6, levels)[0][::-1], whole)
    np.testing.assert_array_equal(predict(values[7:8], lengths[7:8], 4, 6, levels)[0][0], whole[7])
