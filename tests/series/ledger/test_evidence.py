from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from series import catalog
from series.errors import InputError
from series.ledger import Decision, Ledger, load
from series.periods import Period
from series.statements import Source, Statement

EARLY = Source("early", "A", "a", dt.date(2019, 1, 31), "month", "", "zh", "originator")
LATE = replace(EARLY, id="late", published=dt.date(2020, 1, 31))
LEVEL = Statement(
    "s1", "early", "cn.offshore.execution.usd", Period.year(2018), "level", "886.5", Decimal("886.5"), -1, "USD 100m",
    "exact", "nearest", "printed", None, "", "originator", "", "", "", "",
)  # fmt: skip
OTHER = replace(LEVEL, id="s2", source="late", value=Decimal("868.5"), printed="868.5")


def ledger(*decisions: Decision) -> Ledger:
    return Ledger({"early": EARLY, "late": LATE}, (LEVEL, OTHER), decisions, catalog.load())


def decision(act: str, field: str = "", was: str = "", becomes: str = "") -> Decision:
    return Decision("d1", dt.date(2026, 1, 1), "s2", act, field, was, becomes, "why")  # type: ignore[arg-type]


def test_as_of_keeps_what_had_been_published() -> None:
    assert [item.id for item in ledger().as_of(dt.date(2019, 1, 31)).statements] == ["s1"]
    assert ledger().as_of(dt.date(2019, 1, 30)).statements == ()
    assert len(ledger().as_of(None).statements) == 2


def test_as_of_drops_decisions_on_what_is_not_known_yet() -> None:
    assert ledger(decision("exclude")).as_of(dt.date(2019, 2, 1)).decisions == ()


@pytest.mark.parametrize("act", ["exclude", "release"])
def test_excluded_and_released_statements_do_not_bind_but_stay(act: str) -> None:
    found = ledger(decision(act))
    assert [item.id for item in found.in_force] == ["s1"]
    assert len(found.statements) == 2
    assert [item.id for item in found.released] == (["s2"] if act == "release" else [])


def test_accept_changes_nothing() -> None:
    assert ledger(decision("accept")).in_force == (LEVEL, OTHER)


def test_reinterpret_changes_one_field_and_leaves_the_record() -> None:
    found = ledger(decision("reinterpret", "value", "868.5", "886.5"))
    assert found.in_force[1].value == Decimal("886.5")
    assert found.statement("s2").value == Decimal("868.5")
    assert found.decided["s2"][0].reason == "why"


def test_an_unknown_statement_is_refused() -> None:
    with pytest.raises(InputError, match="not a statement"):
        ledger().statement("s9")


def test_every_shipped_statement_has_its_own_sentence_and_a_dated_source() -> None:
    shipped = load()
    for item in shipped.statements:
        assert item.paraphrase.endswith(".")
        assert item.source in shipped.sources
        assert item.paraphrase.count('"') == 0


def test_an_original_is_about_the_same_cell() -> None:
    shipped = load()
    for item in shipped.statements:
        if item.original:
            original = shipped.statement(item.original)
            assert (original.subject, original.period, original.value) == (item.subject, item.period, item.value)
            assert item.relation
