"""Prophet's posterior: what its mode minimises, and the noise that is best for given residuals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.prophet.design import Settings
from forecast.quantiles import Floats

RATE, OFFSET, NOISE = 5.0, 5.0, 0.5
"""Normal scales of the first rate, the offset, and (half-normal) the noise."""


def penalties(changes: int, waves: int, settings: Settings) -> tuple[Floats, Floats]:
    """Return the weights of the squares and of the absolute values of (k, m, delta, beta), both [2 + S + K]."""
    ridge = np.concatenate([[RATE**-2.0, OFFSET**-2.0], np.zeros(changes), np.full(waves, settings.wave_scale**-2.0)])
    weight = np.concatenate([[0.0, 0.0], np.full(changes, 1.0 / settings.slope_scale), np.zeros(waves)])
    return ridge, weight


def best_variance(squares: Floats, count: Floats | NDArray[np.int64]) -> Floats:
    """Return the variance v at which n log(v) / 2 + squares / (2 v) + v / (2 NOISE^2) is least.

    The root of v^2 / NOISE^2 + n v = squares, written so that it keeps its digits when squares are small.
    """
    return np.asarray(2.0 * squares / (count + np.sqrt(count * count + 4.0 * squares / NOISE**2)))


def objective(
    squares: Floats, variance: Floats, x: Floats, ridge: Floats, weight: Floats, count: Floats | NDArray[np.int64]
) -> Floats:
    """[B] minus the log posterior, up to the constants Stan drops too: likelihood, noise, squares, absolutes."""
    fit = 0.5 * count * np.log(variance) + 0.5 * squares / variance + 0.5 * variance / NOISE**2
    prior = (0.5 * ridge * x * x + weight * np.abs(x))[:, None, :] @ np.ones((x.shape[1], 1))
    return np.asarray(fit + prior[:, 0, 0])
