"""Where the search for the parameters begins.

For given smoothing parameters the errors of an additive form are linear in the first level and slope, so these are
exact by least squares. That is done on a coarse grid of smoothing parameters, and the best few points are starts:
the likelihood has several local optima on a third of all short series.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.forms import DAMPING, LOWEST, Structure
from forecast.models.kernels.ets.region import gentle_share
from forecast.models.kernels.pasts import Pasts
from forecast.models.kernels.seasonal import indices

Floats = NDArray[np.float64]

ALPHAS = (0.05, 0.3, 0.65, 0.95)
SHARES = (0.01, 0.25, 0.8)
DAMPINGS = (0.82, 0.95)
GAMMAS = (0.05, 0.4)


def grid(structure: Structure) -> Floats:
    """Return the points [G, 3] of alpha, u and phi at which the first states are solved for."""
    shares = SHARES if structure.trend != "N" else (0.0,)
    dampings = DAMPINGS if structure.damped else (1.0,)
    alphas = ALPHAS if structure.trend != "N" else (*ALPHAS, 0.15, 0.45, 0.8)
    points = np.array(list(itertools.product(alphas, shares, dampings)))
    points[:, 1] = np.minimum(points[:, 1], gentle_share(structure, points[:, 0]))
    return points


def profile(points: Floats, trend: bool, values: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Return weighted sums of squares, best first levels and slopes [G, N] at the grid's points.

    Args:
        points: [G, 3] alpha, u, phi.
        trend: whether there is a slope.
        values: [T, N].
        weights: [T, N] of the squared errors; 0 where there is no value.
    """
    alpha, share, phi = (column[:, None] for column in points.T)
    beta = LOWEST + (alpha - LOWEST) * share if trend else np.zeros_like(alpha)
    shape = (len(points), values.shape[1])
    level, slope, squares, by_level, by_slope = (np.zeros(shape) for _ in range(5))
    level_level, level_slope, slope_slope = (np.zeros(shape) for _ in range(3))
    one, two = np.ones_like(alpha), np.zeros_like(alpha)  # of the level, by the first level and slope
    three, four = np.zeros_like(alpha), np.ones_like(alpha)  # of the slope
    for value, weight in zip(values, weights, strict=True):
        slope *= phi
        level += slope
        error = value - level
        one, two = one + phi * three, two + phi * four
        weighted = error * weight
        squares += weighted * error
        by_level += weighted * one
        level_level += weight * (one * one)
        if trend:
            by_slope += weighted * two
            level_slope += weight * (one * two)
            slope_slope += weight * (two * two)
            slope += beta * error
        level += alpha * error
        three, four = phi * three - beta * one, phi * four - beta * two
        one, two = one - alpha * one, two - alpha * two
    if not trend:
        first = by_level / level_level
        return squares - first * by_level, first, np.zeros(shape)
    determinant = level_level * slope_slope - level_slope * level_slope
    first = (slope_slope * by_level - level_slope * by_slope) / determinant
    second = (level_level * by_slope - level_slope * by_level) / determinant
    return squares - first * by_level - second * by_slope, first, second


def first_points(pasts: Pasts, structure: Structure, error: str, count: int) -> Floats:
    """Return `count` starts [count, P, N] for each past.

    A seasonal structure starts from the classical indices, the rest of it from the adjusted data.
    """
    values = pasts.values
    seasons = np.empty((0, len(pasts)))
    with np.errstate(all="ignore"):
        if structure.season != "N":
            seasons = first_seasons(pasts, structure)
            cycle = seasons[np.arange(len(values)) % structure.period]
            values = values / cycle if structure.season == "M" else values - cycle
        inside = np.arange(len(values))[:, None] < pasts.lengths
        weights = np.where(values > 0, values**-2.0, 0.0) if error == "M" else 1.0
        found = _best(structure, np.where(inside, values, 0.0), np.where(inside, weights, 0.0), count)
    if structure.season != "N":
        gammas = np.broadcast_to(np.array(GAMMAS)[np.arange(count) % len(GAMMAS), None, None], (count, 1, len(pasts)))
        free = np.broadcast_to(seasons[1:], (count, structure.period - 1, len(pasts)))
        found = np.concatenate([found[:, : structure.gamma], gammas, found[:, structure.gamma :], free], axis=1)
    return np.nan_to_num(found, nan=0.5, posinf=0.5, neginf=0.5)


def safe_points(pasts: Pasts, structure: Structure) -> Floats:
    """Return points [P, N] from which all forecasts of positive pasts are positive: a level that follows the data."""
    points = np.zeros((structure.size, len(pasts)))
    points[0] = 0.5
    points[structure.level] = pasts.values[0]
    if structure.damped:
        points[structure.phi] = DAMPING[0]
    if structure.trend == "M":
        points[structure.slope] = 1.0
    if structure.season == "M":
        points[structure.seasons :] = 1.0
    return points


def first_seasons(pasts: Pasts, structure: Structure) -> Floats:
    """Return seasonal states [period, N] that the search can begin from, where need be without season."""
    multiplicative = structure.season == "M"
    found = indices(pasts, structure.period, multiplicative)
    none = 1.0 if multiplicative else 0.0
    sound = np.isfinite(found)
    if multiplicative:
        sound &= (found > 0.01) & (found < 0.99 * structure.period)
    return np.where(sound.all(axis=0), found, none)


def _best(structure: Structure, values: Floats, weights: Floats, count: int) -> Floats:
    """Return the `count` best starts [count, P', N] of the parameters other than the seasonal ones."""
    points = grid(structure)
    trend = structure.trend != "N"
    squares, levels, slopes = profile(points, trend, values, weights)
    order = np.argsort(np.where(np.isfinite(squares), squares, np.inf), axis=0, kind="stable")[:count]
    rows = [points[:, 0][order]]
    if trend:
        rows.append(points[:, 1][order])
    if structure.damped:
        rows.append(np.clip(points[:, 2][order], *DAMPING))
    level, slope = np.take_along_axis(levels, order, 0), np.take_along_axis(slopes, order, 0)
    if structure.trend == "M":
        level = np.maximum(level, 1e-3)
        slope = np.clip(1.0 + slope / level, 0.5, 2.0)
    rows.append(level)
    if trend:
        rows.append(slope)
    return np.stack(rows, axis=1)
