from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.orders import Order


@pytest.mark.parametrize(("season", "many"), [(1, 72), (4, 648)])
def test_every_order_is_found_by_its_number(season: int, many: int) -> None:
    catalogue = Catalogue.of(season)
    assert len(set(catalogue.orders)) == many
    np.testing.assert_array_equal(catalogue.numbers(catalogue.digits), np.arange(many))
    for number in (0, 5, many - 1):
        p, q, P, Q, constant = catalogue.digits[:, number].tolist()  # noqa: N806
        assert catalogue.orders[number] == Order(p, 0, q, P, 0, Q, season, bool(constant))


def test_an_order_has_its_coefficients_among_those_of_its_hull() -> None:
    catalogue = Catalogue.of(4)
    for number, order in enumerate(catalogue.orders):
        kind = catalogue.hull[number]
        has = np.flatnonzero(catalogue.reach[:, number])
        assert catalogue.hulls[kind] == order.hull
        assert len(has) == order.coefficients
        assert len(catalogue.places[kind]) == order.hull.coefficients
        assert set(has.tolist()) <= set(catalogue.places[kind].tolist())


def test_a_model_too_large_for_its_series_has_no_criterion() -> None:
    catalogue = Catalogue.of(1)
    numbers = np.array([catalogue.orders.index(Order(2, 0, 1, constant=True)), 0])
    penalty = catalogue.penalty(numbers, np.array([6, 10]))
    assert penalty[0] == np.inf
    assert penalty[1] == pytest.approx(10 * (1 + np.log(2 * np.pi)) + 2 + 4 / 8)
