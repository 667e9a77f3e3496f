"""Agreement: growth that its own sentence contradicts is asked about, and what it starts from is said."""

import datetime as dt
from decimal import Decimal

import pytest

from forecast.claims.hearing import listen, summon
from forecast.claims.hearing.agreement import clash
from forecast.errors import InputError
from series.periods import Period

SAID = dt.date(2026, 3, 1)


def test_growth_between_two_amounts_is_reckoned_by_hand() -> None:
    base, end = Period.year(2020), Period.year(2022)
    assert clash(Decimal(100), Decimal(121), base, end, Decimal(10)) == ""  # 1.1 x 1.1
    assert clash(Decimal(100), Decimal(121), base, end, Decimal(15)) == "10.0% a year"
    assert clash(Decimal(100), Decimal(121), base, end, Decimal("21")) == ""  # one year of growth


@pytest.mark.parametrize(
    ("text", "pick", "wanted"),
    [
        ("Offshore execution will double between 2025 and 2031, rising 6% a year.", 2, "are 12.2% a year, not 6%"),
        ("离岸执行额将由2025年的1600亿美元增至2030年的2400亿美元，年均增长5%。", None, "is 8.4% a year, not 5%"),
        (
            "Offshore execution was $160 billion in 2025 and will be $240 billion in 2030, an average 5% a year.",
            3,
            "USD 160 bn in 2025 and USD 240 bn in 2030 are 8.4% a year, not 5%",
        ),
    ],
)
def test_figures_that_contradict_each_other_are_asked_about(text: str, pick: int | None, wanted: str) -> None:
    with pytest.raises(InputError, match="figures that go together") as caught:
        summon(text, SAID, pick)
    assert wanted in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "离岸执行额将由2025年的1600亿美元增至2030年的2400亿美元，年均增长8.4%。",
        "离岸执行额2031年将是2025年的2倍，年均增长12%。",
        "Offshore execution will reach $240 billion by 2030, and onshore will grow 20% a year from 2025 to 2030.",
    ],
)
def test_figures_that_go_together_or_are_of_two_subjects_are_let_be(text: str) -> None:
    assert all(not one.missing for one in listen(text, SAID))


def test_what_growth_to_a_level_starts_from_is_said() -> None:
    level, growth = listen("Offshore execution will reach $220 billion by 2027, a CAGR of 10% over 2025-2027.", SAID)
    assert not [note for note in level.notes if "starts from" in note]
    assert "growth to USD 220 bn in 2027 starts from USD 181.8 bn in 2025" in growth.notes  # 220 / 1.21


def test_growth_in_a_year_beside_its_level_starts_from_nothing_that_is_said() -> None:
    _, growth = listen("Offshore execution will reach $180 billion in 2026, up 10%.", SAID)
    assert not [note for note in growth.notes if "starts from" in note]
