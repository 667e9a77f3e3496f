"""The seasonal test and the classical decomposition, for all windows at once.

The test is that of the theta method in the competitions: a series is seasonal where its autocorrelation r(m) at the
seasonal lag leaves the 90 % band 1.645 sqrt((1 + 2 sum r(k)^2, k < m) / n) (Assimakopoulos and Nikolopoulos 2000).

There is another adjustment without a test (`fade`): the deviations from the moving average count less the older they
are, and the indices are drawn towards none by what is likely to be noise in them (James and Stein 1961).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.pasts import Pasts

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

BAND = 1.6448536269514722
NEAR_ZERO = 0.01
FADING = 0.7
"""What the deviations of a cycle weigh beside those of the next one."""


def is_seasonal(pasts: Pasts, period: int) -> Bools:
    """Return [N] whether a past is longer than two cycles, not constant, and passes the test."""
    lengths = pasts.lengths.astype(np.float64)
    inside = np.arange(len(pasts.values))[:, None] < pasts.lengths
    total = np.zeros(len(pasts))
    for value in pasts.values:
        total += value
    centred = np.where(inside, pasts.values - total / lengths, 0.0)
    products = np.zeros((period + 1, len(pasts)))
    for step, value in enumerate(centred):
        for lag in range(min(step, period) + 1):
            products[lag] += value * centred[step - lag]
    with np.errstate(all="ignore"):
        correlations = products[1:] / products[0]
        squares = np.zeros(len(pasts))
        for correlation in correlations[:-1]:
            squares += correlation**2
        beyond = np.abs(correlations[-1]) > BAND * np.sqrt((1.0 + 2.0 * squares) / lengths)
    return np.asarray(beyond & (products[0] > 0) & (pasts.lengths > 2 * period))


def trends(pasts: Pasts, period: int) -> Floats:
    """Return the centred moving averages over one cycle [T, N]; NaN where one would leave the past."""
    half, steps = period // 2, len(pasts.values)
    out = np.full(pasts.values.shape, np.nan)
    if steps <= 2 * half:
        return out
    total = np.zeros((steps - 2 * half, len(pasts)))
    for lag in range(2 * half + 1):
        end = lag in (0, 2 * half) and period % 2 == 0
        total += pasts.values[lag : steps - 2 * half + lag] * (0.5 if end else 1.0)
    out[half : steps - half] = total / period
    beyond = np.arange(steps)[:, None] >= pasts.lengths - half
    return np.where(beyond, np.nan, out)


def indices(pasts: Pasts, period: int, multiplicative: bool) -> Floats:
    """Return the classical seasonal indices [period, N] by step modulo the period.

    Deviations from (or ratios to) the moving average are averaged by place in the cycle; they sum to 0 (have mean 1).
    A past shorter than two cycles has none: NaN.
    """
    trend = trends(pasts, period)
    with np.errstate(all="ignore"):
        detrended = pasts.values / trend if multiplicative else pasts.values - trend
    known = ~np.isnan(trend)
    totals, counts = np.zeros((period, len(pasts))), np.zeros((period, len(pasts)))
    with np.errstate(all="ignore"):  # ratios to a moving average of zero are infinite
        for step, (value, sure) in enumerate(zip(detrended, known, strict=True)):
            totals[step % period] += np.where(sure, value, 0.0)
            counts[step % period] += sure
        means = totals / counts
        middle = means[0].copy()
        for mean in means[1:]:
            middle += mean
        middle /= period
        return np.asarray(means / middle if multiplicative else means - middle)


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """Pasts without their season, and the season.

    Attributes:
        pasts: adjusted where seasonal.
        seasonal: [N] which were adjusted.
        multiplicative: [N] where the season is a factor; a term elsewhere.
        seasons: [period, N] by step modulo the period; 1 or 0 where there is none.
    """

    pasts: Pasts
    seasonal: Bools
    multiplicative: Bools
    seasons: Floats


def adjust(pasts: Pasts, period: int, ratio: bool) -> Adjusted:
    """Take the season out of the pasts that have one.

    It is a factor where values have a true zero (`ratio`) and are positive and no index comes near zero, a term else.
    """
    none = np.zeros(len(pasts), bool)
    if period == 1:
        return Adjusted(pasts, none, none, np.zeros((1, len(pasts))))
    found = is_seasonal(pasts, period)
    seasons = indices(pasts, period, multiplicative=False)
    factors = none
    if ratio:
        ratios = indices(pasts, period, multiplicative=True)
        factors = found & pasts.positive & (ratios > NEAR_ZERO).all(axis=0)
        seasons = np.where(factors, ratios, seasons)
    return _without(pasts, found, factors, np.where(found, seasons, 0.0))


def fade(pasts: Pasts, period: int, ratio: bool) -> Adjusted:
    """Take a faded season out of all pasts longer than two cycles, as much of it as is not likely to be noise.

    It is a factor where values have a true zero (`ratio`) and are positive, and then reckoned on logarithms; a term
    else.
    """
    if period == 1:
        return adjust(pasts, period, ratio)
    trend = trends(pasts, period)
    factors = pasts.positive & ratio
    with np.errstate(all="ignore"):
        apart = np.where(factors, np.log(pasts.values) - np.log(trend), pasts.values - trend)
        seasons = _faded(apart, pasts.lengths, period)
        seasons = np.where(factors, np.exp(seasons), seasons)
    found = (seasons != np.where(factors, 1.0, 0.0)).any(axis=0)
    return _without(pasts, found, factors, seasons)


def _without(pasts: Pasts, seasonal: Bools, factors: Bools, seasons: Floats) -> Adjusted:
    """Take seasons [period, N] out, which are factors [N] or terms."""
    cycle = seasons[np.arange(len(pasts.values)) % len(seasons)]
    with np.errstate(all="ignore"):
        values = np.where(factors, pasts.values / cycle, pasts.values - cycle)
    inside = np.arange(len(values))[:, None] < pasts.lengths
    return Adjusted(replace(pasts, values=np.where(inside, values, 0.0)), seasonal, factors, seasons)


def _faded(apart: Floats, lengths: Ints, period: int) -> Floats:
    """Return the indices [period, N] of deviations [T, N] from a moving average, NaN where there is none.

    With W the sum of the weights w at one place of the cycle, their mean has a variance of s^2 sum w^2 / W^2, s^2 being
    that of the deviations about it. What is left of the indices is one less noise over squares: (m - 1) / m of the sum
    of these variances, and the sum of the squared indices.
    """
    shape = period, apart.shape[1]
    known = np.isfinite(apart)
    places = [step % period for step in range(len(apart))]
    ages = (lengths - 1 - np.arange(len(apart))[:, None]) // period
    weights = np.where(known, FADING**ages, 0.0)
    deviations = np.where(known, apart, 0.0)
    mass, squared_mass, total, squares = np.zeros((4, *shape))
    for place, weight, deviation in zip(places, weights, deviations, strict=True):
        mass[place] += weight
        squared_mass[place] += weight * weight
        total[place] += weight * deviation
    mass = np.where(mass > 0, mass, 1.0)
    means = total / mass
    for place, weight, deviation in zip(places, weights, deviations, strict=True):
        squares[place] += weight * (deviation - means[place]) ** 2
    count = mass * mass / np.where(squared_mass > 0, squared_mass, 1.0)
    variances = squares / mass / np.maximum(count - 1.0, 0.5)
    noise, middle, signal = np.zeros((3, shape[1]))
    for variance, mean in zip(variances, means, strict=True):
        noise += variance * (period - 1) / period
        middle += mean / period
    indices = means - middle
    for index in indices:
        signal += index * index
    left = np.clip(1.0 - noise / np.where(signal > 0, signal, 1.0), 0.0, 1.0)
    return np.where(lengths > 2 * period, indices * left, 0.0)


def with_season(values: Floats, plain: Adjusted, lengths: Ints) -> Floats:
    """Give forecasts [N, H, ...] of adjusted pasts back their season."""
    if not plain.seasonal.any():
        return values
    period, batch = plain.seasons.shape
    places = (lengths[:, None] + np.arange(values.shape[1])) % period
    cycle = plain.seasons[places, np.arange(batch)[:, None]].reshape(places.shape + (1,) * (values.ndim - 2))
    factor = plain.multiplicative.reshape((-1,) + (1,) * (values.ndim - 1))
    return np.asarray(np.where(factor, values * cycle, values + cycle))
