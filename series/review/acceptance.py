"""Acceptance: reviewed proposals enter a ledger folder together, their source first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from series import ledger as ledgers
from series.ledger import Ledger
from series.resolver import resolve
from series.review.checks import CONSISTENT, Check
from series.review.proposals import Proposal
from series.statements import Source, Statement

SURE = 0.5  # confidence below which a reading is left to a reviewer


def consistent(proposals: Sequence[Proposal], checks: Mapping[str, Check]) -> list[Statement]:
    """Return the statements that agree with the ledger or are new to it without a conflict, and are read surely."""
    return [
        proposal.statement
        for proposal in proposals
        if proposal.statement is not None
        and checks[proposal.statement.id].verdict in CONSISTENT
        and proposal.candidate.confidence >= SURE
    ]


def agreeing(
    ledger: Ledger, statements: Sequence[Statement], source: Source
) -> tuple[list[Statement], list[dict[str, Any]]]:
    """Return the statements that can be true together with the ledger, and the conflicts that the others make.

    Each fits by itself; where two of them do not fit together, whatever a conflict names is left out.
    """
    kept, told = list(statements), []
    while kept:
        conflicts = joint(ledger, kept, source)
        named = {key for one in conflicts for key in one["statements"]} & {item.id for item in kept}
        told += [one for one in conflicts if named & set(one["statements"])]
        if not named:
            break
        kept = [item for item in kept if item.id not in named]
    return kept, told


def joint(ledger: Ledger, statements: Sequence[Statement], source: Source) -> list[dict[str, Any]]:
    """Return the open conflicts around some statements, were they all in the ledger."""
    sources = {**ledger.sources, source.id: source}
    grown = resolve(replace(ledger, sources=sources, statements=(*ledger.statements, *statements)))
    found: dict[str, dict[str, Any]] = {}
    asked: set[int] = set()
    for item in statements:
        component = grown.system.component_of(grown.quantity(item.subject, item.period).top)
        if component is None or id(component) in asked:
            continue
        asked.add(id(component))
        found |= {one["id"]: one for one in grown.around(item.subject, item.period)[0]}
    return list(found.values())


def numbered(ledger: Ledger, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements with ids that follow one another from the next free one."""
    first = int(ledgers.next_id(ledger).removeprefix("s"))
    return [replace(item, id=f"s{number:04d}") for number, item in enumerate(statements, start=first)]


def accept(root: Path, statements: Sequence[Statement], source: Source) -> Ledger:
    """Write statements and their source into a ledger folder, all of them or none; a new folder starts as a copy."""
    ledgers.ensure(root)
    return ledgers.add_all(root, statements, source)
