"""The probability that a forecast quantity ends above a level, from its quantiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError

Floats = NDArray[np.float64]


def exceedance(quantiles: Floats, levels: Floats, threshold: float) -> float:
    """Return P(X >= threshold) for a positive X given by its quantiles [Q] at ascending `levels` [Q].

    Between the quantiles ln X is taken linear in the normal score of the level; beyond the outermost ones the line
    through the last two goes on, so that the tails are those of a lognormal and never end at a made-up bound.

    Raises:
        InputError: if quantiles are not finite, positive and ascending, or the threshold is not positive.
    """
    from scipy.special import ndtr, ndtri

    if threshold <= 0 or not np.isfinite(threshold):
        raise InputError(f"a threshold of {threshold} is impossible for an amount; it must be above zero")
    if not np.all(np.isfinite(quantiles)) or np.any(quantiles <= 0) or np.any(np.diff(quantiles) < 0):
        raise InputError("the quantiles of an amount must be finite, positive and ascending")
    logs, scores = np.log(quantiles), ndtri(levels)
    distinct = np.concatenate([[True], np.diff(logs) > 1e-12])
    logs, scores = logs[distinct], scores[distinct]
    if len(logs) == 1:
        return float(threshold <= quantiles[0])
    target = np.log(threshold)
    side = np.clip(np.searchsorted(logs, target), 1, len(logs) - 1)
    slope = (scores[side] - scores[side - 1]) / (logs[side] - logs[side - 1])
    return float(1.0 - ndtr(scores[side] + slope * (target - logs[side])))
