"""Sentences of several claims: each clause has its own subject, and every claim is found."""

import csv
from pathlib import Path

import pytest

from forecast.claims.hearing import Heard, listen, summon
from forecast.errors import InputError

OFFSHORE, TOTAL = "cn.offshore.execution", "cn.total.execution"

with Path(__file__).with_name("clauses.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = {row["text"]: row["claims"].split() for row in csv.DictReader(_file)}


def stems(one: Heard) -> list[str]:
    return list(dict.fromkeys(subject.removesuffix(".usd").removesuffix(".cny") for subject in one.subjects))


@pytest.mark.parametrize("text", ROWS)
def test_each_clause_has_its_own_subject_and_year(text: str) -> None:
    claims = listen(text)
    assert [f"{'|'.join(stems(one))}@{one.end}" for one in claims] == ROWS[text]
    assert not any(one.missing for one in claims)
    assert not [note for one in claims for note in one.notes if "not read" in note]


def test_the_sentences_have_two_three_and_more_claims_in_both_languages() -> None:
    for chinese in (False, True):
        counts = {
            len(claims) for text, claims in ROWS.items() if any("\u4e00" <= c <= "\u9fff" for c in text) == chinese
        }
        assert counts >= {2, 3, 4}


@pytest.mark.parametrize("text", list(ROWS)[::5])
def test_the_claim_that_is_picked_is_the_one_that_is_listed(text: str) -> None:
    for number, wanted in enumerate(ROWS[text], start=1):
        claim, _ = summon(text, None, number)
        assert f"{claim.subjects[0].removesuffix('.usd').removesuffix('.cny')}@{claim.end}" == wanted


@pytest.mark.parametrize(
    "text",
    [
        "By 2030 onshore outsourcing will reach USD 180 bn and KPO will exceed 50%.",
        "2030年在岸执行额将达1800亿美元；KPO执行额将达900亿美元。",
    ],
)
def test_a_part_named_after_what_is_onshore_is_asked_back(text: str) -> None:
    with pytest.raises(InputError, match="what the part is a part of: onshore or offshore outsourcing"):
        summon(text, None, 2)


def test_a_part_of_what_is_onshore_is_so_where_it_is_said() -> None:
    assert stems(listen("Onshore outsourcing will reach USD 180 bn by 2030, of which KPO 30%.")[1]) == [
        "cn.onshore.execution.kpo.share"
    ]


def test_outsourcing_that_is_named_again_is_all_of_it_or_what_it_was_before() -> None:
    _, again = listen("Offshore outsourcing will grow 8% in 2026 and the outsourcing industry will reach USD 400 bn.")
    assert stems(again) == [TOTAL, OFFSHORE]


def test_what_a_later_clause_is_about_is_not_given_to_a_clause_without_a_subject() -> None:
    market, part = listen("The market will grow 8% a year and KPO 15% a year to 2030.")
    assert (stems(market), stems(part)) == ([TOTAL, OFFSHORE], [f"{OFFSHORE}.kpo"])


@pytest.mark.parametrize(
    "text",
    [
        "Offshore outsourcing and KPO will grow 8% and 12% respectively in 2028.",
        "Onshore execution and total outsourcing will grow 11% and 6% in 2030.",
        "2020年全国离岸执行额和总执行额分别增长12%和5.5%。",
        "2023年BPO、离岸合同额分别达到1680亿元、8400亿元。",
    ],
)
def test_figures_in_the_order_of_a_whole_and_a_part_are_asked_about(text: str) -> None:
    for number in (1, 2):
        with pytest.raises(InputError, match="which figure goes with which subject"):
            summon(text, None, number)


def test_a_figure_in_another_currency_is_in_its_own_unit() -> None:
    dollars, yuan = listen("In 2034 offshore execution will reach USD 120 bn and in 2037 RMB 1,400 bn.")
    assert [(one.unit, str(one.end)) for one in (dollars, yuan)] == [("USD 100m", "2034"), ("CNY 100m", "2037")]


def test_what_was_lends_its_year_to_nothing_that_will_be() -> None:
    text = "Offshore execution was USD 151 bn in 2023 and will double."
    with pytest.raises(InputError, match="the year by which it is to hold"):
        summon(text, None, 2)
    assert [str(one.end) for one in listen(text.replace("double.", "double, and KPO will exceed 50%, by 2030."))] == [
        "2023",
        "2030",
        "2030",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Offshore outsourcing will double by 2030 and so will KPO.", ["'and so will kpo.' is not read as a claim"]),
        ("离岸外包到2030年将翻一番，KPO也将如此。", ["'kpo也将如此' is not read as a claim"]),
        ("Offshore outsourcing will double by 2030 and KPO will lead the way.", []),
    ],
)
def test_a_subject_without_a_figure_takes_none_from_another(text: str, left: list[str]) -> None:
    (one,) = listen(text)
    assert stems(one) == [OFFSHORE]
    assert [note for note in one.notes if "not read" in note] == left


def test_a_sum_of_parts_is_asked_about() -> None:
    text = "ITO will reach USD 90 bn by 2030 and KPO USD 120 bn, together USD 210 bn."
    with pytest.raises(InputError, match="what is added up"):
        summon(text, None, 3)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Offshore outsourcing was USD 96.89 bn in 2019 and will double by 2025.", ["2019"]),
        ("离岸外包2019年为968.9亿美元，到2025年翻一番。", ["2019"]),
        ("Offshore outsourcing was USD 96.89 bn in 2019 and KPO will double by 2025.", []),
        ("离岸外包2019年为968.9亿美元，KPO到2025年翻一番。", []),
        ("Offshore execution was USD 151 bn in 2023, will reach USD 200 bn by 2026 and will double by 2035.", []),
    ],
)
def test_growth_starts_from_what_the_same_subject_was(text: str, base: list[str]) -> None:
    assert [str(when) for when in listen(text)[-1].bases] == base
