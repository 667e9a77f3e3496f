from collections.abc import Callable

import numpy as np
import pytest

from forecast.models.kernels.arima.gradient import value_and_gradient
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample


@pytest.fixture
def assert_slope() -> Callable[[Order, Sample, np.ndarray], None]:
    """Check a gradient at points [P, N] against differences of the likelihood."""

    def check(order: Order, sample: Sample, points: np.ndarray) -> None:
        _, gradient = value_and_gradient(order, sample, points)
        for place in range(order.coefficients):
            step = np.zeros_like(points)
            step[place] = 1e-6
            above, below = (value_and_gradient(order, sample, points + side * step)[0] for side in (1, -1))
            np.testing.assert_allclose(gradient[place], (above - below) / 2e-6, rtol=1e-5, atol=1e-5)

    return check
