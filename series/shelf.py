"""The shelf: which series there are, and each of them shown at one frequency as of one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from series import ledger as ledgers
from series.catalog import Title
from series.errors import EvidenceError
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Frequency, Period, frequency_of


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """One line of the list of series."""

    id: str
    title: Title
    unit: str
    frequency: Frequency
    start: Period
    end: Period
    n: int


def show(
    subject: str,
    frequency: Frequency = "annual",
    as_of: dt.date | None = None,
    ledger: Ledger | None = None,
    cache: Path | None = None,
) -> Series:
    """Return the series of a subject, using only what had been published by `as_of`.

    Every value comes with bounds from the whole evidence. What was resolved is kept in the folder `cache` where one
    is given.

    Raises:
        InputError: if the subject or the frequency is unknown.
        EvidenceError: if nothing was published that gives a value.

    Example:
        >>> series = show("cn.offshore.execution.usd")
        >>> [o.value for o in series.observations if str(o.period) == "2014"]
        [559.2]
    """
    frequency_of(frequency)
    whole = ledgers.load() if ledger is None else ledger
    whole.catalog.entry(subject)
    seen = whole if as_of is None else _seen(whole, as_of)
    found = _resolved(seen, subject, frequency, cache)
    if not found.observations:
        by = f" by {as_of.isoformat()}" if as_of else ""
        step = "`forecast series list` names those that have one" if frequency == "annual" else "try another frequency"
        step = "give a later date" if as_of else step
        raise EvidenceError(f"nothing published{by} gives a value of {subject} ({frequency}); {step}")
    return replace(found, as_of=as_of)


def listing(as_of: dt.date | None = None, ledger: Ledger | None = None, cache: Path | None = None) -> list[SeriesEntry]:
    """Return every annual series that has a value, by id."""
    from series.resolver.storage import remembered

    whole = ledgers.load() if ledger is None else ledger
    seen = whole if as_of is None else _seen(whole, as_of)

    def rows() -> list[list[Any]]:
        from series.resolver import resolve
        from series.resolver.points import years

        resolution = resolve(seen)
        spoken = sorted({item.subject for item in seen.in_force})
        found = {subject: years(resolution, subject) for subject in spoken}
        return [[key, str(told[0]), str(told[-1]), len(told)] for key, told in found.items() if told]

    return [
        SeriesEntry(key, entry.title, entry.unit, "annual", Period.parse(start), Period.parse(end), n)
        for key, start, end, n in remembered(cache, seen, "listing", rows)
        for entry in (whole.catalog.entry(key),)
    ]


def _resolved(ledger: Ledger, subject: str, frequency: Frequency, cache: Path | None) -> Series:
    from series.resolver.family import around, resolved
    from series.resolver.storage import remembered

    near = around(ledger, subject, frequency)

    def rows() -> list[list[Any]]:
        found = resolved(near).series(subject, frequency)
        return [one.cells() for one in found.observations]

    kept: list[list[Any]] = remembered(cache, near, f"{frequency} {subject}", rows)
    unit = ledger.catalog.entry(subject).unit
    return Series(subject, unit, frequency, None, tuple(map(Observation.of_cells, kept)))


@lru_cache(maxsize=64)
def _seen(ledger: Ledger, as_of: dt.date) -> Ledger:
    return ledger.as_of(as_of)
