"""Theta: exponential smoothing with half the slope of the regression line as drift.

y(n+h) = l(n) + (b / 2) (h - 1 + (1 - (1 - a)^n) / a), where l is simple exponential smoothing with parameter a and
initial level chosen by least squares, and b the least-squares slope on time; the variance of step h is
s^2 (1 + (h - 1) a^2). Assimakopoulos and Nikolopoulos (2000); in this form Hyndman and Billah (2003).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.models import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4
LOWEST, HIGHEST = 1e-4, 0.9999
GRID, NARROWINGS = 25, 6


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        batch, size = windows.values.shape
        weight, level, loss = _smooth(windows.values)
        time = np.arange(size) - (size - 1) / 2
        slope = np.sum(windows.values * time, axis=1) / np.sum(time**2)
        steps = np.arange(horizon)
        centre = level[:, None] + slope[:, None] / 2 * (steps + ((1 - (1 - weight) ** size) / weight)[:, None])
        spread = np.sqrt(loss / (size - 2))[:, None] * np.sqrt(1 + steps * weight[:, None] ** 2)
        return student(centre, spread, np.full(batch, size - 2.0), levels), ["theta"] * batch

    return answer(windows, MINIMUM, horizon, levels, body)


def _smooth(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the parameter, last level and sum of squared errors [B] of the best simple smoothing.

    The parameter is found by a grid that narrows around its best point; the initial level is exact for each.
    """
    rows = np.arange(len(values))
    low, high = np.full(len(values), LOWEST), np.full(len(values), HIGHEST)
    share = np.linspace(0.0, 1.0, GRID)
    for _ in range(NARROWINGS):
        weights = low[:, None] + (high - low)[:, None] * share  # [B, A]
        levels, losses = _levels(values, weights)
        best = losses.argmin(axis=1)
        middle, width = weights[rows, best], (high - low) / (GRID - 1)
        low, high = np.maximum(middle - width, LOWEST), np.minimum(middle + width, HIGHEST)
    return middle, levels[rows, best], losses[rows, best]


def _levels(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return last levels and losses [B, A]: errors are linear in the initial level, e(t) = p(t) - q(t) l(0)."""
    level, carried = np.zeros_like(weights), np.ones_like(weights)
    pp, pq, qq = np.zeros_like(weights), np.zeros_like(weights), np.zeros_like(weights)
    for value in values.T:
        error = value[:, None] - level
        pp += error**2
        pq += error * carried
        qq += carried**2
        level = level + weights * error
        carried = carried * (1 - weights)
    start = pq / qq
    return level + carried * start, np.maximum(pp - pq * start, 0.0)
