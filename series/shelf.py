"""The shelf: which series there are, and each of them shown at one frequency as of one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args

from series import ledger as ledgers
from series.annual import Reading
from series.catalog import Title
from series.errors import EvidenceError, InputError
from series.ledger import Ledger
from series.observations import Series
from series.periods import Frequency, Period


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
    subject: str, frequency: Frequency = "annual", as_of: dt.date | None = None, ledger: Ledger | None = None
) -> Series:
    """Return the series of a subject, using only what had been published by `as_of`.

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
    found = _reading(whole if as_of is None else _seen(whole, as_of), frequency).series(subject)
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


@lru_cache(maxsize=8)
def _reading(ledger: Ledger, frequency: Frequency) -> Reading:
    return Reading(ledger, frequency)


@lru_cache(maxsize=64)
def _seen(ledger: Ledger, as_of: dt.date) -> Ledger:
    return ledger.as_of(as_of)
