from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.arima.fitting import Fitter, fit_all, penalty, starts
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

LENGTHS = np.array([40, 31])
VALUES = np.random.default_rng(5).standard_normal((40, 2)) * (np.arange(40)[:, None] < LENGTHS)
SAMPLE = Sample.whole(VALUES, LENGTHS, np.ones(2))


def test_more_starts_are_never_worse_and_a_larger_order_neither() -> None:
    small, large = Order(1, 0, 1, constant=True), Order(2, 0, 1, constant=True)
    one, three = fit_all(SAMPLE, small, starts(small)[:1])[1], fit_all(SAMPLE, small, starts(small))[1]
    assert (three <= one).all()
    fitter = Fitter(SAMPLE)
    fitter.ask(0, small)
    found = []
    while fitter:
        found += fitter.step()
    fitter.ask(0, large, found[0].neighbouring(large))
    while fitter:
        found += fitter.step()
    assert found[1].objective <= found[0].objective + 1e-3


def test_fits_do_not_depend_on_who_is_fitted_beside_them() -> None:
    order = Order(2, 0, 1, constant=True)
    points, values = fit_all(SAMPLE, order, starts(order))
    for row, size in enumerate(LENGTHS):
        alone = Sample.whole(VALUES[:size, row : row + 1], LENGTHS[row : row + 1], np.ones(1))
        again, value = fit_all(alone, order, starts(order))
        np.testing.assert_array_equal(again[:, 0], points[:, row])
        assert value[0] == values[row]


def test_a_model_too_large_for_its_series_has_no_criterion() -> None:
    assert penalty(Order(2, 0, 1, constant=True), 6) == float("inf")
    assert penalty(Order(), 10) == pytest.approx(10 * (1 + np.log(2 * np.pi)) + 2 + 4 / 8)
