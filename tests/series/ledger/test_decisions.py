from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from series import ledger
from series.errors import InputError
from series.ledger import Decision
from series.periods import Period
from series.statements import Statement

SHIPPED = ledger.load()


def found(subject: str, period: str, kind: str, source: str) -> Statement:
    (one,) = [
        item
        for item in SHIPPED.statements
        if (item.subject, item.period, item.kind, item.source) == (subject, Period.parse(period), kind, source)
    ]
    return one


def acts(statement: Statement) -> list[str]:
    return [decision.act for decision in SHIPPED.decided.get(statement.id, ())]


def test_the_doubled_digit_of_2020_is_read_as_3_4() -> None:
    one = found("cn.offshore.contract.usd", "2020-01..2020-08", "growth", "jan-aug-2020-cs")
    assert one.value == Decimal("33.4")
    (read,) = [item for item in SHIPPED.in_force if item.id == one.id]
    assert read.value == Decimal("3.4")


def test_the_onshore_contracts_of_august_2015_are_those_of_the_year_before() -> None:
    one = found("cn.onshore.contract.usd", "2015-01..2015-08", "level", "jan-aug-2015-chnsourcing")
    (read,) = [item for item in SHIPPED.in_force if item.id == one.id]
    assert read.period == Period.parse("2014-01..2014-08")
    # 226.9 x 1.149 = 260.7 = 716.5 - 455.8
    assert abs(Decimal("226.9") * Decimal("1.149") - (Decimal("716.5") - Decimal("455.8"))) < Decimal("0.1")


def test_344_6_for_2012_is_excluded() -> None:
    assert acts(found("cn.offshore.execution.usd", "2012", "level", "chinadaily-2016-fy2012")) == ["exclude"]


def test_every_decision_is_dated_and_has_a_reason_that_says_more_than_its_act() -> None:
    for decision in SHIPPED.decisions:
        assert len(decision.reason.split()) > 8, decision.id
        assert decision.date > SHIPPED.published(SHIPPED.statement(decision.statement))


def test_less_than_five_percent_of_the_statements_needed_a_decision() -> None:
    assert len(SHIPPED.decided) < 0.05 * len(SHIPPED.statements)


def test_reinterpret_alone_names_a_field() -> None:
    day = dt.date(2026, 1, 1)
    with pytest.raises(InputError, match="no other act"):
        Decision("d", day, "s", "exclude", "value", "", "", "why")
    with pytest.raises(InputError, match="needs the field"):
        Decision("d", day, "s", "reinterpret", "", "", "", "why")
