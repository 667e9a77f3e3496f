"""Paragraphs: a sentence that names subject and time is heard alone, and one that does not is heard with the others."""

import csv
import datetime as dt
import random
from pathlib import Path

import pytest

from forecast.claims.hearing import Heard, listen
from forecast.claims.hearing.paragraphs import apart

SAID = dt.date(2026, 3, 1)
OFFSHORE = ("cn.offshore.execution.usd", "cn.offshore.execution.cny")

with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as _file:
    PLAIN = [row["text"] for row in csv.DictReader(_file) if row["exit"] == "0" and row["made"] == SAID.isoformat()]


def told(one: Heard) -> tuple[object, ...]:
    """Return what is claimed; beside offshore outsourcing, all of it is all of it."""
    subjects = [subject for subject in one.subjects if ".total." in subject] or one.subjects
    return one.kind, one.value, one.hedge, tuple(subjects), one.bases, one.end, one.missing


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("chinese", "stop"),
    [(True, stop) for stop in ("。", "；", "，", "，同时")] + [(False, stop) for stop in (". ", "; ", ", ", ", and ")],
)
def test_two_whole_sentences_claim_what_each_claims_alone(seed: int, chinese: bool, stop: str) -> None:
    alike = [text for text in PLAIN if any("\u4e00" <= c <= "\u9fff" for c in text) == chinese]
    lead = "2019年离岸执行额增长3%。" if chinese else "Offshore execution grew 3% in 2019. "
    whole = [text for text in alike if apart(lead + text, SAID)[1:] == [text]]
    drawn = random.Random(seed).sample(whole, 20)  # noqa: S311 - no secret
    for first, second in zip(drawn[::2], drawn[1::2], strict=True):
        if "在岸" in first or "onshore" in first.lower():
            continue  # of a part named after what is onshore it is asked what it is a part of
        together = listen(first.rstrip("。.") + stop + second, SAID)
        assert [told(one) for one in together] == [told(one) for text in (first, second) for one in listen(text, SAID)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("未来四年离岸外包增速将保持在5%左右。2031年离岸执行额将达到2300亿美元。", ["2029", "2031"]),
        ("未来四年离岸外包增速将保持在5%左右，2031年离岸执行额将达到2300亿美元。", ["2029", "2031"]),
        (
            "Over the next four years offshore outsourcing will grow 5% a year. KPO will exceed 50% by 2031.",
            ["2029", "2031"],
        ),
    ],
)
def test_coming_years_end_by_no_year_of_another_sentence_or_clause(text: str, ends: list[str]) -> None:
    assert [str(one.end) for one in listen(text, SAID)] == ends


@pytest.mark.parametrize(
    "text",
    [
        "2027年离岸执行额将增长6%，专家认为2031年离岸执行额将比2024年增长四成。",
        "2027年离岸执行额将增长6%。2031年离岸执行额将比2024年增长四成。",
    ],
)
def test_growth_in_a_year_is_from_no_base_of_another_clause(text: str) -> None:
    first, second = listen(text, SAID)
    assert (first.kind, [str(base) for base in first.bases]) == ("growth", ["2026"])
    assert (second.kind, [str(base) for base in second.bases]) == ("multiple", ["2024"])


def test_a_condition_holds_in_its_sentence_and_past_a_semicolon() -> None:
    text = "If tariffs stay, offshore execution will reach $240 billion by 2031{} KPO will exceed 50% by 2031."
    assert [bool(one.missing) for one in listen(text.format("."), SAID)] == [True, False]
    assert [bool(one.missing) for one in listen(text.format(";"), SAID)] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "Xiamen's offshore execution was $2 billion in 2024. Offshore execution will reach $3 billion in 2028.",
        "厦门2024年离岸执行额为20亿美元。2028年离岸执行额将达30亿美元。",
    ],
)
def test_a_place_goes_on_to_the_next_sentence(text: str) -> None:
    assert [one.subjects for one in listen(text, SAID)] == [("cn.xiamen.offshore.execution.usd",)] * 2


def test_the_world_that_china_has_a_share_of_is_no_place_that_goes_on() -> None:
    text = "China's share of the global offshore outsourcing market will be 38% by 2030. KPO will grow 9% in 2026."
    assert [one.subjects[0] for one in listen(text, SAID)] == [
        "world.offshore.execution.cn.share",
        "cn.offshore.execution.kpo.usd",
    ]


def test_a_place_goes_on_until_china_is_named() -> None:
    text = "厦门2024年离岸执行额为20亿美元。2028年全国离岸执行额将达2200亿美元。"
    assert [one.subjects[0] for one in listen(text, SAID)] == ["cn.xiamen.offshore.execution.usd", OFFSHORE[0]]


@pytest.mark.parametrize(
    ("text", "kind", "base"),
    [
        ("Offshore execution was $163 billion in 2025. It will double by 2033.", "multiple", "2025"),
        ("KPO占离岸执行额比重2025年为42%。2027年执行额将增长9%。", "growth", "2026"),
    ],
)
def test_a_sentence_that_points_back_is_of_what_was_spoken_of(text: str, kind: str, base: str) -> None:
    first, second = listen(text, SAID)
    assert (second.kind, str(second.bases[0])) == (kind, base)
    assert first.subjects[0].split(".")[:4] == second.subjects[0].split(".")[:4] or second.subjects[0] in OFFSHORE
