"""Settlement: how a claim about the future turned out, by the figure published first and by the one that holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecast.claims.readings import Reading, settled
from series.ledger import Ledger
from series.periods import Period

Outcome = Literal["met", "missed", "too close"]
DECIMAL = 0.1
HUNDREDTH = 0.01
SLACK = 1e-5
"""What solving leaves on a width."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The value that settles a reading and the outcome; `first` is by the figure that was published first.

    The rule: the value in force today settles the claim, because that is what the series is. The first print is
    kept beside it, and a claim that the two settle differently is shown.
    """

    value: float
    outcome: Outcome
    first_value: float | None
    first: Outcome | None


def pinned(low: float, high: float) -> bool:
    """Whether a range leaves one value to name: no wider than a printed decimal, or than a hundredth of its middle."""
    return high - low <= max(DECIMAL, HUNDREDTH * abs(low + high) / 2) + SLACK


def settle(reading: Reading, end: Period, ledger: Ledger) -> Settled | None:
    """Return how a reading turned out, or None while its end is not known."""
    final = settled(reading, end)
    if final is None:
        return None
    printed = [
        item
        for item in ledger.in_force
        if item.subject == reading.subject and item.period == end and item.kind == "level" and item.hedge == "exact"
    ]
    first = min(printed, key=lambda item: (ledger.published(item), item.id), default=None)
    value = float(first.value) if first else None
    return Settled(
        final.value,
        _outcome(final.low, final.high, reading),
        value,
        None if value is None else _outcome(value, value, reading),
    )


def _outcome(low: float, high: float, reading: Reading) -> Outcome:
    surely, perhaps = low >= reading.threshold, high >= reading.threshold
    if reading.ceiling:
        surely, perhaps = high <= reading.threshold, low <= reading.threshold
    return "met" if surely else "too close" if perhaps else "missed"
