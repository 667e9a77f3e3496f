"""Simple exponential smoothing whose level is held where a value is missing, for all windows at once.

    y(t) = l(t-1) + e(t),   l(t) = l(t-1) + alpha e(t)

where a missing e(t) has moved the level unseen. With P the variance of what is unknown of the level, in units of that
of e, the filter of this model forecasts with variance v = 1 + P and takes up the share g = (P + alpha) / (1 + P) of an
error, which leaves P (1 - alpha)^2 / (1 + P); a missing value adds alpha^2 to P. Without gaps P is zero and g alpha.
The first level is unknown: errors are linear in it. It and alpha have the largest likelihood, which without gaps is
that of least squares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LOWEST, HIGHEST = 1e-4, 1.0 - 1e-4
GRID, TURNS = 24, 40
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Smoothed series at the end of their windows.

    Attributes:
        objective: [N] -2 log L without constants.
        first: [N] the level before the first value.
        level: [N] the last level.
        unknown: [N] the variance of what is unknown of it, in units of that of the errors.
        squares: [N] the sum of the squared errors, each over its own variance.
    """

    objective: Floats
    first: Floats
    level: Floats
    unknown: Floats
    squares: Floats


def held(values: Floats, known: Bools, alpha: Floats, first: Floats | None = None) -> Held:
    """Smooth series [T, N] that end in a value with parameters [N], only what is `known` [T, N] of them.

    The `first` level [N] is the likeliest unless it is given.
    """
    running = np.cumsum(known[::-1], axis=0)[::-1] > 0
    fixed, moving = np.zeros_like(alpha), np.ones_like(alpha)  # the level is fixed + moving * first level
    unknown, logs = np.zeros_like(alpha), np.zeros_like(alpha)
    sums = np.zeros((3, len(alpha)))  # of fixed and moving parts of the errors, over their variances
    for value, there, runs in zip(values, known, running, strict=True):
        variance = 1.0 + unknown
        gain = np.where(there, (unknown + alpha) / variance, 0.0)
        error = np.where(there, value - fixed, 0.0)
        slope = np.where(there, moving, 0.0)
        sums += np.stack([error * error, error * slope, slope * slope]) / variance
        logs += np.where(there, np.log(variance), 0.0)
        fixed, moving = fixed + gain * error, moving - gain * slope
        unknown = np.where(there, unknown * (1.0 - alpha) ** 2 / variance, unknown + alpha * alpha * runs)
    if first is None:
        first = sums[1] / sums[2]
        squares = np.maximum(sums[0] - first * sums[1], 0.0)
    else:
        squares = np.maximum(sums[0] - first * (2.0 * sums[1] - first * sums[2]), 0.0)
    count = known.sum(axis=0)
    with np.errstate(divide="ignore"):
        objective = count * np.log(squares / count) + logs
    return Held(objective, first, fixed + moving * first, unknown, squares)


def likeliest(values: Floats, known: Bools) -> Floats:
    """Return the parameters [N] of largest likelihood: the best of a grid, and a golden section about it."""
    grid = np.linspace(LOWEST, HIGHEST, GRID)
    losses = np.stack([held(values, known, np.full(values.shape[1], alpha)).objective for alpha in grid])
    best = np.argmin(losses, axis=0)
    low, high = grid[np.maximum(best - 1, 0)], grid[np.minimum(best + 1, GRID - 1)]
    for _ in range(TURNS):
        near, far = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        left = held(values, known, near).objective <= held(values, known, far).objective
        low, high = np.where(left, low, near), np.where(left, far, high)
    return np.asarray((low + high) / 2.0)
