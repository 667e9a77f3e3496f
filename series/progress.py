"""Progress: what had been printed of a year before it was over, as sums of its first months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from series import ledger as ledgers
from series.annual import allowed, choose, is_level
from series.catalog import Catalog
from series.errors import InputError
from series.ledger import Ledger
from series.periods import Period
from series.statements import Statement


@dataclass(frozen=True, slots=True)
class Progress:
    """The first months of one year: their sum, and how it compares with the same months a year earlier.

    Attributes:
        year: the year that they belong to.
        months: how many of its first months, 1 to 11.
        value: the sum, in the unit of the subject.
        low: the least that the digits and the hedge allow.
        high: the most.
        growth: percent over the same months of the year before, as printed; None where nobody printed it.
        published: the first day on which this was known.
        statements: what says so.
        derived: whether the sum follows from a later year's figure and its growth, and was not printed itself.
    """

    year: int
    months: int
    value: float
    low: float
    high: float
    growth: float | None
    published: dt.date
    statements: tuple[str, ...]
    derived: bool = False

    @property
    def period(self) -> Period:
        """The months."""
        return Period.months(self.year, 1, self.months)


def check_flow(subject: str, catalog: Catalog) -> None:
    """Check that a subject adds up over months.

    Raises:
        InputError: if it is unknown, or a share or a stock.
    """
    nature = catalog.entry(subject).nature
    if nature != "flow":
        raise InputError(f"{subject} is a {nature} and does not add up over the months; give an amount, like .usd")


def years_to_date(subject: str, as_of: dt.date | None = None, ledger: Ledger | None = None) -> tuple[Progress, ...]:
    """Return what is known of the first months of each year of a flow, by year and months, as known at `as_of`.

    Only statements in force count. A sum that was not printed is taken from the growth of a later year over it where
    that is exact: base = sum / (1 + growth).

    Raises:
        InputError: if the subject is unknown, or is no amount that adds up over months.
    """
    whole = ledgers.load() if ledger is None else ledger
    check_flow(subject, whole.catalog)
    seen = whole.as_of(as_of)
    levels: dict[Period, list[Statement]] = {}
    rates: dict[Period, list[Statement]] = {}
    for item in seen.in_force:
        if item.subject != subject or not _to_date(item.period):
            continue
        if is_level(item, seen):
            levels.setdefault(item.period, []).append(item)
        elif item.kind == "growth" and item.base is not None and _same_months(item.period, item.base):
            rates.setdefault(item.period, []).append(item)
    found = {period: _printed(seen, period, items, rates.get(period, ())) for period, items in levels.items()}
    for one in list(found.values()):
        for rate in rates.get(one.period, ()):
            if rate.base is not None and rate.base not in found and rate.hedge == "exact":
                found[rate.base] = _implied(seen, one, rate, rate.base)
    return tuple(found[period] for period in sorted(found))


def _to_date(period: Period) -> bool:
    return period.start % 12 == 0 and period.length < 12


def _same_months(period: Period, base: Period) -> bool:
    return base.length == period.length and base.start % 12 == 0 and base.start < period.start


def _printed(ledger: Ledger, period: Period, items: list[Statement], rates: Iterable[Statement]) -> Progress:
    span = choose(items, ledger.sources)
    yearly = [rate for rate in rates if rate.base == period.shift(-12)]
    growth = _growth(ledger, span.statements[0], yearly)
    value = float(span.value if span.value is not None else (span.low + span.high) / 2)
    known = min(ledger.published(ledger.by_id[key]) for key in span.statements)
    support = (*span.statements, *(() if growth is None else (growth.id,)))
    return Progress(
        period.start // 12,
        period.length,
        value,
        max(float(span.low), 0.0),
        float(span.high),
        None if growth is None else float(growth.value),
        known,
        support,
    )


def _growth(ledger: Ledger, level: str, rates: list[Statement]) -> Statement | None:
    """Choose the growth that stands beside the level, exact before hedged, the earlier before the later."""
    source = ledger.by_id[level].source
    order = sorted(rates, key=lambda one: (one.hedge != "exact", one.source != source, ledger.published(one), one.id))
    return order[0] if order else None


def _implied(ledger: Ledger, one: Progress, rate: Statement, base: Period) -> Progress:
    low, high = (1 + float(end) / 100 for end in allowed(rate))
    return Progress(
        base.start // 12,
        base.length,
        one.value / (1 + float(rate.value) / 100),
        one.low / high,
        one.high / low,
        None,
        max(one.published, ledger.published(rate)),
        tuple(dict.fromkeys((*one.statements, rate.id))),
        derived=True,
    )
