"""Joints: a claim that is whole is heard alone, whatever commas part it from others, and one that is not is not."""

import csv
import datetime as dt
from functools import cache, partial
from pathlib import Path

import pytest

from forecast.claims.hearing import Heard, listen
from forecast.claims.hearing.clues import Clues, gather
from forecast.claims.hearing.joints import Part, opening, unjoined

SAID = dt.date(2026, 3, 1)
CURRENCIES = ("usd", "cny")

with Path(__file__).with_name("joints.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = {row["text"]: row["claims"] for row in csv.DictReader(_file)}


def look(text: str) -> Clues:
    return gather(text, SAID)


def parted(text: str) -> list[Part]:
    return unjoined(text, cache(look), cache(lambda part: listen(part.text, SAID)))


def said(one: Heard) -> str:
    """Return a claim as the table writes it; a subject has its currency where it has one only."""
    named = [subject.rpartition(".") for subject in one.subjects]
    one_currency = len({currency for _, _, currency in named}) == 1
    stems = [
        stem if currency in CURRENCIES and not one_currency else f"{stem}.{currency}" for stem, _, currency in named
    ]
    since = "/".join(str(base) for base in one.bases)
    return f"{one.kind} {one.value:f} {since}{'>' if since else ''}{one.end} {'|'.join(dict.fromkeys(stems))}"


@pytest.mark.parametrize("text", ROWS)
def test_what_commas_join_is_read_claim_by_claim(text: str) -> None:
    heard = listen(text, SAID)
    assert "; ".join(said(one) for one in heard) == ROWS[text]
    assert not any(one.missing or one.beyond for one in heard)


def test_the_texts_are_of_both_languages() -> None:
    chinese = sum(any("\u4e00" <= c <= "\u9fff" for c in text) for text in ROWS)
    assert 0.4 < chinese / len(ROWS) < 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Offshore execution will reach $200 billion in 2028, and KPO will exceed 50%.",
        "Offshore execution will double and KPO will triple by 2030.",
        "Offshore execution will grow 8% in 2027, up from the 6% that KPO grew in 2025.",
        "Xiamen's offshore execution was $2 billion in 2024, and offshore execution will reach $3 billion in 2028.",
        "Compared with 2020, offshore execution will double by 2030, and KPO will triple by 2032.",
        "In dollar terms, offshore execution will grow 8% in 2027, and KPO will grow 9% in 2028.",
        "Offshore execution will grow 8% in 2027, and KPO will grow 9% in 2028, in yuan terms.",
        "If tariffs stay, offshore execution will double by 2031, and KPO will grow 9% in 2028.",
        "Offshore execution will grow 8% between 2025 and 2030.",
        "Offshore execution ($160 billion in 2025, of which KPO was $70 billion in 2025) will double by 2033.",
        "2025年离岸执行额为1600亿美元，在岸执行额为1200亿美元。",
        "2025年离岸执行额为1600亿美元，2025年在岸执行额为1200亿美元，分别增长8%和9%。",
        "2030年离岸执行额将达2500亿美元，2030年在岸执行额将达1800亿美元，合计4300亿美元。",
        "没有人认为2031年离岸执行额会达到2400亿美元，2028年KPO占比会超过50%。",
    ],
)
def test_what_leans_on_another_clause_or_is_said_of_all_is_not_parted(text: str) -> None:
    assert parted(text) == [Part(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Offshore execution will grow 8% in 2027, and in 2030, KPO will reach 50% of offshore execution.",
            [
                "Offshore execution will grow 8% in 2027",
                "in 2030, KPO will reach 50% of offshore execution.",
            ],
        ),
        (
            "离岸执行额2027年增长8%，KPO占比升至47%，而2028年在岸执行额增长9%。",
            ["离岸执行额2027年增长8%，KPO占比升至47%", "2028年在岸执行额增长9%。"],
        ),
    ],
)
def test_a_clause_without_a_year_stays_with_the_one_before(text: str, pieces: list[str]) -> None:
    assert [part.text for part in parted(text)] == pieces


def test_what_opens_a_text_foretells_all_of_it() -> None:
    assert [part.ahead for part in parted("预计2030年离岸外包达2000亿美元，2031年KPO执行额达800亿美元。")] == [
        False,
        True,
    ]
    foretold = [one.foretold for one in listen("预计2030年离岸外包达2000亿美元，2031年KPO执行额达800亿美元。")]
    assert foretold == [True, True]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("BPO为200亿美元，同比增长6%，而KPO执行额2021年达到1400亿元。", "BPO为200亿美元，同比增长6%"),
        ("Offshore outsourcing will double, and KPO will triple by 2030.", ""),
    ],
)
def test_a_sentence_opens_with_what_stands_before_a_whole_clause(text: str, clause: str) -> None:
    assert opening(text, partial(gather, made=SAID)) == (clause or text)


def test_a_bare_percentage_after_growth_is_asked_about_past_a_comma_too() -> None:
    _, part = listen("Offshore execution growth will be 8% in 2027, and KPO in 2028 will be 9%.", SAID)
    assert part.missing == ("what 9% is: growth, or the share of a whole",)
