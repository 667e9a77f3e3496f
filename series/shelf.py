"""The shelf: which series there are, and each of them shown at one frequency as of one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from series import ledger as ledgers
from series.annual import Reading
from series.catalog import Title
from series.errors import EvidenceError, InputError
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Frequency, Period

if TYPE_CHECKING:
    from series.resolver import Resolution


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

    Years are read straight off the ledger. Quarters come from the resolver, each with bounds from the whole evidence;
    they are kept in the folder `cache` where one is given.

    Raises:
        InputError: if the subject or the frequency is unknown.
        EvidenceError: if nothing was published that gives a value.

    Example:
        >>> series = show("cn.offshore.execution.usd")
        >>> [o.value for o in series.observations if str(o.period) == "2014"]
        [559.2]
    """
    if frequency not in get_args(Frequency):
        raise InputError(f"frequency '{frequency}' is unknown; use one of {', '.join(get_args(Frequency))}")
    whole = ledgers.load() if ledger is None else ledger
    whole.catalog.entry(subject)
    seen = whole if as_of is None else _seen(whole, as_of)
    found = _quarters(seen, subject, cache) if frequency == "quarterly" else _reading(seen, frequency).series(subject)
    if not found.observations:
        by = f" by {as_of.isoformat()}" if as_of else ""
        raise EvidenceError(f"nothing published{by} gives a value of {subject} ({frequency}); try another frequency")
    return replace(found, as_of=as_of)


def listing(as_of: dt.date | None = None, ledger: Ledger | None = None) -> list[SeriesEntry]:
    """Return every annual series that has a value, by id."""
    whole = ledgers.load() if ledger is None else ledger
    reading = _reading(whole if as_of is None else _seen(whole, as_of), "annual")
    entries = []
    for subject in sorted(reading.levels.keys() | reading.rates.keys()):
        found = reading.series(subject)
        if found.observations:
            first, last = found.observations[0].period, found.observations[-1].period
            entry = whole.catalog.entry(subject)
            entries.append(
                SeriesEntry(subject, entry.title, entry.unit, "annual", first, last, len(found.observations))
            )
    return entries


def _quarters(ledger: Ledger, subject: str, cache: Path | None) -> Series:
    from series.resolver.storage import remembered

    def rows() -> list[list[Any]]:
        return [
            [str(one.period), one.value, one.low, one.high, one.status, list(one.statements)]
            for one in _resolution(ledger).series(subject, "quarterly").observations
        ]

    kept: list[list[Any]] = remembered(cache, ledger, f"quarterly {subject}", rows)
    unit = ledger.catalog.entry(subject).unit
    observations = (Observation(Period.parse(row[0]), row[1], row[2], row[3], row[4], tuple(row[5])) for row in kept)
    return Series(subject, unit, "quarterly", None, tuple(observations))


@lru_cache(maxsize=4)
def _resolution(ledger: Ledger) -> Resolution:
    from series.resolver import resolve

    return resolve(ledger)


@lru_cache(maxsize=8)
def _reading(ledger: Ledger, frequency: Frequency) -> Reading:
    return Reading(ledger, frequency)


@lru_cache(maxsize=64)
def _seen(ledger: Ledger, as_of: dt.date) -> Ledger:
    return ledger.as_of(as_of)
