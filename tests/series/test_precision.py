"""Precision: digits that a range bears."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
