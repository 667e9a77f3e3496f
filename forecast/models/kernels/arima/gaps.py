"""Missing values as the likelihood takes them: what a one in the place of each would do to the series."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.differencing import Differenced, difference

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def alike(counts: Ints) -> Iterator[Ints]:
    """Yield rows that are worked on together: those with nothing missing, one value, two, up to four, eight, ..."""
    kinds = np.ceil(np.log2(np.maximum(counts, 0.5))).astype(np.int64)
    for kind in np.unique(kinds):
        yield np.flatnonzero(kinds == kind)


def indicators(missing: Bools) -> Floats:
    """Return [T, m, N] one at each missing value of left-aligned series [T, N], a column for each in turn."""
    counts = missing.sum(axis=0)
    out = np.zeros((len(missing), int(counts.max(initial=0)), missing.shape[1]))
    series, steps = np.nonzero(missing.T)
    place = np.arange(len(series)) - np.repeat(np.cumsum(counts) - counts, counts)
    out[steps, place, series] = 1.0
    return out


def holes(gaps: Floats, lengths: Ints, season: int, left: Differenced) -> Floats:
    """Difference indicators [T, m, N] as the series were."""
    columns = [difference(gaps[:, j], lengths, season, left).values for j in range(gaps.shape[1])]
    return np.stack(columns, axis=1) if columns else gaps
