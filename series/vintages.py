"""Vintages: what was printed for a cell, in order of publication, and how later documents revised it.

A revision is explicit when a later document prints another level for the same months, and implied when later growth
needs a base that the level published for those months does not allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from series.annual import ROLES, allowed, is_level
from series.errors import EvidenceError
from series.ledger import Ledger
from series.periods import Frequency, Period
from series.statements import Statement


@dataclass(frozen=True, slots=True)
class Vintage:
    """One print of a level: what the digits allow, and the day from which it counts as known."""

    period: Period
    published: dt.date
    value: float
    low: float
    high: float
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """Every print of one cell, earliest first."""

    period: Period
    prints: tuple[Vintage, ...]

    @property
    def first(self) -> Vintage:
        """The first print."""
        return self.prints[0]

    @property
    def latest(self) -> Vintage:
        """The newest print."""
        return self.prints[-1]


@dataclass(frozen=True, slots=True)
class Revision:
    """A cell whose published level a later document changed, or needs to have been changed.

    `low`..`high` is the revised level in the unit of the subject; `change` compares its centre with the first print,
    in percent.
    """

    subject: str
    period: Period
    kind: Literal["explicit", "implied"]
    first: Vintage
    published: dt.date
    low: float
    high: float
    change: float
    statements: tuple[str, ...]


def histories(ledger: Ledger, subject: str, frequency: Frequency | None = None) -> tuple[History, ...]:
    """Return what was printed for each cell of a subject; None takes every span of months.

    Excluded figures and conversions by an agency are left out; figures that were released, such as a level that was
    revised later, are prints like any other.

    Raises:
        InputError: if the subject is unknown.
        EvidenceError: if no level of it was published.
    """
    ledger.catalog.entry(subject)
    cells: dict[Period, list[Statement]] = {}
    for item in (*ledger.in_force, *ledger.released):
        fits = frequency is None or item.period.frequency == frequency
        if item.subject == subject and fits and is_level(item, ledger):
            cells.setdefault(item.period, []).append(item)
    if not cells:
        raise EvidenceError(f"no level of {subject} was published{f' ({frequency})' if frequency else ''}")
    return tuple(_history(ledger, period, cells[period]) for period in sorted(cells))


def revisions(ledger: Ledger, subject: str, frequency: Frequency | None = None) -> tuple[Revision, ...]:
    """Return the revisions of a subject's published levels, by period and day.

    Raises:
        InputError: if the subject is unknown.
        EvidenceError: if no level of it was published.
    """
    found = {history.period: history for history in histories(ledger, subject, frequency)}
    revised = [item for history in found.values() for item in _explicit(ledger, subject, history)]
    rates = [item for item in (*ledger.in_force, *ledger.released) if item.subject == subject and item.kind == "growth"]
    revised += _implied(ledger, subject, found, rates)
    return tuple(sorted(revised, key=lambda item: (item.period, item.published, item.statements)))


def _history(ledger: Ledger, period: Period, items: Iterable[Statement]) -> History:
    def order(item: Statement) -> tuple[dt.date, int, str]:
        return ledger.published(item), ROLES.index(ledger.sources[item.source].role), item.id

    prints = []
    for item in sorted(items, key=order):
        low, high = allowed(item)
        prints.append(
            Vintage(
                period,
                ledger.published(item),
                float(item.value),
                max(float(low), 0.0),
                float(high),
                item.id,
                item.source,
            )
        )
    return History(period, tuple(prints))


def _explicit(ledger: Ledger, subject: str, history: History) -> Iterable[Revision]:
    standing = history.first
    for later in history.prints[1:]:
        if later.low <= standing.high and standing.low <= later.high:
            continue
        newer = ledger.sources[later.source].published > ledger.sources[standing.source].published
        if newer:
            yield _revision(
                subject, "explicit", history.first, later.published, later.low, later.high, (later.statement,)
            )
            standing = later


def _implied(
    ledger: Ledger, subject: str, found: dict[Period, History], rates: Iterable[Statement]
) -> Iterable[Revision]:
    told: dict[tuple[Period, Decimal, int], list[Statement]] = {}
    for rate in rates:
        if rate.base in found and rate.period in found:
            told.setdefault((rate.period, rate.value, rate.exponent), []).append(rate)
    for (period, _, _), prints in told.items():
        rate = min(prints, key=lambda item: (ledger.published(item), item.id))
        if rate.base is None:
            continue
        top, base = _same_source(found[period], rate), found[rate.base]
        low, high = (1 + float(end) / 100 for end in allowed(rate))
        if low <= 0:
            continue
        needs = top.low / high, top.high / low
        if all(needs[0] > known.high or needs[1] < known.low for known in base.prints):
            support = (*(item.id for item in prints), top.statement)
            yield _revision(subject, "implied", base.first, ledger.published(rate), *needs, support)


def _same_source(history: History, rate: Statement) -> Vintage:
    return next((item for item in history.prints if item.source == rate.source), history.latest)


def _revision(
    subject: str,
    kind: Literal["explicit", "implied"],
    first: Vintage,
    published: dt.date,
    low: float,
    high: float,
    statements: tuple[str, ...],
) -> Revision:
    change = ((low + high) / 2 / first.value - 1) * 100 if first.value else 0.0
    return Revision(subject, first.period, kind, first, published, low, high, change, tuple(dict.fromkeys(statements)))
