"""The concentrated Gaussian likelihood of smoothing errors as a least-squares problem.

With errors r(t) and forecasts f(t), minus twice the log-likelihood is, up to a constant,

    n log S + 2 L,   S = sum r(t)^2,   L = sum log f(t) where errors are multiplicative and 0 else,

which is n log sum (r(t) G)^2 with G = exp(L / n): least squares in r G, whose Gauss-Newton curvature needs the first
slopes of the forecasts only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A sum of squares below this, a value, is rounding: values have a size near one.
EXACT = 1e-28


class Sums:
    """What the recursions gather on their way, for N problems of P parameters."""

    def __init__(self, size: int, width: int) -> None:
        self.squares = np.zeros(width)
        self.logs = np.zeros(width)
        self.products = np.zeros((size, width))
        self.curvatures = np.zeros((size, size, width))
        self.relative_slopes = np.zeros((size, width))
        self.possible = np.ones(width, bool)

    def add(self, k: int, error: Floats, forecast: Floats, slopes: Floats, relative: Bools) -> None:
        """Take one step of the first `k` problems: e, f [k] and the slopes of f [P, k]."""
        if relative.any():
            ours = relative[:k]
            size = np.where(ours, forecast, 1.0)
            self.possible[:k] &= size > 0
            self.logs[:k] += np.log(np.abs(size))
            inverse = 1.0 / size
            error = error * inverse
            self.relative_slopes[:, :k] += slopes * (inverse * ours)
            slopes = slopes * (inverse * (1.0 + ours * error))
        self.squares[:k] += error * error
        self.products[:, :k] += error * slopes
        for row, one in enumerate(slopes):
            self.curvatures[row:, row, :k] += slopes[row:] * one

    def objective(self, lengths: Floats) -> tuple[Floats, Floats, Floats]:
        """Return minus twice the log-likelihood [N], its gradient [P, N] and curvature [P, P, N] (lower triangle)."""
        squares = np.maximum(self.squares, EXACT * lengths)
        values = lengths * np.log(squares) + 2.0 * self.logs
        values = np.where(self.possible, values, np.inf)
        means = self.relative_slopes / lengths
        factor = 2.0 * lengths
        gradient = factor * (means - self.products / squares)
        curvature = self.curvatures
        for i in range(len(means)):
            for j in range(i + 1):
                cross = self.products[i] * means[j] + means[i] * self.products[j]
                curvature[i, j] += self.squares * means[i] * means[j] - cross
        curvature *= factor / squares
        return values, gradient, curvature
