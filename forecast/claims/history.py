"""How often a series grew that fast for that long: the base rate of a claim in the subject's own past."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Runs:
    """Overlapping runs of `years` in a series, and how many grew at least at the asked rate.

    Rates are percent a year; `first` and `last` name the years the runs start from.
    """

    years: int
    count: int
    reached: int
    best: float | None
    latest: float | None
    newest_reached: int | None


def growth_rate(start: float, end: float, years: int) -> float:
    """Return the average growth in percent a year that leads from `start` to `end`."""
    return 100.0 * (math.pow(end / start, 1.0 / years) - 1.0)


def runs(years_known: Sequence[int], values: Sequence[float], length: int, rate: float) -> Runs:
    """Count the runs of `length` years whose average growth was at least `rate` percent.

    Runs overlap, so they are no independent trials: the counts describe the past, they do not test anything.
    """
    rates = [
        (year, growth_rate(value, values[index + length], length))
        for index, (year, value) in enumerate(zip(years_known[:-length], values[:-length], strict=True))
        if value > 0
    ]
    reached = [year for year, grown in rates if grown >= rate]
    return Runs(
        years=length,
        count=len(rates),
        reached=len(reached),
        best=max((grown for _, grown in rates), default=None),
        latest=rates[-1][1] if rates else None,
        newest_reached=max(reached) + length if reached else None,
    )
