"""Likelihood: how probable a print is, given what the other figures allow and how it may have gone wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from series.resolver.bounds import Bounds
from series.resolver.intervals import Interval
from series.resolver.modes import MODES
from series.resolver.readings import Reading
from series.statements import Statement

REVISION = 0.02
REBASING = 0.03
ANYTHING = 2.0
WIDEST = 10.0
SOFTER = {"comparable": 4.0, "unknown": 2.0}


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A slip that fits: the range that `about` then has, and log(prior * likelihood)."""

    mode: str
    low: float
    high: float
    score: float
    about: str


def ends(interval: Interval) -> tuple[float, float]:
    """Return both ends as floats."""
    low = -math.inf if interval.low is None else float(interval.low)
    return low, math.inf if interval.high is None else float(interval.high)


def likely(overlap: float, allowed: Bounds, print_: tuple[float, float]) -> float:
    """Share of the allowed values that would have been printed like this; at least a sliver for a touching end."""
    low, high = print_[0], print_[1] if math.isfinite(print_[1]) else 2 * print_[0]
    span = min(allowed.high - allowed.low, WIDEST * max(allowed.low, high))
    if span <= 1e-12 or overlap >= span:
        return 1.0
    return max(overlap, 0.02 * min(span, high - low)) / span


def drift(statement: Statement, reading: Reading, own: Bounds) -> Iterator[Hypothesis]:
    """Yield the explanations without a mechanism of print: another vintage or base, and the unknown.

    Deviations of a revision are Laplace distributed, 2 % of the amount; those of a growth on another base 3 points.
    """
    low, high = ends(reading.interval)
    if not math.isfinite(high):
        high = low
    middle, width = (low + high) / 2, max(high - low, 1e-6)
    reach = own.high if math.isfinite(own.high) else max(middle, own.low)
    distance = max(0.0, own.low - high, low - reach)
    about = str(reading.quantity)
    if statement.kind in ("growth", "multiple", "cagr"):
        mode, spread = MODES["another base"], REBASING * SOFTER.get(statement.basis, 1.0) * max(1.0, middle / 3)
        prior = mode.prior * SOFTER.get(statement.basis, 1.0)
    else:
        mode, spread = MODES["revision"], REVISION * max(middle, 1e-6)
        prior = mode.prior
    density = min(1.0, width / (2 * spread)) * math.exp(-distance / spread)
    yield Hypothesis(mode.name, own.low, own.high, math.log(max(prior * density, 1e-12)), about)
    anything = min(1.0, width / (ANYTHING * max(middle, reach, 1e-6)))
    yield Hypothesis("unknown", own.low, own.high, math.log(MODES["unknown"].prior * anything), about)
