"""Where seasonal forms with a trend are stable: the admissible part of the usual region.

The errors of such a form can be recovered from the data only if all roots of

    z^(m+1) + (a + b - p) z^m + (a + b - a p) (z^(m-1) + ... + z^2) + (a + b - a p + g - 1) z + p (1 - a - g)

lie within the unit circle (Hyndman et al. 2008, chapter 10; a, b, g, p for alpha, beta, gamma, phi). Without a trend,
or without a season, all of the usual region is admissible.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.forms import LOWEST, Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GENTLE = 4.0
"""Below beta m^2 = 4 every point of the usual region is admissible: the nearest that is not has 7.9, for m to 24."""


def admissible(structure: Structure, points: Floats) -> Bools:
    """Return [N] which parameters [P, N], in the usual region, are admissible."""
    out = np.ones(points.shape[1], bool)
    if structure.trend == "N" or structure.season == "N":
        return out
    alpha = points[0]
    beta = LOWEST + (alpha - LOWEST) * points[structure.beta]
    steep = np.flatnonzero(beta * structure.period**2 > GENTLE)
    if len(steep):
        a, b = alpha[steep], beta[steep]
        g = LOWEST + (1.0 - LOWEST - a) * points[structure.gamma, steep]
        p = points[structure.phi, steep] if structure.damped else np.ones_like(a)
        middle = a + b - a * p
        rows = [np.ones_like(a), a + b - p, *[middle] * (structure.period - 2), middle + g - 1.0, p * (1.0 - a - g)]
        out[steep] = stable(np.stack(rows))
    return out


def stable(coefficients: Floats) -> Bools:
    """Return whether all roots of monic polynomials [n + 1, N], highest power first, lie within the unit circle.

    Schur and Cohn's recursion: each step lowers the degree by one, and its reflection has to be smaller than one.
    """
    out = np.ones(coefficients.shape[1], bool)
    now = coefficients
    while len(now) > 1:
        reflection = now[-1]
        inside = np.abs(reflection) < 1.0
        out &= inside
        reflection = np.where(inside, reflection, 0.0)
        now = (now[:-1] - reflection * now[:0:-1]) / (1.0 - reflection * reflection)
    return out


def gentle_share(structure: Structure, alpha: Floats) -> Floats:
    """Return the largest share u whose beta is admissible whatever the other parameters are."""
    if structure.season == "N":
        return np.ones_like(alpha)
    limit = GENTLE / structure.period**2
    return np.clip((limit - LOWEST) / np.maximum(alpha - LOWEST, 1e-9), 0.0, 1.0)
