"""What the error of the estimated coefficients adds to the variance of a forecast: the delta method.

The covariance of the reflection coefficients is twice the inverse curvature of -2 log L at the optimum, and the path's
slopes with respect to them carry it over. No direction is less sure than a uniform distribution on (-1, 1). At a bound
both are taken from inside.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 1e-4
LEAST = 6.0
"""The curvature of -2 log L at which the variance is that of the uniform distribution, one third."""


def added_variance(
    gradient: Callable[[Floats], Floats], expected: Callable[[Floats], Floats], points: Floats, free: Floats
) -> Floats:
    """Return the variance [H, N] that uncertain coefficients add to expected paths.

    Args:
        gradient: of -2 log L [K, N] at points [K, N].
        expected: the paths [H, N] at points.
        points: [K, N] the optima.
        free: [K, N] how far a coefficient may go from zero; zero where none was estimated.
    """
    size, count = points.shape
    curvature, slopes = np.zeros((count, size, size)), []
    for place in range(size):
        above, below = points.copy(), points.copy()
        above[place] = np.minimum(points[place] + STEP, free[place])
        below[place] = np.maximum(points[place] - STEP, -free[place])
        width = np.where(free[place] > 0, above[place] - below[place], 1.0)
        curvature[:, place] = ((gradient(above) - gradient(below)) / width).T
        slopes.append((expected(above) - expected(below)) / width)
    if not slopes:
        return np.zeros_like(expected(points))
    both = (free > 0).T
    curvature = np.where(both[:, :, None] & both[:, None] & np.isfinite(curvature), curvature, 0.0)
    curvature = 0.5 * (curvature + curvature.transpose(0, 2, 1))
    sizes, directions = np.linalg.eigh(curvature)
    along = np.einsum("khn,nki->hni", np.stack(slopes), directions)
    return np.asarray(np.sum(along * along * (2.0 / np.maximum(sizes, LEAST)), axis=2))
