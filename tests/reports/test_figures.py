from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import Figure


def test_a_published_figure_keeps_its_digits() -> None:
    assert Figure.exact(1634.3, "USD 100m").value == Decimal("1634.3")
    assert str(Figure.exact(15400.0, "CNY 100m").value) == "15400"


@pytest.mark.parametrize(("number", "text"), [(2098.56, "2100"), (41.237, "41.2"), (0.01234, "0.0123")])
def test_an_amount_estimated_keeps_three_digits(number: float, text: str) -> None:
    assert str(Figure.estimate(number, "USD 100m").value) == text


def test_an_estimated_share_keeps_a_tenth_of_a_percent() -> None:
    assert str(Figure.estimate(43.0, "percent").value) == "43.0"


@given(st.sampled_from(["nan", "inf", "-inf"]))
def test_what_is_no_number_has_no_value(text: str) -> None:
    for make in (Figure.exact, Figure.rounded, Figure.estimate):
        assert make(float(text), "USD 100m").value is None


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_an_exact_figure_is_the_float_it_came_from(number: float) -> None:
    value = Figure.exact(number, "score").value
    assert value is not None
    assert float(value) == number
