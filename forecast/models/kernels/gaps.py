"""Missing values filled in, for what cannot do without: tests for differences, seasonal indices, some models."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def missing_inside(values: Floats) -> Bools:
    """Tell [B, T] which values of right-aligned windows are missing after the first one that is known."""
    known = np.isfinite(values)
    return np.asarray(~known & (np.cumsum(known, axis=1) > 0))


def filled(values: Floats, season: int, held: Ints | None = None) -> Floats:
    """Fill what is missing inside windows [B, T] that end in a value.

    A gap is bridged by the straight line between its neighbours; in seasonal data it is bent by as much as the other
    cycles are on average, between the same places of the cycle. The first `held` [B] values of a window, which end in
    one too, are filled as if no others had followed: what is learnt from them stays what it was.
    """
    out = values.copy()
    missing = missing_inside(values)
    for row in np.flatnonzero(missing.any(axis=1)):
        out[row] = _bridged(values[row], np.flatnonzero(missing[row]), season)
        if held is not None and season > 1:
            end = int(np.argmax(np.isfinite(values[row]))) + int(held[row])
            if (holes := np.flatnonzero(missing[row, :end])).size:
                out[row, :end] = _bridged(values[row, :end], holes, season)
    return out


def _bridged(values: Floats, holes: NDArray[np.int64], season: int) -> Floats:
    known = np.flatnonzero(np.isfinite(values))
    out = values.copy()
    out[holes] = np.interp(holes, known, values[known])
    if season == 1:
        return out
    right = np.searchsorted(known, holes)
    before, after = known[right - 1], known[right]
    share = (holes - before) / (after - before)
    shifts = np.arange(-(len(values) // season), len(values) // season + 1)[:, None] * season
    corners = [np.clip(place + shifts, -1, len(values)) for place in (before, holes, after)]
    padded = np.concatenate([values, [np.nan, np.nan]])  # one place beyond either end: -1 is the last
    first, middle, last = (padded[at] for at in corners)
    bends = middle - first - share * (last - first)
    usable = np.isfinite(bends)
    many = usable.sum(axis=0)
    out[holes] += np.where(usable, bends, 0.0).sum(axis=0) / np.maximum(many, 1)
    return out
