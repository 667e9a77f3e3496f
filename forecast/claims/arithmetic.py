"""Arithmetic: whether the evidence leaves a statement of the past room to be true, and room to be false."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from forecast.claims.reasons import Reason, because
from forecast.claims.records import Claim
from series.errors import InputError
from series.ledger import Ledger
from series.periods import Period
from series.resolver import Bounds, Resolution, resolve
from series.resolver.readings import Cell, Quantity

Ruling = Literal["entailed", "consistent", "refuted", "not checkable"]
SLACK = 1e-8
"""Proven bounds are rounded outwards in their ninth digit."""
ABOUT = 0.05


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range in the claim's unit; infinite where open."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether the ranges have a point in common."""
        return self.low <= other.high + _slack(other.high) and other.low <= self.high + _slack(self.high)

    def within(self, other: Range) -> bool:
        """Whether this range lies in the other."""
        return self.low >= other.low - _slack(other.low) and self.high <= other.high + _slack(other.high)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One reading of a statement, weighed.

    `implied` is what the evidence without the statement itself allows, `claimed` what the printed digits allow, both
    in the claim's unit. `own` is what the exact figures printed beside it in the same text allow, `simple` their
    plain quotient. `rounded` says that only the rounding of those figures saves the statement.
    """

    subject: str
    base: Period | None
    sense: str
    ruling: Ruling
    implied: Range
    claimed: Range
    own: Range | None
    simple: float | None
    rounded: bool
    statements: tuple[str, ...]

    @property
    def middle(self) -> float | None:
        """The middle of what is implied, where it has two ends."""
        return None if math.isinf(self.implied.high) else (self.implied.low + self.implied.high) / 2


def weigh(claim: Claim, subject: str, base: Period | None, sense: str, evidence: Resolution) -> Weighed:
    """Weigh one reading of a statement of the past against everything that it does not say itself.

    Some world that keeps all the evidence has the claimed value: at least consistent. Every such world has it:
    entailed. None has it: refuted. Growth, multiples and average growth are ratios of two amounts, bounded as such.
    """
    implied, statements = _implied(claim, subject, base, sense, evidence, _same_word(claim, evidence.ledger))
    claimed = printed(claim)
    text = _text(claim, evidence.ledger)
    own = simple = None
    if text is not None and (claim.kind == "share" or (base is not None and claim.kind in ("growth", "multiple"))):
        own, _ = _implied(claim, subject, base, sense, text, frozenset(claim.statements))
        own = None if math.isinf(own.high) else own
        simple = _quotient(claim, subject, base, sense, evidence.ledger) if base else None
    ruling = rule(implied, claimed)
    rounded = False
    if ruling == "refuted" and own is not None and own.meets(claimed):
        wider = Range(min(own.low, claimed.low), max(own.high, claimed.high))
        rounded = implied.meets(wider)
        ruling = "consistent" if rounded else ruling
    return Weighed(subject, base, sense, ruling, implied, claimed, own, simple, rounded, statements)


def printing(claim: Claim, ledger: Ledger) -> tuple[str, ...]:
    """Return the statements of the ledger that print the claim's own figure for one of its readings."""
    return tuple(
        item.id
        for item in ledger.statements
        if item.kind == claim.kind
        and item.value == claim.value
        and item.period == claim.end
        and item.subject in claim.subjects
        and (not claim.bases or item.base in claim.bases)
    )


def rule(implied: Range, claimed: Range) -> Ruling:
    """Return the ruling on a claimed range given the implied one."""
    if not implied.meets(claimed):
        return "refuted"
    if implied.within(claimed):
        return "entailed"
    return "not checkable" if math.isinf(implied.high) else "consistent"


def printed(claim: Claim) -> Range:
    """Return what the printed digits and the hedge allow: half a unit of the last digit, 5 % for "about"."""
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    value, half = float(claim.value), float(claim.half_unit)
    if claim.hedge == "over":
        return Range(value, math.inf)
    if claim.hedge == "under":
        return Range(-math.inf, value)
    if claim.hedge == "about":
        half = max(2 * half, ABOUT * abs(value))
    return Range(value - half, value + half)


def _implied(
    claim: Claim, subject: str, base: Period | None, sense: str, evidence: Resolution, silenced: frozenset[str]
) -> tuple[Range, tuple[str, ...]]:
    """Return what the evidence allows in the claim's unit, and the statements that decide."""
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    if claim.kind == "points" and base is not None:
        new, deciding = _bounded(evidence, evidence.quantity(subject, claim.end), silenced)
        old, earlier = _bounded(evidence, evidence.quantity(subject, base), silenced)
        return _change(new, old), tuple(dict.fromkeys((*deciding, *earlier)))
    if base is None:
        found, deciding = _bounded(evidence, evidence.quantity(subject, claim.end), silenced)
        factor = 100.0 if claim.kind == "share" else 1.0
        return Range(factor * found.low, factor * found.high), deciding
    ratio = Quantity(Cell(subject, claim.end), Cell(subject, base))
    found, deciding = _bounded(evidence, ratio, silenced)
    return _as_claimed(claim, base, sense, found.low, found.high), deciding


