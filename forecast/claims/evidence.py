"""Evidence: what the court looks up, as of any day: annual series, and what all statements together imply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import series
from forecast.errors import EvidenceError
from series import ledger
from series.ledger import Ledger
from series.observations import Series
from series.resolver import Resolution, resolve

Imply = Callable[[dt.date | None], Resolution]
LOOSE = 0.025
"""A value that the evidence leaves open by more than this, either way and relative to itself, is not used."""


def show(subject: str, day: dt.date | None) -> Series:
    """Return the annual series of a subject as known on `day`; one without observations if nothing was published."""
    return annual(subject, day, None, implied)


def annual(subject: str, day: dt.date | None, held: Ledger | None, imply: Imply) -> Series:
    """Return the same from any ledger, the shipped one without it; `imply` says what its statements come to.

    Shares are printed in some years only: theirs come from the resolver, which has them from the amounts too.
    """
    if subject.endswith(".share"):
        found = imply(day).series(subject, "annual")
        kept = tuple(one for one in found.observations if one.value > 0 and one.high - one.low <= 2 * LOOSE * one.value)
        return replace(found, as_of=day, observations=kept)
    try:
        return series.show(subject, "annual", day, held)
    except EvidenceError:
        return Series(subject, "", "annual", day, ())


@lru_cache(maxsize=4)
def implied(day: dt.date | None) -> Resolution:
    """Return what all statements published by `day` imply."""
    return resolve(ledger.load().as_of(day))
