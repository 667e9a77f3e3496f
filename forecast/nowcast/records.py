"""Records: what is known of one amount on a day, whole years and the first months of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import series
from forecast.errors import EvidenceError, InputError
from series import progress
from series.catalog import Title
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import MONTHS, Period

Class = Literal["whole", "part"]
OTHER = {"usd": "cny", "cny": "usd"}


@dataclass(frozen=True, slots=True)
class Part:
    """The first months of one year.

    Attributes:
        year: the year.
        months: how many, 1 to 11.
        value: their sum.
        growth: percent over the same months a year earlier, where it is known.
        derived: whether the sum was not printed, but follows from a later year's sum and its growth.
        statements: what says so.
    """

    year: int
    months: int
    value: float
    growth: float | None
    derived: bool
    statements: tuple[str, ...]

    @property
    def period(self) -> Period:
        """The months."""
        return Period.months(self.year, 1, self.months)


@dataclass(frozen=True)
class Record:
    """What is known of one amount.

    Attributes:
        id: the subject, or the user's series.
        unit: what it is counted in.
        title: what it is called; None for the user's own.
        as_of: the day, or None for everything there is.
        annual: whole years.
        parts: first months of years, by year and months.
        beside: the same amount in the other currency, whose months carry nearly the same share of the year.
        whole: what a part, such as KPO or a market, is a part of; None for national totals.
    """

    id: str
    unit: str
    title: Title | None
    as_of: dt.date | None
    annual: Series
    parts: tuple[Part, ...]
    beside: Record | None = None
    whole: Record | None = None

    @cached_property
    def totals(self) -> Mapping[int, Observation]:
        """Whole years by year."""
        return {one.period.start // 12: one for one in self.annual.observations}

    def latest(self, year: int) -> Part | None:
        """Return the longest of the known first months of a year."""
        return max((part for part in self.parts if part.year == year), key=lambda part: part.months, default=None)

    def shares(self, besides: int) -> list[tuple[Part, float]]:
        """Return the parts of known years with the share of the year that they carried, without one year."""
        known = [(part, self.totals[part.year].value) for part in self.parts if part.year in self.totals]
        return [(part, part.value / total) for part, total in known if part.year != besides and 0 < part.value < total]


def of_ledger(subject: str, as_of: dt.date | None = None, ledger: Ledger | None = None) -> Record:
    """Return what had been published of a subject by `as_of`, of it in the other currency, and of a part's whole.

    Raises:
        InputError: if the subject is unknown or does not add up over the months.
    """
    from series import ledger as ledgers

    held = ledgers.load() if ledger is None else ledger
    progress.check_flow(subject, held.catalog)
    above = held.catalog.entry(subject).whole
    seen = held.as_of(as_of)
    stem, _, last = subject.rpartition(".")
    twin = f"{stem}.{OTHER[last]}" if last in OTHER else ""
    beside = _published(twin, as_of, seen) if twin and held.catalog.knows(twin) else None
    whole = of_ledger(above, as_of, seen) if above and kind_of(subject) == "part" else None
    return replace(_published(subject, as_of, seen), beside=beside, whole=whole)


def kind_of(subject: str) -> Class:
    """Tell national totals, whose months are published most, from everything else."""
    return "whole" if subject.startswith("cn.") and subject.count(".") == 3 else "part"


def of_series(given: Series) -> Record:
    """Return the record of a user's monthly or quarterly values: their sums from January on, up to a missing value.

    Raises:
        InputError: if it is annual, or holds a negative value.
    """
    if given.frequency == "annual":
        raise InputError(f"series {given.id} is annual; a nowcast needs the months or quarters of the running year")
    if any(one.value < 0 for one in given.observations):
        raise InputError(f"series {given.id} holds a negative value; give an amount that adds up over the year")
    steps = 12 // MONTHS[given.frequency]
    known = {one.period.start // MONTHS[given.frequency]: one.value for one in given.observations}
    sums: dict[tuple[int, int], float] = {}
    for year in sorted({place // steps for place in known}):
        total = 0.0
        for step in range(steps):
            if year * steps + step not in known:
                break
            total += known[year * steps + step]
            sums[year, (step + 1) * 12 // steps] = total
    whole = tuple(
        Observation(Period.year(year), total, total, total, "derived", ())
        for (year, months), total in sums.items()
        if months == 12
    )
    parts = tuple(
        Part(year, months, total, _growth(total, sums.get((year - 1, months))), False, ())
        for (year, months), total in sums.items()
        if months < 12
    )
    annual = Series(given.id, given.unit, "annual", None, whole, given.gaps)
    return Record(given.id, given.unit, None, None, annual, parts)


def _published(subject: str, as_of: dt.date | None, seen: Ledger) -> Record:
    entry = seen.catalog.entry(subject)
    parts = tuple(
        Part(one.year, one.months, one.value, one.growth, one.derived, one.statements)
        for one in progress.years_to_date(subject, None, seen)
    )
    try:
        annual = series.show(subject, "annual", None, seen)
    except EvidenceError:
        annual = Series(subject, entry.unit, "annual", None, ())
    return Record(subject, entry.unit, entry.title, as_of, annual, parts)


def _growth(total: float, before: float | None) -> float | None:
    return 100 * (total / before - 1) if before else None