def _change(new: Bounds, old: Bounds) -> Range:
    """Return the change in points between two shares, each 1 at most."""
    return Range(100 * (new.low - min(1.0, old.high)), 100 * (min(1.0, new.high) - old.low))


def _as_claimed(claim: Claim, base: Period, sense: str, low: float, high: float) -> Range:
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    if claim.kind == "multiple":
        more = 1.0 if sense == "times more" else 0.0
        return Range(low - more, high - more)
    years = max(1, (claim.end.end - base.end) // 12)
    return Range(100 * (low ** (1 / years) - 1), math.inf if math.isinf(high) else 100 * (high ** (1 / years) - 1))


def _bounded(evidence: Resolution, quantity: Quantity, silenced: frozenset[str]) -> tuple[Bounds, tuple[str, ...]]:
    """Bound a quantity with the figures silenced that nobody but the silenced statements prints."""
    released: dict[int, frozenset[int]] = {}
    for number, component in enumerate(evidence.system.components):
        mute = frozenset(i for i, one in enumerate(component.figures) if silenced.issuperset(one.statements))
        if mute:
            released[number] = mute | frozenset(evidence.evidence.settlement(number).released)
    bounds = evidence.evidence.bounds(quantity, released)
    top, bottom = quantity.top, quantity.bottom
    if bottom is None or evidence.system.component_of(bottom) is evidence.system.component_of(top):
        return bounds, _deciding(evidence, top, bounds)
    apart = [evidence.evidence.bounds(Quantity(cell), released) for cell in (top, bottom)]
    return bounds, (*_deciding(evidence, top, apart[0]), *_deciding(evidence, bottom, apart[1]))


def _deciding(evidence: Resolution, cell: Cell, bounds: Bounds) -> tuple[str, ...]:
    """Return the statements that hold the bounds of what is counted in the component of a cell."""
    home = evidence.system.component_of(cell)
    if home is None:
        return ()
    return tuple(home.figures[one].statements[0] for one in sorted(bounds.low_figures | bounds.high_figures))


def _same_word(claim: Claim, ledger: Ledger) -> frozenset[str]:
    """Return the statements that print the claim, and the prints that they were copied from or that copied them."""

    def root(statement: str) -> str:
        seen = {statement}
        while (item := ledger.by_id.get(statement)) and item.original and item.original not in seen:
            statement = item.original
            seen.add(statement)
        return statement

    roots = {root(statement) for statement in claim.statements}
    return frozenset(key for key in ledger.by_id if root(key) in roots) | frozenset(claim.statements)


def _text(claim: Claim, ledger: Ledger) -> Resolution | None:
    """Return what the exact figures printed in the claim's own text imply, or None where none stand beside it."""
    sources = {ledger.by_id[one].source for one in claim.statements if one in ledger.by_id}
    beside = tuple(
        item for item in ledger.statements
        if item.source in sources and item.id not in claim.statements and item.hedge == "exact" and item.kind == "level"
    )  # fmt: skip
    return resolve(Ledger(ledger.sources, beside, (), ledger.catalog)) if beside else None


def _quotient(claim: Claim, subject: str, base: Period, sense: str, ledger: Ledger) -> float | None:
    """Return the plain quotient of the two amounts that the claim's own text prints, hedged or not."""
    sources = {ledger.by_id[one].source for one in claim.statements if one in ledger.by_id}

    def level(period: Period | None) -> Decimal | None:
        held = (
            item.value for item in ledger.statements
            if item.source in sources and item.subject == subject and item.period == period and item.kind == "level"
        )  # fmt: skip
        return next(held, None)

    top, bottom = level(claim.end), level(base)
    if top is None or not bottom:
        return None
    ratio = float(top / bottom)
    return _as_claimed(claim, base, sense, ratio, ratio).low


def readings_of(claim: Claim) -> Iterable[tuple[str, Period | None, str]]:
    """Yield subject, base and sense of every reading of a statement."""
    senses: Sequence[str] = ("times more", "times as much") if claim.wording == "increase" else ("",)
    bases: Sequence[Period | None] = claim.bases or (None,)
    for subject in claim.subjects:
        for base in bases:
            for sense in senses:
                yield subject, base, sense


def tried(claim: Claim, evidence: Resolution) -> tuple[list[Weighed], list[Reason]]:
    """Weigh every reading; return what was weighed and a reason for each reading that nothing is known of."""
    weighed: list[Weighed] = []
    missing: list[Reason] = []
    for subject, base, sense in readings_of(claim):
        try:
            one = weigh(claim, subject, base, sense, evidence)
        except InputError as error:
            missing.append(because("unnamed", id=subject, error=str(error)))
            continue
        if one.ruling == "not checkable" or (one.ruling == "consistent" and not one.statements):
            missing.append(_unbounded(claim, subject, base))
            continue
        weighed.append(one)
    return weighed, missing


def _unbounded(claim: Claim, subject: str, base: Period | None) -> Reason:
    period = str(claim.end)
    if base is None:
        return because("unbounded", subjects=(subject,), period=period)
    return because("unbounded_since", subjects=(subject,), period=period, base=str(base))


def _slack(value: float) -> float:
    return SLACK * max(1.0, abs(value)) if math.isfinite(value) else 0.0
