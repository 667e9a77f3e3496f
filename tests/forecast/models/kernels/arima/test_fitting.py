from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.fitting import FIRST, NEW, Fits, Fitter, points_near
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

LENGTHS = np.array([40, 31])
VALUES = np.random.default_rng(5).standard_normal((40, 2)) * (np.arange(40)[:, None] < LENGTHS)
SAMPLE = Sample.whole(VALUES, LENGTHS, np.ones(2))
CATALOGUE = Catalogue.of(1)
SMALL = CATALOGUE.orders.index(Order(1, 0, 1, constant=True))
LARGE = CATALOGUE.orders.index(Order(2, 0, 1, constant=True))
WHITE = CATALOGUE.orders.index(Order(constant=True))

Optimum = Callable[..., tuple[np.ndarray, np.ndarray]]


def _fit(number: int, start: np.ndarray) -> Fits:
    fitter = Fitter(SAMPLE, CATALOGUE)
    fitter.ask(np.array([0]), np.array([number]), start, np.array([np.inf]))
    fits = fitter.step()
    assert not fitter
    return fits


def test_more_starts_are_never_worse_and_a_larger_order_neither(optimum: Optimum) -> None:
    one, three = (optimum(SAMPLE, CATALOGUE.orders[SMALL], starts)[1] for starts in (1, 3))
    assert (three <= one).all()
    small = _fit(SMALL, points_near(CATALOGUE, np.array([SMALL]), np.array([WHITE]), np.zeros((10, 1))))
    start = points_near(CATALOGUE, np.array([LARGE]), small.numbers, small.points)
    assert _fit(LARGE, start).objectives[0] <= small.objectives[0] + 1e-3


def test_a_neighbour_keeps_what_it_shares() -> None:
    points = np.arange(10.0)[:, None] / 10.0
    start = points_near(CATALOGUE, np.array([LARGE]), np.array([SMALL]), points)
    np.testing.assert_array_equal(start[[0, 1, 5], 0], [0.0, NEW, 0.5])
    assert np.count_nonzero(start) == 2
    white = points_near(CATALOGUE, np.array([LARGE]), np.array([WHITE]), points)  # nothing to keep
    np.testing.assert_array_equal(white[[0, 1, 5], 0], FIRST)


def test_fits_do_not_depend_on_who_is_fitted_beside_them(optimum: Optimum) -> None:
    for order in (Order(2), Order(1, 0, 1, constant=True), Order(2, 0, 1, constant=True)):
        points, values = optimum(SAMPLE, order)
        for row, size in enumerate(LENGTHS):
            alone = Sample.whole(VALUES[:size, row : row + 1], LENGTHS[row : row + 1], np.ones(1))
            again, value = optimum(alone, order)
            np.testing.assert_array_equal(again[:, 0], points[:, row])
            assert value[0] == values[row]
