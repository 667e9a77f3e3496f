"""Presolve: interval propagation, which bounds single unknowns without solving anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from series.resolver.system import Row

SWEEPS = 60
WORTHWHILE = 1e-3
PAD = 1e-12

Vector = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Entries:
    """The nonzero coefficients of the rows, and the rows' ends."""

    row: Index  # [N]
    column: Index  # [N]
    value: Vector  # [N]
    low: Vector  # [R]
    high: Vector  # [R]


def propagate(table: Entries, width: int, relaxed: Collection[int] = ()) -> tuple[Vector, Vector]:
    """Return proven lower and upper bounds of the unknowns, from one row at a time, swept at most `SWEEPS` times.

    For every row and every unknown j in it, c_j x_j <= high - sum of the smallest the other terms can be, and
    likewise from below. Every result is padded outwards by more than its rounding error, so the bounds hold in
    exact arithmetic too. Bounds that would cross are left alone: the linear program proves and explains that.
    """
    low, high = np.zeros(width), np.full(width, np.inf)
    table = _without(table, relaxed)
    for _ in range(SWEEPS):
        new_low, new_high = _sweep(table, low, high)
        crossed = new_low > new_high
        new_low[crossed], new_high[crossed] = low[crossed], high[crossed]
        bounded = np.isfinite(high)
        gain = ~bounded & np.isfinite(new_high)
        gain |= bounded & (np.where(bounded, high, 0.0) * (1 - WORTHWHILE) > new_high)
        gain |= new_low - low > WORTHWHILE * np.maximum(low, 1e-6)
        low, high = new_low, new_high
        if not gain.any():
            break
    return low, high


def _sweep(entries: Entries, low: Vector, high: Vector) -> tuple[Vector, Vector]:
    positive = entries.value > 0
    own_low, own_high = low[entries.column], high[entries.column]
    smallest = _rest(entries, np.where(positive, own_low, own_high))
    largest = _rest(entries, np.where(positive, own_high, own_low))
    upper = _outward(entries.high[entries.row], smallest, -1)
    lower = _outward(entries.low[entries.row], largest, +1)
    top = np.where(positive, upper, lower) / entries.value
    bottom = np.where(positive, lower, upper) / entries.value
    top = top + PAD * np.abs(top)
    bottom = bottom - PAD * np.abs(np.where(np.isfinite(bottom), bottom, 0.0))
    new_low, new_high = low.copy(), high.copy()
    np.minimum.at(new_high, entries.column, np.where(np.isnan(top), np.inf, np.maximum(top, 0.0)))
    np.maximum.at(new_low, entries.column, np.where(np.isnan(bottom), 0.0, bottom))
    return new_low, new_high


def _rest(entries: Entries, ends: Vector) -> tuple[Vector, Vector, npt.NDArray[np.bool_]]:
    """Sum of the other terms of the row at the given ends, the size of what was summed, and whether it is finite."""
    infinite = np.isinf(ends)
    products = entries.value * np.where(infinite, 0.0, ends)
    count = len(entries.low)
    total = np.bincount(entries.row, products, count)
    size = np.bincount(entries.row, np.abs(products), count)
    open_ends = np.bincount(entries.row, infinite, count)
    others = open_ends[entries.row] - infinite
    return np.asarray(total[entries.row] - products), size[entries.row].astype(np.float64), np.asarray(others == 0)


def _outward(ends: Vector, rest: tuple[Vector, Vector, npt.NDArray[np.bool_]], direction: int) -> Vector:
    total, size, finite = rest
    usable = finite & np.isfinite(ends)
    safe = np.where(usable, ends, 0.0)
    pad = PAD * (np.abs(safe) + size)
    return np.where(usable, safe - total - direction * pad, -direction * np.inf)


def entries(rows: Sequence[Row]) -> Entries:
    """Return the rows' coefficients and ends as arrays."""
    triples = [(i, column, float(c)) for i, row in enumerate(rows) for column, c in row.terms]
    return Entries(
        np.array([t[0] for t in triples], dtype=np.int64),
        np.array([t[1] for t in triples], dtype=np.int64),
        np.array([t[2] for t in triples]),
        np.array([-np.inf if row.low is None else float(row.low) for row in rows]),
        np.array([np.inf if row.high is None else float(row.high) for row in rows]),
    )


def _without(entries: Entries, relaxed: Collection[int]) -> Entries:
    low, high = entries.low.copy(), entries.high.copy()
    out = sorted(relaxed)
    low[out], high[out] = -np.inf, np.inf
    return replace(entries, low=low, high=high)
