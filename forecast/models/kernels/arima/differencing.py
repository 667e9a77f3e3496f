"""How often to difference a series, and the way back.

One seasonal difference where the season is strong; then plain ones, at most two, while the KPSS statistic for level
stationarity (Kwiatkowski, Phillips, Schmidt and Shin 1992; Bartlett weights up to lag 3 sqrt(n) / 13) exceeds its 5 %
point. Below six values the test has no power, and one difference in all is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.seasonality import is_strong

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CRITICAL = 0.463
TESTABLE = 6
MOST = 2
EXACT = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Differenced:
    """Series after as many differences as each of them needs, aligned on the left.

    Attributes:
        values: [T, N], zero beyond the end.
        lengths: [N] what is left.
        plain: [N] d, the number of plain differences.
        seasonal: [N] D, the number of seasonal ones.
        even: [N] whether all that is left is one constant.
    """

    values: Floats
    lengths: Ints
    plain: Ints
    seasonal: Ints
    even: NDArray[np.bool_]


def difference(values: Floats, lengths: Ints, season: int, alike: Differenced | None = None) -> Differenced:
    """Difference left-aligned series [T, N], zero beyond their ends and of size about one.

    As often as the tests ask for, or as other series were: `alike`.
    """
    seasonal = np.zeros(len(lengths), dtype=np.int64)
    if alike is not None:
        seasonal = alike.seasonal
    elif season > 1:
        seasonal[is_strong(values, lengths, season)] = 1
    left, size = _step(values, lengths, season, seasonal > 0)
    plain = np.zeros(len(lengths), dtype=np.int64)
    even = _even(left, size)
    few = size < TESTABLE
    for taken in range(MOST):
        wanted = ~even & (plain == taken) & np.where(few, seasonal + taken < 1, kpss(left, size) > CRITICAL)
        wanted &= size > 2
        if alike is not None:
            wanted = alike.plain > taken
        left, size = _step(left, size, 1, wanted)
        plain += wanted
        even = _even(left, size)
    return Differenced(left, size, plain, seasonal, even)


def kpss(values: Floats, lengths: Ints) -> Floats:
    """Return the KPSS statistic [N] of left-aligned series [T, N], zero beyond their ends."""
    inside = np.arange(len(values))[:, None] < lengths
    residuals = np.where(inside, values - np.sum(values, axis=0) / lengths, 0.0)
    lags = (3.0 * np.sqrt(lengths) / 13.0).astype(np.int64)
    variance = np.sum(residuals * residuals, axis=0)
    for lag in range(1, int(lags.max(initial=0)) + 1):
        weight = 2.0 * np.maximum(1.0 - lag / (lags + 1.0), 0.0)
        variance += weight * np.sum(residuals[lag:] * residuals[:-lag], axis=0)
    total = np.sum(np.where(inside, np.cumsum(residuals, axis=0), 0.0) ** 2, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(total / (lengths * variance))


def _step(values: Floats, lengths: Ints, lag: int, wanted: NDArray[np.bool_]) -> tuple[Floats, Ints]:
    size = np.where(wanted, lengths - lag, lengths)
    moved = np.zeros_like(values)
    kept = max(len(values) - lag, 0)  # windows may be shorter than a cycle
    moved[:kept] = values[lag:] - values[:kept]
    inside = np.arange(len(values))[:, None] < size
    return np.where(inside, np.where(wanted, moved, values), 0.0), size


def _even(values: Floats, lengths: Ints) -> NDArray[np.bool_]:
    inside = np.arange(len(values))[:, None] < lengths
    high = np.max(np.where(inside, values, -np.inf), axis=0, initial=-np.inf)
    low = np.min(np.where(inside, values, np.inf), axis=0, initial=np.inf)
    return np.asarray(high - low < EXACT)


def operator(plain: int, seasonal: int, season: int) -> Floats:
    """Return the coefficients of (1 - B)^d (1 - B^season)^D after the leading one."""
    product = np.ones(1)
    for _ in range(plain):
        product = np.convolve(product, [1.0, -1.0])
    for _ in range(seasonal):
        product = np.convolve(product, [1.0, *[0.0] * (season - 1), -1.0])
    return product[1:]


def integrate(steps: Floats, weights: Floats, tail: Floats) -> Floats:
    """Undo the differences of [H, ..., N] steps ahead, from the last values [len(weights), ..., N] of the level."""
    levels = np.concatenate([tail, steps])
    start = len(weights)
    for step in range(start, len(levels)):
        for lag, weight in enumerate(weights, start=1):
            if weight:
                levels[step] -= weight * levels[step - lag]
    return levels[start:]
