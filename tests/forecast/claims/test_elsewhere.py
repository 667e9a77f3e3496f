from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from forecast import claims
from forecast.claims.elsewhere import Court
from forecast.errors import EvidenceError, InputError
from series import catalog, ledger
from series.ledger import Ledger
from series.periods import Period
from series.statements import Source, Statement

XIAMEN = "cn.xiamen.offshore.execution.usd"
BUREAU = Source("bureau", "Bureau", "Yearbook", dt.date(2025, 6, 30), "day", "", "zh", "originator")


def level(key: str, year: int, printed: str) -> Statement:
    return Statement(
        key, "bureau", XIAMEN, Period.year(year), "level", printed, Decimal(printed), -len(printed.partition(".")[2]),
        "USD 100m", "exact", "nearest", "printed", None, "", "", "", "", "", "",
    )  # fmt: skip


def city(*statements: Statement) -> Ledger:
    return Ledger({"bureau": BUREAU}, statements, (), catalog.load())


@pytest.mark.parametrize("name", [pytest.param("C02", marks=pytest.mark.slow), "D08"])
def test_the_shipped_ledger_gives_the_verdicts_of_the_court(name: str) -> None:
    assert Court(ledger.load()).check(name, engine="batch") == claims.check(name, engine="batch")


def test_another_ledger_gives_another_verdict() -> None:
    court = Court(ledger.load().as_of(dt.date(2020, 1, 31)))
    assert claims.check("C23", engine="batch")["verdict"] == "entailed"
    assert court.check("C23", engine="batch")["verdict"] == "probability"


def test_an_unknown_claim_is_told() -> None:
    with pytest.raises(InputError, match="C999"):
        Court(ledger.load()).check("C999")


def test_growth_between_years_that_no_print_ties_is_judged_by_both_levels() -> None:
    said = "厦门离岸服务外包执行额2024年增长5%（美元）。"
    answer = claims.check_text(said, engine="batch", ledger=city(level("s1", 2023, "15.1"), level("s2", 2024, "16.68")))
    assert answer["verdict"] == "refuted"
    (found,) = answer["implied"].values()
    assert (found["low"], found["high"]) == pytest.approx((10.0660, 10.8638), abs=1e-4)  # 16.675/15.15, 16.685/15.05
    assert answer["statements"] == ["s2", "s1"]


def test_a_sentence_on_a_city_is_judged_by_the_ledger_that_has_it() -> None:
    values = ("5.80", "7.20", "9.05", "11.70", "13.40", "15.10", "16.68")
    own = city(*(level(f"s{year}", year, value) for year, value in enumerate(values, 2018)))
    answer = claims.check_text("厦门离岸服务外包执行额2030年将达到30亿美元。", engine="batch", ledger=own)
    assert answer["verdict"] == "probability"
    assert answer["readings"][0]["subject"] == XIAMEN


def test_a_ledger_in_which_no_claim_is_settled_says_so() -> None:
    with pytest.raises(EvidenceError, match="no claim about the future was settled yet"):
        claims.score(engine="batch", ledger=city(level("s1", 2023, "15.1")))
