"""Forecasts of fitted models: the expected path and its standard errors.

These are unknown ahead: the innovations to come; what little is left of the unknown past after n observations (h given
the series, whose effect dies with the moving average's memory); missing values; and, if asked for, the constant. The
first gives the usual sum of squared psi weights, the others add the squared responses of the path to independent
directions of their joint covariance. The covariance is that of an exact Kalman filter, diffuse for the differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.differencing import integrate
from forecast.models.kernels.arima.likelihood import Evaluation, Operators
from forecast.models.kernels.arima.operators import cholesky
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """What forecasts of a differenced series are added up from.

    Attributes:
        lag: [L] coefficients of the differences, after the leading one.
        levels: [L, N] the last levels, newest last; those missing as they were filled.
        gaps: [L, m, N] one where a level is the missing value of that column.
    """

    lag: Floats
    levels: Floats
    gaps: Floats

    def twice(self) -> Tail:
        """Return the same for each series twice."""
        return Tail(self.lag, np.repeat(self.levels, 2, axis=1), np.repeat(self.gaps, 2, axis=2))


def path(
    hull: Order,
    tail: Tail,
    sample: Sample,
    operators: Operators,
    at: Evaluation,
    horizon: int,
    uncertain: bool,
) -> tuple[Floats, Floats]:
    """Return the expected levels [H, N] and their standard errors in units of the innovations' [H, N].

    Args:
        hull: what all N series are special cases of.
        tail: what the forecasts are added up from.
        sample: the differenced series.
        operators: the fitted models.
        at: their evaluation.
        horizon: steps ahead H.
        uncertain: whether the error of the estimated constant counts.
    """
    count, depth, holes = len(sample.lengths), hull.depth, sample.holes.shape[1]
    inside = (np.arange(len(sample.values))[:, None] < sample.lengths).astype(np.float64)
    deviations = (sample.values - at.mean) * inside
    for j in range(holes):
        deviations += at.holes[j] * sample.holes[:, j]
    unknown = _directions(depth, sample, at, uncertain)
    width = unknown.shape[1]
    # columns: the expected path, an innovation of one at the first step, the directions of the unknown
    series, shocks = np.zeros((depth, 2 + width, count)), np.zeros((depth + horizon, 2 + width, count))
    series[:, 0] = _last(deviations, sample, depth)
    shocks[:depth, 0] = _last(at.residuals, sample, depth)
    shocks[depth, 1] = 1.0
    for j in range(depth):
        response = _last(np.concatenate([np.zeros((j, count)), at.impulse[: len(at.impulse) - j]]), sample, depth)
        shocks[:depth, 2:] -= response[:, None] * unknown[j]
    for j in range(holes):
        found = unknown[depth + j]
        series[:, 2:] += _last(sample.holes[:, j], sample, depth)[:, None] * found
        shocks[:depth, 2:] -= _last(at.hole_residuals[:, j], sample, depth)[:, None] * found
    arriving = np.zeros((horizon, 2 + width, count))
    arriving[:, 0] = _remaining(at.past[:, None], sample, horizon)[:, 0]
    arriving[:, 2:] = _remaining(unknown[:depth], sample, horizon)
    change = unknown[-1] if uncertain else np.zeros((width, count))
    if uncertain:
        series[:, 2:] -= _last(inside, sample, depth)[:, None] * change
        shocks[:depth, 2:] -= _last(_mean_responses(hull, operators, at) * inside, sample, depth)[:, None] * change
    ahead = np.concatenate([series, np.zeros((horizon, 2 + width, count))])
    for step in range(depth, depth + horizon):
        ahead[step] = arriving[step - depth] + shocks[step]
        for back in hull.ar_lags:
            ahead[step] -= operators.ar[back - 1] * ahead[step - back]
        for back in hull.ma_lags:
            ahead[step] += operators.ma[back - 1] * shocks[step - back]
    steps = ahead[depth:]
    steps[:, 0] += at.mean
    steps[:, 2:] += change
    last = np.zeros((len(tail.lag), 2 + width, count))
    last[:, 0] = tail.levels
    for j in range(holes):
        last[:, 0] += tail.gaps[:, j] * at.holes[j]
        last[:, 2:] += tail.gaps[:, j, None] * unknown[depth + j]
    levels = integrate(steps, tail.lag, last)
    squares = levels[:, 1] * levels[:, 1]
    variance = np.cumsum(squares, axis=0)
    for column in range(2, 2 + width):
        variance = variance + levels[:, column] * levels[:, column]
    return levels[:, 0], np.sqrt(variance)


def _directions(depth: int, sample: Sample, at: Evaluation, uncertain: bool) -> Floats:
    """Return independent directions [r + m + c, r + m + c, N] that span the covariance of (h, missing values, mean).

    It is that given the series. h = M eta; c is one if the mean counts as unknown.
    """
    left = cholesky(at.joint if uncertain else at.known)
    left[:depth] = np.einsum("ijn,jkn->ikn", at.bezoutian, left[:depth])
    left[depth : depth + len(at.holes)] *= sample.missing[:, None]
    if uncertain:
        left[-1] *= sample.constant
    return left


def _last(values: Floats, sample: Sample, size: int) -> Floats:
    """Return the last `size` values [size, N] of each series, newest last, zeros before its start."""
    places = sample.lengths - size + np.arange(size)[:, None]
    found = np.take_along_axis(values, np.maximum(places, 0), axis=0)
    return np.where(places >= 0, found, 0.0)


def _remaining(past: Floats, sample: Sample, horizon: int) -> Floats:
    """Return what of h [r, C, N] arrives after the last observation, as [H, C, N]: something for short series only."""
    places = (sample.lengths + np.arange(horizon)[:, None])[:, None]
    if not len(past):
        return np.zeros((horizon, *past.shape[1:]))
    found = np.take_along_axis(past, np.minimum(places, len(past) - 1), axis=0)
    return np.where(places < len(past), found, 0.0)


def _mean_responses(hull: Order, operators: Operators, at: Evaluation) -> Floats:
    """Return what a mean of one does to the innovations [T, N]: theta(B)^-1 phi(B) 1."""
    level = np.cumsum(at.impulse, axis=0)
    residuals = level.copy()
    for lag in hull.ar_lags:
        residuals[lag:] += operators.ar[lag - 1] * level[:-lag]
    return residuals
