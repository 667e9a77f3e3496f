from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.stepwise import Limits, Searches, neighbours, starts

CATALOGUE = Catalogue.of(1)


def _limits(length: int, season: int, differences: int) -> Limits:
    return Limits.of(np.array([length]), season, np.array([differences]), np.array([False]))


def _answers(
    criteria: list[Callable[[Order], float]], limits: Limits, ahead: int = 4, patience: int = 1
) -> tuple[list[Order], int]:
    """Search for the lowest of each criterion, some of them told later than others; return orders and asked count."""
    many = len(criteria)
    limits = Limits(*(np.repeat(one, many) for one in limits))
    searches = Searches(CATALOGUE, limits, np.ones(many, bool), np.zeros(many, bool), ahead)
    asked = [searches.ask(np.arange(many))]
    count = 0
    while asked:
        rows, numbers = asked.pop(0)
        count += len(rows)
        for part in np.array_split(np.arange(len(rows)), patience):
            told = [criteria[rows[one]](CATALOGUE.orders[numbers[one]]) for one in part]
            ready = searches.tell(rows[part], numbers[part], np.array(told, dtype=float))
            more = searches.ask(ready)
            asked += [more] if len(more[0]) else []
    return [CATALOGUE.orders[number] for number in searches.best.tolist()], count


def _far(one: Order) -> float:
    return (one.p - 4) ** 2 + (one.q - 1) ** 2 + one.constant


def test_the_search_walks_to_the_lowest_criterion() -> None:
    found = [_answers([_far], _limits(30, 1, 1), ahead) for ahead in (1, 4)]
    assert found[0][0] == found[1][0] == [Order(4, 0, 1)]
    assert found[0][1] < found[1][1]  # looking ahead costs some fits and changes nothing


def test_searches_do_not_wait_for_each_other() -> None:
    criteria = [_far, lambda one: -one.q, lambda one: one.p + one.q - one.constant, lambda _: float("inf")]
    alone = [_answers([one], _limits(30, 1, 1))[0][0] for one in criteria]
    assert alone[1:] == [Order(2, 0, 5, constant=True), Order(constant=True), Order(constant=True)]
    for patience in (1, 2, 5):
        assert _answers(criteria, _limits(30, 1, 1), patience=patience)[0] == alone


def test_the_largest_first_model_is_asked_for_when_the_best_of_the_others_is_known() -> None:
    limits = _limits(30, 1, 1)
    searches = Searches(CATALOGUE, limits, np.ones(1, bool), np.zeros(1, bool))
    asked = []
    for _ in range(3):
        _, numbers = searches.ask(np.array([0]))
        asked.append({str(CATALOGUE.orders[one]) for one in numbers.tolist()})
        searches.tell(np.zeros_like(numbers), numbers, np.array([-float(CATALOGUE.orders[one].p) for one in numbers]))
    white, simple, largest = (
        {str(Order(p, 0, q, constant=constant)) for p, q, constant in orders}
        for orders in ([(0, 0, True)], [(1, 0, True), (0, 1, True), (0, 0, False)], [(2, 2, True)])
    )
    assert asked == [white, simple, largest]


def test_limits_follow_the_length() -> None:
    assert [one.item() for one in _limits(40, 4, 1)] == [3, 2, True]
    assert [one.item() for one in _limits(8, 1, 0)] == [2, 0, False]
    even = Limits.of(np.array([40]), 4, np.array([1]), np.array([True]))
    assert [one.item() for one in even] == [0, 0, False]


def test_a_search_begins_with_different_models_within_its_limits() -> None:
    yes, no = np.array([True]), np.array([False])

    def named(limits: Limits, constant: np.ndarray, short: np.ndarray) -> list[Order]:
        return [CATALOGUE.orders[one] for one in starts(CATALOGUE, limits, constant, short)[0].tolist() if one < 72]

    assert named(_limits(30, 1, 1), yes, no) == [
        Order(constant=True),
        Order(2, 0, 2, constant=True),
        Order(1, 0, 0, constant=True),
        Order(0, 0, 1, constant=True),
        Order(),
    ]
    assert named(_limits(9, 1, 2), no, yes) == [Order(), Order(1, 0, 1), Order(1), Order(0, 0, 1)]
    assert named(Limits.of(np.array([9]), 1, np.array([1]), yes), yes, yes) == [Order(constant=True)]


def test_without_a_difference_the_mean_stays() -> None:
    one = CATALOGUE.orders.index(Order(1, 0, 1, constant=True))

    def near(differences: int) -> list[Order]:
        limits = Limits(*(limit.item() for limit in _limits(30, 1, differences)))
        found = neighbours(CATALOGUE, limits)[one]
        return [CATALOGUE.orders[number] for number in found.tolist() if number < len(CATALOGUE.orders)]

    assert len(near(0)) == 8
    assert all(one.constant for one in near(0))
    assert near(1) == [*near(0), Order(1, 0, 1)]
