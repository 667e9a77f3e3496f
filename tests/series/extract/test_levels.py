"""Amounts that are doubtful by their size or their years, on sentences of our own."""

import pytest

from series.extract import extract_text
from series.extract.candidates import AHEAD, SMALL, SUMMED


def notes(text: str) -> list[tuple[str, ...]]:
    return [candidate.notes for candidate in extract_text(text, published=(2024, 2)).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "Jieyang executed offshore contracts of $290 million in 2023, up 8 percent.",
        "2023年揭阳承接离岸服务外包执行额2.9亿美元,增长8%。",
    ],
)
def test_a_value_far_too_small_for_the_country_is_doubted_with_its_growth(text: str) -> None:
    found = extract_text(text, published=(2024, 2)).candidates
    assert [SMALL in candidate.notes and candidate.confidence < 0.5 for candidate in found] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "In 2006 offshore executed value was $1.38 billion.",
        "2010年在岸执行额53亿美元。",
        "2023年1月离岸执行额85亿元。",
        "2023年江苏离岸执行额2.9亿美元。",
    ],
)
def test_the_country_once_had_small_values_and_places_have_them_still(text: str) -> None:
    assert notes(text) == [()]


def test_what_several_years_reached_may_be_that_of_the_last() -> None:
    assert notes("2016年至2020年,离岸执行额达4377亿美元。") == [(SUMMED,)]
    assert notes("From 2016 to 2020, offshore execution totalled $437.7 billion.") == [()]
    assert notes("2016年至2020年,离岸执行额累计达4377亿美元。") == [()]


def test_a_year_that_has_not_ended_is_doubted() -> None:
    (level,) = extract_text("2023年离岸执行额6100亿元。", published=(2023, 8)).candidates
    assert level.notes == (AHEAD,)
    assert level.confidence < 0.5
    (level,) = extract_text("2023年离岸执行额10300亿元。", published=(2023, 12)).candidates
    assert level.notes == ()
