from decimal import Decimal

from series.extract import extract_text
from series.extract.units import read


def test_a_percent_sign_before_the_point_is_moved_behind_the_number() -> None:
    figure, end = read("27%.2", 0) or (None, 0)
    assert figure is not None
    assert (figure.number, end) == (Decimal("27.2"), 5)


def test_a_percentage_that_has_its_decimals_takes_no_more() -> None:
    figure, end = read("12.0%.0%", 0) or (None, 0)
    assert figure is not None
    assert (figure.number, end) == (Decimal("12.0"), 5)


def test_a_magnitude_without_a_number_is_no_amount() -> None:
    text = "2009年国际服务外包执行额首次超过百亿美元,达到100.9亿美元。"
    assert [candidate.printed for candidate in extract_text(text).candidates] == ["100.9亿美元"]


def test_a_space_may_part_thousands_of_an_amount() -> None:
    figure, end = read("1 303.1亿美元", 0) or (None, 0)
    assert figure is not None
    assert (figure.number, figure.currency, end) == (Decimal("1303.1"), "usd", 10)


def test_tenths_with_more_behind_them_are_over() -> None:
    figure, end = read("两成多", 0) or (None, 0)
    assert figure is not None
    assert (figure.number, figure.more, end) == (Decimal(20), True, 3)


def test_a_tenth_is_read_where_something_grew_by_it() -> None:
    figure, _ = read("rose by nearly a tenth.", 15) or (None, 0)
    assert figure is not None
    assert (figure.kind, figure.number) == ("percent", Decimal(10))
    assert read("rose in a third country", 8) is None


def test_a_sign_that_ends_a_text_is_no_figure() -> None:
    assert read("+", 0) is None
