"""Outliers: single values that stand far off their neighbours, as a mistyped digit does."""

from __future__ import annotations

import numpy as np

from forecast.windows import Bools, Floats

FAR = 8.0
"""Robust standard deviations from the middle of its neighbours."""


def find_outliers(values: Floats) -> Bools:
    """Return [B, T] which values stand off the median of the two before and the two after by `FAR` robust deviations.

    The unit is 1.4826 times the median of those distances in the same row; of five values in a row only the farthest
    off is meant, for it moves the middle of the others. Rows of positive values are judged on
    logarithms. The first and last two values have no such neighbours and are never outliers, nor are those of rows
    with fewer than nine values.
    """
    batch, width = values.shape
    if width < 9:
        return np.zeros((batch, width), dtype=np.bool_)
    known = np.isfinite(values)
    positive = (~known | (values > 0)).all(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        level = np.where(positive, np.log(values), values)
    around = np.stack([level[:, :-4], level[:, 1:-3], level[:, 3:-1], level[:, 4:]])
    around.sort(axis=0)  # NaN sorts last, and makes the middle NaN: no verdict there
    off = np.full((batch, width), np.nan)
    off[:, 2:-2] = np.abs(level[:, 2:-2] - (around[1] + around[2]) / 2)
    off[:, 2:-2][~np.isfinite(around[3])] = np.nan
    judged = np.isfinite(off)
    padded = np.pad(np.where(judged, off, 0.0), ((0, 0), (2, 2)))
    nearby = np.lib.stride_tricks.sliding_window_view(padded, 5, axis=1).max(axis=2)
    count = judged.sum(axis=1)
    ordered = np.sort(off, axis=1)
    middle = np.take_along_axis(ordered, np.maximum((count[:, None] - 1) // 2, 0), axis=1)
    spread = 1.4826 * np.where((count >= 5)[:, None], middle, np.inf)
    dust = 1e-6 * np.where(positive, 1.0, np.abs(np.where(known, values, 0.0)).max(axis=1, keepdims=True))
    with np.errstate(over="ignore"):  # no value is that far off
        far = off > FAR * spread + dust
    return np.asarray(judged & (spread > 0) & far & (off >= nearby), dtype=np.bool_)
