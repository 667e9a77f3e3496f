"""Findings: conflicts and everything else worth knowing about a ledger, in the shape of `forecast series check`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from series.resolver.intervals import as_printed
from series.resolver.likelihood import Hypothesis
from series.resolver.modes import MODES
from series.resolver.readings import Figure
from series.resolver.repairs import Case, Repair
from series.statements import Statement

YIELDS = ("another base", "revision", "unknown")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: its kind, the sentence, and the statements it is about."""

    kind: str
    message: str
    statements: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the check document has it."""
        return {"kind": self.kind, "message": self.message, "statements": list(self.statements)}


def yields(case: Case, figures: tuple[Figure, ...]) -> Repair | None:
    """Return the release of soft figures that settles the case without a decision, or None.

    It must be the best repair, all of it soft, and no slip may explain the print better than another base does.
    """
    best = case.repairs[0]
    if not all(figures[one].soft for one in best.figures):
        return None
    if best.hypotheses and best.hypotheses[0].mode not in YIELDS:
        return None
    return best


def released(repair: Repair, figures: tuple[Figure, ...], statements: Mapping[str, Statement]) -> Iterable[Finding]:
    """Yield the visible mark that each softly released figure gets."""
    for one in sorted(repair.figures):
        figure = figures[one]
        statement = statements[figure.statements[0]]
        what = f"{statement.subject} {statement.period}: printed {statement.printed}"
        if statement.kind == "growth":
            rest = "does not hold against the published base and is taken to refer to another one"
        else:
            rest = "does not agree with the amounts in this currency and is taken to be converted at another rate"
        allowed = (
            f" (the others allow {span(statement, repair.bounds.low, repair.bounds.high)})" if repair.bounds else ""
        )
        yield Finding("released", f"{what} {rest}{allowed}", figure.statements)


def conflict(case: Case, figures: tuple[Figure, ...], statements: Mapping[str, Statement]) -> dict[str, Any]:
    """Return one open conflict with its repairs, as the check document has it."""
    sets = [sorted(figures[one].statements[0] for one in found) for found in case.conflicts]
    members = sets[0]
    return {
        "id": identifier(members),
        "statements": members,
        "resolved_by": None,
        "repairs": [repair_document(repair, figures, statements) for repair in case.repairs],
        "sets": sets,
        "complete": case.complete,
    }


def identifier(members: Iterable[str]) -> str:
    """A name for a conflict that depends on its statements alone."""
    return "c" + hashlib.sha256(" ".join(sorted(members)).encode()).hexdigest()[:8]


def span(statement: Statement, low: float, high: float) -> str:
    """Write a range of the statement's quantity in the unit in which it prints."""
    first, last = as_printed(statement, low), as_printed(statement, high)
    unit = {"percent": " %", "x": " times"}.get(statement.unit, f" {statement.unit}")
    if math.isinf(last):
        return f"at least {first:.6g}{unit}"
    if abs(last - first) <= 1e-4 * max(abs(first), abs(last), 1e-9):
        return f"{(first + last) / 2:.6g}{unit}"
    return f"{first:.6g} to {last:.6g}{unit}"


def repair_document(repair: Repair, figures: tuple[Figure, ...], statements: Mapping[str, Statement]) -> dict[str, Any]:
    """Return one repair as the check document has it."""
    named = sorted(repair.figures)
    first = statements[figures[named[0]].statements[0]]
    alone = len(named) == 1
    best = repair.hypotheses[0] if repair.hypotheses else None
    released = [statement for one in named for statement in figures[one].statements]
    return {
        "statements": released,
        "hypothesis": best.mode if best else None,
        "bounds": _range(first, repair.bounds.low, repair.bounds.high) if alone and repair.bounds else None,
        "message": _message(first, best, repair)
        if alone
        else f"{', '.join(released)} would {'both' if len(released) == 2 else 'all'} have to be wrong",
        "hypotheses": [_hypothesis(first, fit) for fit in repair.hypotheses],
        "score": round(repair.score, 3),
    }


def _message(statement: Statement, best: Hypothesis | None, repair: Repair) -> str:
    what = f"{statement.id} prints {statement.printed} for {statement.subject} {statement.period}"
    allowed = f"the others allow {span(statement, repair.bounds.low, repair.bounds.high)}" if repair.bounds else ""
    if best is None:
        return f"{what}; {allowed}"
    return f"{what}; {allowed}; {MODES[best.mode].sentence}"


def _hypothesis(statement: Statement, fit: Hypothesis) -> dict[str, Any]:
    return {
        "mode": fit.mode,
        "about": fit.about,
        "implied": _range(statement, fit.low, fit.high),
        "score": round(fit.score, 3),
    }


def _range(statement: Statement, low: float, high: float) -> list[float | None]:
    ends = (as_printed(statement, low), as_printed(statement, high))
    return [round(end, 6) if math.isfinite(end) else None for end in ends]
