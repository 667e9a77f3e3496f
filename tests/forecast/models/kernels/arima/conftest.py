from collections.abc import Callable

import numpy as np
import pytest

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.fitting import FIRST, Fitter
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


@pytest.fixture
def optimum() -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """Fit one order to all series of a sample, from several starts; the best points [P, N] and objectives [N]."""

    def find(sample: Sample, order: Order, starts: int = 3) -> tuple[np.ndarray, np.ndarray]:
        catalogue = Catalogue.of(order.season)
        number, count = catalogue.orders.index(order), len(sample.lengths)
        has = catalogue.reach[:, number, None] > 0
        seasonal = (len(has) - 10) // 2
        sides = np.repeat([0.4, -0.4, 0.4, -0.4], (5, 5, seasonal, seasonal))[:, None] * has
        fitter, rows = Fitter(sample, catalogue), np.arange(count)
        for start in (FIRST * has, sides, -sides)[:starts]:
            fitter.ask(rows, np.full(count, number), np.repeat(start, count, axis=1), np.full(count, np.inf))
        points, objectives = np.zeros((len(has), count)), np.full(count, np.inf)
        while fitter:
            fits = fitter.step()
            for place, row in enumerate(fits.rows.tolist()):
                if fits.objectives[place] < objectives[row]:
                    objectives[row], points[:, row] = fits.objectives[place], fits.points[:, place]
        return points[has[:, 0]], objectives

    return find
