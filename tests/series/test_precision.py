"""Precision: digits that a range bears."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from series import precision
from series.observations import Observation, Status
from series.periods import Period
from series.precision import decimals, ends, outward

AMOUNTS = st.floats(0.01, 90_000)


def seen(value: float, low: float, high: float, status: Status = "published") -> Observation:
    return Observation(Period.year(2020), value, low, high, status, ("s1",))


def test_a_printed_value_has_a_range_of_one_more_digit() -> None:
    assert ends(seen(13.84, 13.835, 13.845)) == (Decimal("13.835"), Decimal("13.845"))
    assert ends(seen(1634.3, 1634.25, 1634.35)) == (Decimal("1634.25"), Decimal("1634.35"))


def test_a_derived_range_shows_two_digits_of_its_width_and_none_of_it_is_lost() -> None:
    assert ends(seen(36.5, 36.4871, 36.5123, "derived")) == (Decimal("36.487"), Decimal("36.513"))


def test_what_is_known_exactly_has_no_range_to_round() -> None:
    assert ends(seen(42.5, 42.5, 42.5, "derived")) == (Decimal("42.5"), Decimal("42.5"))


@given(AMOUNTS, st.floats(0, 500))
def test_ends_are_rounded_outwards(low: float, width: float) -> None:
    first, last = outward(low, low + width, decimals(low, low + width))
    assert float(first) <= low + 1e-6
    assert float(last) >= low + width - 1e-6


@pytest.mark.parametrize(
    ("low", "high", "places"), [(36.485, 36.513, 3), (1634.25, 1634.35, 2), (8.0, 10.0, 1), (1.0, 1.0, 0)]
)
def test_a_range_shows_two_digits_of_its_width(low: float, high: float, places: int) -> None:
    assert decimals(low, high) == places


@pytest.mark.parametrize(
    ("value", "last", "shown"),
    [(1700.0, -1, "1700.0"), (1643.0, 0, "1643"), (15400.0, 2, "1.54E+4"), (13.8, -2, "13.80")],
)
def test_a_printed_value_keeps_its_noughts(value: float, last: int, shown: str) -> None:
    one = Observation(Period.year(2020), value, value, value, "published", ("s1",), last)
    assert str(precision.value(one)) == shown


def test_the_range_of_a_print_that_ends_in_a_nought_has_one_more_digit() -> None:
    one = Observation(Period.year(2026), 1700.0, 1699.95, 1700.05, "published", ("s1",), -1)
    assert ends(one) == (Decimal("1699.95"), Decimal("1700.05"))


@pytest.mark.parametrize(
    ("low", "high", "close", "shown"),
    [
        (3.349999, 3.450001, False, ("3.4", "3.4")),
        (3.349999, 3.450001, True, ("3.35", "3.45")),
        (19.0404, 19.0424, False, ("19.04", "19.04")),
        (89.5545, 89.5672, False, ("89.6", "89.6")),
        (1302.69, 1303.95, False, ("1302.6", "1304.0")),
    ],
)
def test_one_number_stands_for_a_range_only_where_it_tells_all(
    low: float, high: float, close: bool, shown: tuple[str, str]
) -> None:
    assert tuple(map(str, precision.came((low + high) / 2, low, high, close=close))) == shown
