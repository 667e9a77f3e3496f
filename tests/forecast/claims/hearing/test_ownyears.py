"""Own years: two sentences together say what each says alone."""

import datetime as dt
import itertools

import pytest

from forecast.claims.hearing import listen

ENGLISH = [
    "Offshore execution will double by 2030 from 2023.",
    "KPO will make up 48% of offshore outsourcing in 2028.",
    "Growth in offshore execution will slow to 5 percent in 2027.",
    "Onshore execution grew 9% a year from 2015 to 2020.",
    "Offshore contracts will reach $300 billion by 2030, up from $210 billion in 2023, and execution $250 billion.",
    "Business from the United States will fall by 3 percent in 2026, and offshore ITO will grow 2 percent.",
]
CHINESE = [
    "2025年离岸执行额是2015年的3倍。",
    "预计2028年KPO占离岸执行额的48%。",
    "2027年离岸执行额增速将放缓至5%。",
    "2023年在岸执行额两年平均增长7.5%。",
    "2027年中国将占全球离岸外包市场的34%。",
    "2026年离岸合同额降幅将收窄至2%，离岸执行额将增长6%。",
]


def told(text: str) -> list[tuple[object, ...]]:
    return [
        (
            one.kind,
            {subject.rpartition(".")[0] for subject in one.subjects},
            one.value,
            one.bases,
            one.end,
            one.missing,
        )
        for one in listen(text)
    ]


@pytest.mark.parametrize(
    ("first", "second"), [*itertools.permutations(ENGLISH, 2), *itertools.permutations(CHINESE, 2)]
)
def test_two_sentences_are_read_as_each_alone(first: str, second: str) -> None:
    joint = f"{first} {second}" if first.isascii() else first + second
    assert told(joint) == told(first) + told(second)


@pytest.mark.parametrize(
    "text",
    [
        "Compared with 2020, offshore execution will double by 2030, and KPO will triple by 2032.",
        "Offshore execution will double by 2030, and KPO will triple by 2032, both from 2020.",
        "与2020年相比，2030年离岸外包将翻一番，2032年KPO将翻两番。",
        "2030年离岸外包将翻一番，2032年KPO将翻两番，均较2020年。",
    ],
)
def test_a_base_that_opens_a_sentence_or_is_said_of_both_is_of_every_clause(text: str) -> None:
    assert [[str(base) for base in one.bases] for one in listen(text)] == [["2020"], ["2020"]]


def test_a_base_that_opens_a_sentence_is_of_no_other_sentence() -> None:
    first, second = listen("Compared with 2020, offshore execution will double by 2030. KPO will grow 8% in 2027.")
    assert [str(base) for base in (*first.bases, *second.bases)] == ["2020", "2026"]


@pytest.mark.parametrize(
    "text",
    [
        "Offshore execution has grown 9% a year since 2015, and it will grow 6% a year until 2030.",
        "2015年以来离岸执行额年均增长9%，预计2030年前将年均增长6%。",
    ],
)
def test_what_has_grown_since_a_year_ends_by_no_year_to_come_and_begins_nothing(text: str) -> None:
    since, ahead = listen(text)
    assert (since.end, since.missing) == (None, ("the year by which it is to hold",))
    assert (ahead.bases, str(ahead.end)) == ((), "2030")


@pytest.mark.parametrize("stop", ["，", "。"])
def test_the_full_year_is_that_of_the_months_spoken_of(stop: str) -> None:
    text = f"2025年1—8月离岸执行额增长2%{stop}预计全年离岸执行额增长3%。"
    assert [str(one.end) for one in listen(text, dt.date(2026, 3, 1))] == ["2025-01..2025-08", "2025"]
