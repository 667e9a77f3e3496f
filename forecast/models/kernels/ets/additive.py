"""Likelihood of the forms whose trend and season are additive, with its slopes and curvature.

With q(t) = phi b(t-1) the forms are, for both kinds of error (Hyndman et al. 2008, tables 2.2 and 2.3),

    y(t) = l(t-1) + q(t) + s(t-m) + e(t)
    l(t) = l(t-1) + q(t) + alpha e(t),   b(t) = q(t) + beta e(t),   s(t) = s(t-m) + gamma e(t)

and the errors that are minimised are r = e, or r = e / forecast where errors are multiplicative. Slopes of the
states in every parameter run forward with the states.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.forms import LOWEST, Structure
from forecast.models.kernels.ets.likelihood import Sums

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def follow(
    structure: Structure, points: Floats, values: Floats, counts: Sequence[int], relative: Bools, sums: Sums
) -> None:
    """Run the recursions over `values` [T, N] from `points` [P, N] and gather the errors and their slopes in `sums`."""
    size, width = points.shape
    period, beta_row, gamma_row, phi_row = structure.period, structure.beta, structure.gamma, structure.phi
    trend, season = structure.trend != "N", structure.season != "N"
    alpha, level = points[0], points[structure.level].copy()
    level_slopes = np.zeros((size, width))
    level_slopes[structure.level] = 1.0
    if trend:
        share, span = points[beta_row], alpha - LOWEST
        beta, slope = LOWEST + span * share, points[structure.slope].copy()
        slope_slopes = np.zeros((size, width))
        slope_slopes[structure.slope] = 1.0
    if season:
        seasonal_share, seasonal_span = points[gamma_row], 1.0 - LOWEST - alpha
        gamma = LOWEST + seasonal_span * seasonal_share
        seasonal = first_seasons(structure, points)
        seasonal_slopes = first_seasonal_slopes(structure, width)
    for step, k in enumerate(counts):
        if structure.damped:
            carried = points[phi_row, :k] * slope[:k]
            carried_slopes = points[phi_row, :k] * slope_slopes[:, :k]
            carried_slopes[phi_row] += slope[:k]
        elif trend:
            carried, carried_slopes = slope[:k], slope_slopes[:, :k]
        base = level[:k] + carried if trend else level[:k]
        base_slopes = level_slopes[:, :k] + carried_slopes if trend else level_slopes[:, :k]
        if season:
            place = step % period
            forecast = base + seasonal[place, :k]
            forecast_slopes = base_slopes + seasonal_slopes[place, :, :k]
        else:
            forecast, forecast_slopes = base, base_slopes
        error = values[step, :k] - forecast
        sums.add(k, error, forecast, forecast_slopes, relative)
        if trend:
            slope[:k] = carried + beta[:k] * error
            slope_slopes[:, :k] = carried_slopes - beta[:k] * forecast_slopes
            slope_slopes[0, :k] += share[:k] * error
            slope_slopes[beta_row, :k] += span[:k] * error
        if season:
            seasonal[place, :k] += gamma[:k] * error
            seasonal_slopes[place, :, :k] -= gamma[:k] * forecast_slopes
            seasonal_slopes[place, 0, :k] -= seasonal_share[:k] * error
            seasonal_slopes[place, gamma_row, :k] += seasonal_span[:k] * error
        level[:k] = base + alpha[:k] * error
        level_slopes[:, :k] = base_slopes - alpha[:k] * forecast_slopes
        level_slopes[0, :k] += error


def first_seasons(structure: Structure, points: Floats) -> Floats:
    """Return the seasonal states [period, N] before the first step."""
    seasonal = np.empty((structure.period, points.shape[1]))
    seasonal[0] = structure.period if structure.season == "M" else 0.0
    for place in range(1, structure.period):
        seasonal[place] = points[structure.seasons + place - 1]
        seasonal[0] -= seasonal[place]
    return seasonal


def first_seasonal_slopes(structure: Structure, width: int) -> Floats:
    """Return their slopes [period, P, N] in the parameters."""
    slopes = np.zeros((structure.period, structure.size, width))
    for place in range(1, structure.period):
        slopes[place, structure.seasons + place - 1] = 1.0
        slopes[0, structure.seasons + place - 1] = -1.0
    return slopes
