from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.arima.autoregression import LaggedSums, value_and_gradient
from forecast.models.kernels.arima.gradient import value_and_gradient as general
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample


@pytest.mark.parametrize("size", [1, 3, 5])
def test_sums_give_the_likelihood_and_slope_of_the_whole_series(size: int) -> None:
    rng = np.random.default_rng(size)
    lengths = np.repeat([size + 1, 2 * size, 30, 21], 2)
    values = np.cumsum(rng.standard_normal((30, 8)), axis=0) * (np.arange(30)[:, None] < lengths)
    points, constant = rng.uniform(-0.95, 0.95, (size, 8)), np.tile([0.0, 1.0], 4)
    points[-1, :2] = 0.0  # an order below that of the hull
    sample = Sample.whole(values, lengths, constant)
    value, gradient = value_and_gradient(LaggedSums.of(sample, size), points)
    expected, slope = general(Order(size, constant=True), sample, points)
    np.testing.assert_allclose(value, expected, atol=1e-9)
    np.testing.assert_allclose(gradient, slope, rtol=1e-7, atol=1e-8)


def test_what_cannot_be_reckoned_is_infinite() -> None:
    sample = Sample.whole(np.zeros((4, 2)), np.array([4, 4]), np.ones(2))
    with np.errstate(all="ignore"):
        value, gradient = value_and_gradient(LaggedSums.of(sample, 1), np.zeros((1, 2)))
    assert np.isinf(value).all()
    assert (gradient == 0.0).all()
