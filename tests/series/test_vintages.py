from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from series import catalog, vintages
from series.errors import EvidenceError, InputError
from series.ledger import Ledger, load
from series.periods import Period
from series.statements import Source, Statement

SUBJECT = "cn.offshore.execution.usd"
FIRST = Source("first", "A", "a", dt.date(2019, 1, 31), "month", "", "zh", "originator")
LATER = replace(FIRST, id="later", published=dt.date(2020, 1, 31))


def level(key: str, source: str, year: int, value: str) -> Statement:
    exponent = -len(value.partition(".")[2])
    return Statement(
        key, source, SUBJECT, Period.year(year), "level", value, Decimal(value), exponent, "USD 100m", "exact",
        "nearest", "printed", None, "", "originator", "", "", "", "",
    )  # fmt: skip


def growth(key: str, source: str, year: int, value: str) -> Statement:
    told = replace(level(key, source, year, value), kind="growth", unit="percent", base=Period.year(year - 1))
    return replace(told, basis="unknown")


def ledger(*statements: Statement) -> Ledger:
    return Ledger({"first": FIRST, "later": LATER}, statements, (), catalog.load())


def test_prints_are_in_order_of_publication() -> None:
    found = vintages.histories(
        ledger(level("s2", "later", 2018, "110.0"), level("s1", "first", 2018, "100.0")), SUBJECT
    )
    assert [(item.first.value, item.latest.value) for item in found] == [(100.0, 110.0)]


def test_another_level_printed_later_is_an_explicit_revision() -> None:
    found = vintages.revisions(
        ledger(level("s1", "first", 2018, "100.0"), level("s2", "later", 2018, "110.0")), SUBJECT
    )
    assert [(item.kind, item.change, item.published) for item in found] == [
        ("explicit", pytest.approx(10.0), dt.date(2020, 1, 31))
    ]


def test_a_finer_print_is_no_revision() -> None:
    assert not vintages.revisions(
        ledger(level("s1", "first", 2018, "100"), level("s2", "later", 2018, "100.3")), SUBJECT
    )


def test_later_growth_that_needs_another_base_is_an_implied_revision() -> None:
    told = (
        level("s1", "first", 2018, "100.0"),
        level("s2", "later", 2019, "110.0"),
        growth("s3", "later", 2019, "25.0"),
    )
    (found,) = vintages.revisions(ledger(*told), SUBJECT)
    # 110 / 1.25 = 88, against 100 printed
    assert (found.kind, found.period) == ("implied", Period.year(2018))
    assert found.low < 88 < found.high
    assert found.change == pytest.approx(-12, abs=0.05)
    assert found.statements == ("s3", "s2")


def test_growth_that_fits_implies_nothing() -> None:
    told = (level("s1", "first", 2018, "100.0"), level("s2", "later", 2019, "110.0"), growth("s3", "later", 2019, "10"))
    assert not vintages.revisions(ledger(*told), SUBJECT)


def test_an_unknown_subject_and_an_empty_one_are_told_apart() -> None:
    with pytest.raises(InputError):
        vintages.histories(ledger(), "cn.tea")
    with pytest.raises(EvidenceError):
        vintages.histories(ledger(), SUBJECT)


def test_the_total_of_2018_was_revised_a_little_by_the_growth_of_2019() -> None:
    found = vintages.revisions(load(), "cn.total.execution.cny", "annual")
    # 10695.7 / 1.115 = 9592.6, against 9597.4 printed in May 2019
    (revision,) = [item for item in found if item.period == Period.year(2018)]
    assert revision.low < 9592.6 < revision.high < 9597.35
