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
