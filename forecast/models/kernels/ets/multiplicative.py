"""Likelihood of the forms with a multiplicative trend or season, with its slopes and curvature.

With the carried slope q = phi b(t-1) and the base B = l(t-1) + q, or q = b(t-1)^phi and B = l(t-1) q where the trend
is multiplicative, the forms are (Hyndman et al. 2008, tables 2.2 and 2.3)

    y(t) = B s(t-m) + e(t)              y(t) = B + s(t-m) + e(t)
    l(t) = B + alpha e(t) / s           l(t) = B + alpha e(t)
    b(t) = q + beta e(t) / s            b(t) = q + beta e(t)          (both over l(t-1) for a multiplicative trend)
    s(t) = s + gamma e(t) / B           s(t) = s + gamma e(t)

with a multiplicative season on the left and an additive or none on the right.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.additive import first_seasonal_slopes, first_seasons
from forecast.models.kernels.ets.forms import LOWEST, Structure
from forecast.models.kernels.ets.likelihood import Sums

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def follow(
    structure: Structure, points: Floats, values: Floats, counts: Sequence[int], relative: Bools, sums: Sums
) -> None:
    """Run the recursions over `values` [T, N] from `points` [P, N] and gather the errors and their slopes in `sums`."""
    size, width = points.shape
    beta_row, gamma_row = structure.beta, structure.gamma
    trend, season, times = structure.trend, structure.season, structure.season == "M"
    alpha, level = points[0], points[structure.level].copy()
    level_slopes = np.zeros((size, width))
    level_slopes[structure.level] = 1.0
    if trend != "N":
        share, span = points[beta_row], alpha - LOWEST
        beta, slope = LOWEST + span * share, points[structure.slope].copy()
        slope_slopes = np.zeros((size, width))
        slope_slopes[structure.slope] = 1.0
    if season != "N":
        seasonal_share, seasonal_span = points[gamma_row], 1.0 - LOWEST - alpha
        gamma = LOWEST + seasonal_span * seasonal_share
        seasonal = first_seasons(structure, points)
        seasonal_slopes = first_seasonal_slopes(structure, width)
        sums.possible &= seasonal[0] > 0 if times else True
    for step, k in enumerate(counts):
        before, before_slopes = level[:k], level_slopes[:, :k]
        if trend == "N":
            base, base_slopes = before, before_slopes
        else:
            carried, carried_slopes = _carried(structure, points, slope[:k], slope_slopes[:, :k])
            base = before * carried if trend == "M" else before + carried
            base_slopes = (
                before_slopes * carried + before * carried_slopes if trend == "M" else before_slopes + carried_slopes
            )
        forecast, forecast_slopes = base, base_slopes
        if season != "N":
            place = step % structure.period
            cycle, cycle_slopes = seasonal[place, :k], seasonal_slopes[place, :, :k]
            forecast = base * cycle if times else base + cycle
            forecast_slopes = base_slopes * cycle + base * cycle_slopes if times else base_slopes + cycle_slopes
        error = values[step, :k] - forecast
        sums.add(k, error, forecast, forecast_slopes, relative)
        onto_base, onto_base_slopes = error, -forecast_slopes
        if times:
            onto_base = error / cycle
            onto_base_slopes = -(forecast_slopes + onto_base * cycle_slopes) / cycle
        if season != "N":
            onto_season, onto_season_slopes = error, -forecast_slopes
            if times:
                onto_season = error / base
                onto_season_slopes = -(forecast_slopes + onto_season * base_slopes) / base
            cycle_slopes += gamma[:k] * onto_season_slopes
            cycle_slopes[0] -= seasonal_share[:k] * onto_season
            cycle_slopes[gamma_row] += seasonal_span[:k] * onto_season
            cycle += gamma[:k] * onto_season
        if trend != "N":
            onto_slope, onto_slope_slopes = onto_base, onto_base_slopes
            if trend == "M":
                onto_slope = onto_base / before
                onto_slope_slopes = (onto_base_slopes - onto_slope * before_slopes) / before
            slope_slopes[:, :k] = carried_slopes + beta[:k] * onto_slope_slopes
            slope_slopes[0, :k] += share[:k] * onto_slope
            slope_slopes[beta_row, :k] += span[:k] * onto_slope
            slope[:k] = carried + beta[:k] * onto_slope
            if trend == "M":
                sums.possible[:k] &= (slope[:k] > 0) & (base > 0)
        level_slopes[:, :k] = base_slopes + alpha[:k] * onto_base_slopes
        level_slopes[0, :k] += onto_base
        level[:k] = base + alpha[:k] * onto_base


def _carried(structure: Structure, points: Floats, slope: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """Return the slope that is carried on [k] and its slopes [P, k]."""
    if not structure.damped:
        return slope, slopes
    phi = points[structure.phi, : len(slope)]
    if structure.trend == "A":
        carried, out = phi * slope, phi * slopes
        out[structure.phi] += slope
        return carried, out
    logs = np.log(slope)
    carried = np.exp(phi * logs)
    out = slopes * (phi * carried / slope)
    out[structure.phi] += carried * logs
    return carried, out
