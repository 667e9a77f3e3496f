"""The posterior mode, found along the noise.

At a given noise the rest of the posterior is a convex problem (see `slopes`), so a mode is a root of one equation in
one unknown: the variance must be the best one for the residuals it leads to. There can be several roots, and where
the past can be fitted exactly (five values or fewer, or nearly as many waves and changes as values) the posterior has
no bound as the noise vanishes. Prophet's optimiser starts at noise 1 and ends in the first hollow on its way down; so
does the search here, which comes from above and closes on the first root that it meets. Where there is none (a
straight line), the noise is `PERFECT`, the value the package gives to a constant.
"""

from __future__ import annotations

import numpy as np

from forecast.models.kernels.prophet.posterior import best_variance
from forecast.models.kernels.prophet.quadratic import Quadratic
from forecast.models.kernels.prophet.slopes import minimise
from forecast.quantiles import Floats

PERFECT = 1e-9
LEAST = 1e-12
"""The least variance searched: noise of a millionth of the scale."""
STRIDE = 0.1
"""A step down is the distance that is surely free of roots, and at least this much log variance."""
CLOSINGS, CLOSED = 50, 1e-11


def find(problem: Quadratic) -> tuple[Floats, Floats]:
    """Return the coefficients [B, P] and the noise [B] at the first posterior mode from above."""
    x = np.zeros((len(problem.target), len(problem.ridge)))
    noise = np.full(len(x), PERFECT)
    bottom = np.log(LEAST)
    high = np.log(np.maximum(best_variance(problem.squares(x), problem.count), LEAST))
    x, over = _gap(problem, high, x)
    low, under = high.copy(), over.copy()
    rows = np.flatnonzero((over > 0) & (high > bottom))
    while len(rows):
        low[rows] = np.maximum(high[rows] - np.maximum(STRIDE, over[rows]), bottom)
        x[rows], under[rows] = _gap(problem.take(rows), low[rows], x[rows])
        rows = rows[(under[rows] > 0) & (low[rows] > bottom)]
        high[rows], over[rows] = low[rows], under[rows]
    rows = np.flatnonzero(under <= 0)
    x[rows], variance = _close(problem.take(rows), low[rows], under[rows], high[rows], over[rows], x[rows])
    noise[rows] = np.sqrt(variance)
    return x, noise


def _gap(problem: Quadratic, height: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Solve at the log variances `height` [B]; say how far each is above the log variance it leads to."""
    x = minimise(problem, np.exp(height), start)
    return x, height - np.log(np.maximum(best_variance(problem.squares(x), problem.count), 1e-300))


def _close(
    problem: Quadratic, low: Floats, under: Floats, high: Floats, over: Floats, x: Floats
) -> tuple[Floats, Floats]:
    """Close brackets of log variance where the gap changes sign (regula falsi with the Illinois rule)."""
    root = low.copy()
    side = np.zeros(len(x), np.int64)
    rows = np.flatnonzero((high > low) & (under < -CLOSED))
    for _ in range(CLOSINGS):
        if not len(rows):
            break
        a, b, fa, fb = low[rows], high[rows], under[rows], over[rows]
        middle = np.clip(b - fb * (b - a) / (fb - fa), a, b)
        x[rows], gap = _gap(problem.take(rows), middle, x[rows])
        root[rows] = middle
        down = gap <= 0
        low[rows], under[rows] = np.where(down, middle, a), np.where(down, gap, fa * np.where(side[rows] > 0, 0.5, 1.0))
        high[rows], over[rows] = np.where(down, b, middle), np.where(down, fb * np.where(side[rows] < 0, 0.5, 1.0), gap)
        side[rows] = np.where(down, -1, 1)
        rows = rows[(np.abs(gap) > CLOSED) & (high[rows] - low[rows] > CLOSED)]
    return x, np.exp(root)
