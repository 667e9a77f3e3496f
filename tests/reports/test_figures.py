from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import Figure, Span


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


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (917.3, 4083.0, "USD 100m", ("917", "4080")),
        (171.4, 436.0, "USD 100m", ("171", "436")),
        (0.4, 4083.0, "USD 100m", ("0.400", "4080")),
        (41.52, 104.4, "percent", ("41.5", "104.4")),
        (61.3, 8590.0, "USD 100m", ("61.3", "8590")),
        (57.7, 10600.0, "USD 100m", ("57.7", "10600")),
        (163.0, 27900.0, "USD 100m", ("163", "27900")),
        (254.0, 600.2, "USD 100m", ("254", "600")),
    ],
)
def test_each_end_of_an_estimated_interval_has_three_digits_of_its_own(
    low: float, high: float, unit: str, text: tuple[str, str]
) -> None:
    span = Span.estimate(low, high, unit)
    assert (str(span.low.value), str(span.high.value)) == text


@pytest.mark.parametrize(("number", "other", "text"), [(-59.0, 2067.0, "-60"), (3.0, 2067.0, "0"), (4.26, 41.0, "4.3")])
def test_what_stands_beside_an_estimate_ends_at_the_same_digit(number: float, other: float, text: str) -> None:
    assert str(Figure.beside(number, other, "USD 100m").value) == text


@given(st.floats(0, 1e6), st.floats(0, 1e3), st.integers(0, 5))
def test_a_range_rounded_outwards_leaves_nothing_out(low: float, width: float, places: int) -> None:
    span = Span.outward(low, low + width, "USD 100m", places)
    assert span.low.value is not None
    assert span.high.value is not None
    assert float(span.low.value) <= low + 1e-6
    assert float(span.high.value) >= low + width - 1e-6


def test_a_range_is_not_widened_by_what_a_solver_leaves() -> None:
    span = Span.outward(37.7499999, 37.8500001, "percent", 2)
    assert (str(span.low.value), str(span.high.value)) == ("37.75", "37.85")


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert str(Figure.beside(-0.3, 2284.8, "USD 100m").value) == "0"
    assert str(Figure.fixed(-0.04, "percent", 1).value) == "0.0"


@given(st.floats(1e-3, 1e6), st.floats(1, 1e5))
def test_no_end_of_an_interval_is_off_by_more_than_its_digits_hide(low: float, ratio: float) -> None:
    span = Span.estimate(low, low * ratio, "USD 100m")
    for end, shown in ((low, span.low.value), (low * ratio, span.high.value)):
        assert shown is not None
        assert abs(float(shown) - end) <= 0.00501 * end


def test_an_estimate_keeps_the_noughts_that_it_knows() -> None:
    one = Figure.estimate(27996.0, "USD 100m")
    assert (str(one.value), one.last) == ("28000", 2)
    assert (str(Figure.estimate(0.44, "count").value), Figure.estimate(600.2, "USD 100m").last) == ("0.440", 0)
