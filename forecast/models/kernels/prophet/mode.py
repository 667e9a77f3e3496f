"""The posterior mode, found along the noise.

At a given noise the rest of the posterior is a convex problem (see `slopes`), so the mode is a root of one equation
in one unknown: the variance must be the best one for the residuals it leads to. There can be several roots. A grid
brackets them from the top, each bracket is closed on its root, and the root with the highest posterior is the mode.

Where the past can be fitted exactly (five values or fewer, or nearly as many waves and changes as values), the
posterior has no bound as the noise vanishes. Prophet's optimiser starts at noise 1 and stops in a hollow on the way
down; so the mode here is the best of the interior ones. Where there is none (a straight line), the noise is
`PERFECT`, the value the package gives to a constant.
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
GRID = 12
CLOSINGS = 50


def find(problem: Quadratic) -> tuple[Floats, Floats]:
    """Return the coefficients [B, P] and the noise [B] at the posterior mode."""
    n = problem.count
    x = np.zeros((len(problem.target), len(problem.ridge)))
    top = np.maximum(best_variance(problem.squares(x), n), LEAST)
    for _ in range(2):
        x = minimise(problem, top, x)
        top = np.maximum(best_variance(problem.squares(x), n), LEAST)
    start = np.log(top)
    reach = np.log(np.clip(best_variance(problem.rest, n) * (1.0 - 1e-9), LEAST, top)) - start

    brackets = []
    high, over = start, np.ones(len(x))
    for place in np.linspace(0.0, 1.0, GRID) ** 2:  # roots lie closest together near the top
        low = start + place * reach
        x, under = _gap(problem, low, x)
        rows = np.flatnonzero((over > 0) & (under <= 0))
        brackets.append((rows, low[rows], under[rows], high[rows], over[rows], x[rows]))
        high, over = low, under
    rows, low, under, high, over, near = (np.concatenate(part) for part in zip(*brackets, strict=True))

    noise = np.full(len(x), PERFECT)
    found, variance = _close(problem.take(rows), low, under, high, over, near)
    order = np.lexsort((problem.take(rows).cost(variance, found), rows))
    chosen = order[np.unique(rows[order], return_index=True)[1]]
    x[rows[chosen]] = found[chosen]
    noise[rows[chosen]] = np.sqrt(variance[chosen])
    return x, noise


def _gap(problem: Quadratic, height: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Solve at the log variances `height` [B]; say how far each is above the log variance it leads to."""
    x = minimise(problem, np.exp(height), start)
    return x, height - np.log(np.maximum(best_variance(problem.squares(x), problem.count), 1e-300))


def _close(
    problem: Quadratic, low: Floats, under: Floats, high: Floats, over: Floats, x: Floats
) -> tuple[Floats, Floats]:
    """Close brackets of log variance where the gap changes sign (regula falsi with the Illinois rule)."""
    low, under, high, over = low.copy(), under.copy(), high.copy(), over.copy()
    root = np.where(under == 0, low, high)
    side = np.zeros(len(x), np.int64)
    rows = np.flatnonzero((high > low) & (under < 0))
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
        rows = rows[(np.abs(gap) > 1e-12) & (high[rows] - low[rows] > 1e-12)]
    return x, np.exp(root)
