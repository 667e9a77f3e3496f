"""The court on what the source documents state of the past, and on three numbers that one can check on paper."""

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal

import pytest

from forecast.claims import check, check_text
from forecast.claims.arithmetic import Range, printed, rule, tried, weigh
from forecast.claims.evidence import implied
from forecast.claims.records import Claim, find
from forecast.errors import EvidenceError, InputError
from series.periods import Period

OFFSHORE = "cn.offshore.execution.usd"


def statement(**changes: object) -> Claim:
    fields = {"made": dt.date(2025, 1, 1), "statements": (), "wording": "", "hedge": "exact"}
    return replace(find("D03"), **(fields | changes))  # type: ignore[arg-type]


def test_a_range_inside_another_is_entailed_one_beside_it_refuted() -> None:
    claimed = Range(9.5, 10.5)
    assert rule(Range(9.6, 10.4), claimed) == "entailed"
    assert rule(Range(9.6, 10.6), claimed) == "consistent"
    assert rule(Range(10.6, 10.7), claimed) == "refuted"
    assert rule(Range(0.0, math.inf), claimed) == "not checkable"


def test_rounding_is_respected() -> None:
    claim = statement(value=Decimal("11.5"))
    assert printed(claim) == Range(11.45, 11.55)
    assert rule(Range(11.4498, 11.5), printed(claim)) == "consistent"
    assert rule(Range(11.4498, 11.4499), printed(statement(value=Decimal("11.4")))) == "entailed"
    assert printed(statement(hedge="over")).high == math.inf
    assert printed(statement(hedge="about", value=Decimal(100))) == Range(95, 105)


def test_average_growth_is_a_root_of_the_ratio() -> None:
    found = weigh(statement(), OFFSHORE, Period.year(2015), "", implied(None))
    # 1057.8 over 646.4 in five years is 10.35 % a year
    assert found.implied.low == pytest.approx(10.351, abs=2e-3)
    assert found.implied.high == pytest.approx(10.354, abs=2e-3)
    assert found.ruling == "entailed"


def test_a_statement_is_not_judged_by_its_own_word() -> None:
    level = replace(find("D08"), kind="level", bases=(), value=Decimal("732.5"), unit="USD 100m")
    open_ = tried(replace(level, statements=("s1264",)), implied(None))[0][0]
    by_itself = tried(replace(level, statements=()), implied(None))[0][0]
    assert open_.ruling == "consistent"
    assert by_itself.ruling == "entailed"
    assert open_.implied.low < by_itself.implied.low
    assert open_.implied.high > by_itself.implied.high


@pytest.mark.parametrize(
    ("claim", "verdict", "said"),
    [
        ("D01", "consistent", "183 is a ratio (times as much), not an increase"),
        ("D02", "refuted", "137 is a ratio (times as much), not an increase"),
        ("D03", "entailed", "10.35%"),
        ("D04", "refuted", "points"),
        ("D05", "entailed", "89.6% that is claimed"),
        ("D07", "not checkable", "India"),
        ("D08", "refuted", "was 3.4%, against 33.4%"),
        ("D17", "entailed", "37.44%"),
        ("D21", "not checkable", "nothing published bounds"),
        ("C03", "entailed", "16.85%"),
    ],
)
def test_statements_of_the_source_documents_have_their_verdict(claim: str, verdict: str, said: str) -> None:
    document = check(claim, engine="batch")
    assert document["verdict"] == verdict
    assert said in document["text"]["en"]
    assert document["reasons"]


def test_the_increase_and_the_ratio_are_judged_apart() -> None:
    readings = {one["sense"]: one for one in check("D01")["readings"]}
    assert readings["times more"]["outcome"]["verdict"] == "refuted"
    assert readings["times as much"]["outcome"]["verdict"] == "consistent"
    assert readings["times as much"]["outcome"]["value"] == pytest.approx(182.2, abs=0.1)


def test_a_misprint_is_refuted_by_the_prints_of_others() -> None:
    document = check("D08")
    assert document["probability"] == 0.0
    assert document["statements"] == ["s1281"]


def test_a_sentence_of_the_press_is_tried_like_the_claim_of_the_ledger() -> None:
    text = "我国服务外包业务执行额由2006年的13.8亿美元激增至2022年的2522.1亿美元，数额增长183倍。"
    document = check_text(text, engine="batch")
    readings = {(one["subject"], one["sense"]): one["outcome"]["verdict"] for one in document["readings"]}
    assert readings["cn.total.execution.usd", "times as much"] == "consistent"
    assert readings["cn.total.execution.usd", "times more"] == "refuted"
    assert "183 is a ratio" in document["text"]["en"]
    assert document["understood"]["notes"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Offshore execution doubled between 2001 and 2010.", "it begins in 200"),
        ("离岸外包执行额到1999年翻一番。", "no value before 1999"),
        ("厦门市离岸执行额2025年达到30亿美元。", "has no observation"),
    ],
)
def test_a_sentence_beyond_the_data_is_refused_with_what_was_understood(text: str, said: str) -> None:
    with pytest.raises(EvidenceError, match="understood: ") as caught:
        check_text(text, engine="batch")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "China's offshore outsourcing execution tripled in 2024.",
        "到2024年离岸外包执行额翻一番。",
        "Offshore execution will double by 2020.",
    ],
)
def test_growth_from_no_year_to_one_that_is_over_is_asked_about(text: str) -> None:
    with pytest.raises(InputError, match=r"missing: the year that this is counted from, for 20.. is over"):
        check_text(text)


def test_a_share_that_fell_in_a_year_fell_against_the_year_before() -> None:
    found = check_text("2025年知识流程外包占离岸执行额比重下降1.15个百分点。", as_of=dt.date(2026, 6, 30))
    (implied,) = found["implied"].values()
    assert implied["low"] < -1.15 < implied["high"] < 0  # 42.85 after 44.0
    assert found["verdict"] == "consistent"
