"""Scores: plain functions of truth and quantiles, named in one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecast.scores import intervals, points
from forecast.scores.points import Floats

Ints = NDArray[np.int64]
WORST = 1e150
Cells = Callable[[Floats, Floats, Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Score:
    """One score.

    Attributes:
        name: as it stands in tables.
        cells: (truth [B, H], quantiles [B, H, Q], levels [Q], scale [B]) -> [B, H], NaN where there is no truth.
        average: how cells become one number: their mean, or the root of their mean.
        best: what a perfect forecaster would get.
    """

    name: str
    cells: Cells
    average: Literal["mean", "root"]
    best: float

    def summary(self, cells: Floats) -> tuple[float, int]:
        """Return the average of the cells that have a value, and their number."""
        there = cells[np.isfinite(cells)]
        if not len(there):
            return float("nan"), 0
        mean = float(np.mean(there))
        return (mean**0.5 if self.average == "root" else mean), len(there)


TABLE: tuple[Score, ...] = (
    Score("mase", points.absolute, "mean", 0.0),
    Score("rmsse", points.squared, "root", 0.0),
    Score("smape", points.symmetric_percentage, "mean", 0.0),
    Score("crps", intervals.ranked_probability, "mean", 0.0),
    Score("pinball", intervals.pinball, "mean", 0.0),
    Score("coverage_80", intervals.coverage(0.8), "mean", 0.8),
    Score("coverage_95", intervals.coverage(0.95), "mean", 0.95),
    Score("interval_80", intervals.interval_score(0.8), "mean", 0.0),
    Score("interval_95", intervals.interval_score(0.95), "mean", 0.0),
)


def measure(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats, root_scale: Floats) -> dict[str, Floats]:
    """Return every score's cells [B, H]; `scale` and `root_scale` [B] are those of `naive_scale`.

    A cell without truth is NaN; one too bad for a float is a very large number, so that it counts.
    """
    with np.errstate(over="ignore"):
        return {
            score.name: np.minimum(
                score.cells(truth, quantiles, levels, root_scale if score.average == "root" else scale), WORST
            )
            for score in TABLE
        }


def summarise(score: Score, cells: Floats, rows: Ints, count: int) -> tuple[Floats, Ints]:
    """Average cells [B, H] by the series `rows` [B] that they belong to.

    Returns averages and numbers [1 + count, 1 + H]: first of all series together, first of all steps together.
    """
    there = np.isfinite(cells)
    sums, numbers = np.zeros((1 + count, 1 + cells.shape[1])), np.zeros((1 + count, 1 + cells.shape[1]), dtype=np.int64)
    for step in range(cells.shape[1]):
        known = np.where(there[:, step], cells[:, step], 0.0)
        sums[1:, step + 1] = np.bincount(rows, weights=known, minlength=count)
        numbers[1:, step + 1] = np.bincount(rows[there[:, step]], minlength=count)
    for table in (sums, numbers):
        table[0] = table[1:].sum(axis=0)
        table[:, 0] = table[:, 1:].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums / numbers
    return np.sqrt(means) if score.average == "root" else means, numbers


def naive_scale(values: Floats, season: int) -> tuple[Floats, Floats]:
    """Return the mean absolute and the root mean square (seasonal) step [B] of windows [B, T]; NaN where it is zero.

    This is the in-sample error of the (seasonal) naive forecast, which scales every score that has a unit.
    Hyndman and Koehler (2006), Another look at measures of forecast accuracy.
    """
    known = np.isfinite(values).sum(axis=1)
    absolute, root = np.full(len(values), np.nan), np.full(len(values), np.nan)
    for lag in {1, season}:
        rows = (known > season) if lag == season else (known <= season)
        if values.shape[1] <= lag or not rows.any():
            continue
        with np.errstate(over="ignore"):
            steps = np.abs(values[rows, lag:] - values[rows, :-lag])
            count = np.isfinite(steps).sum(axis=1)
            count = np.where(count > 0, count, 1)
            absolute[rows] = np.nansum(steps, axis=1) / count
        # squares of steps from 1e154 on are no floats; a power of two changes no digit
        unit = np.exp2(np.frexp(np.nanmax(steps, axis=1, initial=0.0))[1] - 1)
        with np.errstate(over="ignore"):
            root[rows] = np.sqrt(np.nansum((steps / unit[:, None]) ** 2, axis=1) / count) * unit
    usable = [np.where((scale > 0) & (scale < np.inf), scale, np.nan) for scale in (absolute, root)]
    return usable[0], usable[1]
