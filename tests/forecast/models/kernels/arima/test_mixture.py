from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.arima.gradient import value_and_gradient as general
from forecast.models.kernels.arima.mixture import Sines, value_and_gradient
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

HULL = Order(1, 0, 1, constant=True)
POINTS = np.array([(0, 0), (0.5, -0.3), (-0.9, 0.8), (0.4, 0.4), (0, -1), (1 - 1e-8, 0.2), (-1 + 1e-8, -1), (0.3, 1)])


@pytest.mark.parametrize("length", [1, 2, 5, 40])
@pytest.mark.parametrize("constant", [0.0, 1.0])
def test_sines_give_the_likelihood_and_slope_of_the_whole_series(length: int, constant: float) -> None:
    if length == constant:
        return  # a mean leaves nothing of one value
    count = len(POINTS)
    lengths = np.where(np.arange(count) % 2, 40, length)
    values = np.cumsum(np.random.default_rng(1).standard_normal((40, count)), axis=0)
    sample = Sample.whole(values * (np.arange(40)[:, None] < lengths), lengths, np.full(count, constant))
    with np.errstate(divide="ignore"):
        value, gradient = value_and_gradient(Sines.of(sample).take(np.arange(count), sample.constant), POINTS.T)
    expected, slope = general(HULL, sample, POINTS.T)
    np.testing.assert_allclose(value, expected, rtol=1e-9, atol=1e-8)
    np.testing.assert_allclose(gradient, slope, rtol=1e-5, atol=1e-5)


def test_what_cannot_be_reckoned_is_infinite() -> None:
    sample = Sample.whole(np.zeros((4, 2)), np.array([4, 4]), np.ones(2))
    with np.errstate(all="ignore"):
        value, gradient = value_and_gradient(Sines.of(sample).take(np.arange(2), np.ones(2)), np.zeros((2, 2)))
    assert np.isinf(value).all()
    assert (gradient == 0.0).all()
