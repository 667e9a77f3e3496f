"""How many years growth is over, on sentences of our own."""

import pytest

from series.extract import Candidate, extract_text
from series.extract.candidates import OPEN


def read(text: str) -> list[Candidate]:
    return list(extract_text(text, published=(2024, 2)).candidates)


@pytest.mark.parametrize(
    ("text", "period", "base"),
    [
        ("Over the four years to 2023, offshore execution grew 9.8% a year.", "2020-01..2023-12", "2019"),
        ("Over the decade to 2023, offshore execution grew 12.8% per year.", "2014-01..2023-12", "2013"),
        ("“十四五”前三年,离岸执行额年均增长12.7%。", "2021-01..2023-12", "2020"),
        ("“十三五”期间,离岸执行额年均增长10.4%。", "2016-01..2020-12", "2015"),
        ("2023年较2018年,离岸执行额年均复合增长率为11.3%。", "2019-01..2023-12", "2018"),
        ("2015年至2020年,离岸执行额由646亿美元增至1058亿美元,年均增长10.4%。", "2016-01..2020-12", "2015"),
    ],
)
def test_average_growth_is_over_the_years_that_are_named(text: str, period: str, base: str) -> None:
    (average,) = (one for one in read(text) if one.kind == "cagr")
    assert (str(average.period), str(average.base), average.notes) == (period, base, ())


@pytest.mark.parametrize(
    "text",
    [
        "2019年至2023年,离岸执行额年均增长9.8%。",
        "From 2019 to 2023 offshore execution expanded by 9.8% annually.",
        "Between 2019 and 2023, offshore execution grew 9.8% a year on average.",
    ],
)
def test_years_that_may_begin_with_the_base_are_noted_and_offered_both_ways(text: str) -> None:
    (average,) = read(text)
    assert (average.kind, str(average.period), str(average.base)) == ("cagr", "2019-01..2023-12", "2018")
    assert average.notes == (OPEN,)
    assert average.confidence == pytest.approx(0.7)
    assert average.alternatives[0]["base"] == ["2019-01", "2019-12"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年离岸执行额年均增长9.8%。",
        "2023年离岸执行额月均增长1.2%。",
        "2023年离岸执行额比2019年1-6月年均增长9.8%。",
        "Offshore execution grew 9.8% a year in 2023.",
        "近四年离岸执行额年均增长9.8%。2023年。",
    ],
)
def test_an_average_of_years_that_are_not_named_is_left_out(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Offshore execution increased 56.3% between 2019 and 2023.", "growth"),
        ("2019年至2023年,离岸执行额增长56.3%。", "growth"),
        ("Offshore execution increased 3.5-fold from 2019 to 2023.", "multiple"),
    ],
)
def test_growth_over_several_years_is_of_the_last_against_the_first(text: str, kind: str) -> None:
    (growth,) = read(text)
    assert (growth.kind, str(growth.period), str(growth.base)) == (kind, "2023", "2019")


def test_growth_of_a_sum_of_years_is_left_out() -> None:
    assert [one.kind for one in read("“十三五”期间,离岸执行额累计4470亿美元,增长63.6%。")] == ["level"]
