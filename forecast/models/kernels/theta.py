"""Theta: simple exponential smoothing and half the slope of the regression line, for all windows at once.

    y(n+h) = l(n) + (b / 2) (h - 1 + (1 - (1 - alpha)^n) / alpha)

with l simple exponential smoothing of the data, its parameter and first level by least squares, and b the slope of
the data on time. Step h has variance s^2 (1 + (h - 1) alpha^2). Assimakopoulos and Nikolopoulos (2000) in the form
of Hyndman and Billah (2003). Seasonal data are adjusted by classical indices first, and the forecasts given back
their season. Where a value is missing the level is held and less sure (`held_level`); the season is that of the past
with its gaps bridged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.fitting import fit
from forecast.models.kernels.ets.forms import Form, Structure
from forecast.models.kernels.ets.states import smooth
from forecast.models.kernels.gaps import filled, missing_inside
from forecast.models.kernels.held_level import held as smooth_known
from forecast.models.kernels.held_level import likeliest
from forecast.models.kernels.pasts import Pasts, lay, left_aligned
from forecast.models.kernels.seasonal import adjust, fade, with_season
from forecast.quantiles import student

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SMOOTHING = Form("A", Structure())
CHUNK = 4096


def predict(
    values: Floats,
    lengths: Ints,
    period: int,
    horizon: int,
    levels: Floats,
    ratio: bool = True,
    chunk: int = CHUNK,
    held: Ints | None = None,
    faded: bool = False,
) -> tuple[Floats, Bools]:
    """Return quantiles [B, H, Q] of right-aligned windows [B, T] that end in a value, and which were adjusted [B].

    Args:
        values: [B, T]; what is NaN among the last `lengths` values is missing.
        lengths: [B].
        period: steps in a cycle; 1 for data without season.
        horizon: steps ahead.
        levels: [Q] probabilities of the quantiles.
        ratio: whether values have a true zero, so that a season may be a factor.
        chunk: windows that are worked on together; no result depends on it.
        held: [B] how many of the first values the parameters are fitted to; all without it.
        faded: whether every window is adjusted for a faded season, without a test.
    """
    take_out = fade if faded else adjust
    quantiles, adjusted = np.empty((len(values), horizon, len(levels))), np.zeros(len(values), bool)
    missing = missing_inside(values)
    holed = missing.any(axis=1)
    whole = np.flatnonzero(~holed)
    for pasts in lay(values[whole], lengths[whole], chunk):
        rows = whole[pasts.rows]
        plain = take_out(pasts, period, ratio)
        means, spreads = moments(plain.pasts, horizon, None if held is None else held[rows])
        freedom = np.maximum(pasts.lengths - 2.0, 1.0)
        found = with_season(student(means, spreads, freedom, levels), plain, pasts.lengths)
        quantiles[rows], adjusted[rows] = pasts.scaled_back(found), plain.seasonal
    open_ = np.flatnonzero(holed)
    sizes = values.shape[1] - np.argmax(np.isfinite(values[open_]), axis=1)
    for pasts in lay(filled(values[open_], period), sizes, chunk):
        rows = open_[pasts.rows]
        plain = take_out(pasts, period, ratio)
        known = left_aligned(np.isfinite(values[rows]), pasts.lengths, len(pasts.values))
        means, spreads = moments_with_gaps(plain.pasts, known, horizon, None if held is None else held[rows])
        freedom = np.maximum(known.sum(axis=0) - 2.0, 1.0)
        found = with_season(student(means, spreads, freedom, levels), plain, pasts.lengths)
        quantiles[rows], adjusted[rows] = pasts.scaled_back(found), plain.seasonal
    return quantiles, adjusted


def moments(pasts: Pasts, horizon: int, held: Ints | None = None) -> tuple[Floats, Floats]:
    """Return means and standard deviations [N, H] on the scale of the pasts, fitted to the first `held` [N] values."""
    learnt, places = (pasts, slice(None)) if held is None else pasts.head(held)
    points = fit(learnt, [SMOOTHING])[0].points[:, places]
    states, forecasts = smooth(SMOOTHING.structure, points, pasts.values, pasts.lengths)
    count = pasts.lengths.astype(np.float64)
    alpha = points[0]
    steps = np.arange(horizon, dtype=np.float64)
    carried = (1.0 - (1.0 - alpha) ** count) / alpha
    drift = regression_slope(learnt)[places] / 2.0
    squares = np.zeros(len(pasts))
    for k, value, forecast in zip(pasts.counts, pasts.values, forecasts, strict=True):
        squares[:k] += (value[:k] - forecast[:k]) ** 2
    spread = np.sqrt(squares / np.maximum(count - 2.0, 1.0))
    means = states.level[:, None] + drift[:, None] * (steps + carried[:, None])
    return means, spread[:, None] * np.sqrt(1.0 + steps * alpha[:, None] ** 2)


def moments_with_gaps(pasts: Pasts, known: Bools, horizon: int, held: Ints | None = None) -> tuple[Floats, Floats]:
    """Return means and standard deviations [N, H] of pasts of which only what is `known` [T, N] counts.

    They are fitted to the first `held` [N] values.
    """
    learnt = known if held is None else known & (np.arange(len(known))[:, None] < held)
    alpha = likeliest(pasts.values, learnt)
    first = None if held is None else smooth_known(pasts.values, learnt, alpha).first
    end = smooth_known(pasts.values, known, alpha, first)
    steps = np.arange(horizon, dtype=np.float64)
    carried = (1.0 - (1.0 - alpha) ** pasts.lengths) / alpha
    count = learnt.sum(axis=0)
    time = np.where(learnt, np.arange(len(known))[:, None], 0.0)
    time = np.where(learnt, time - time.sum(axis=0) / count, 0.0)
    # step by step: a sum over a single column would be rounded in another way
    drift = np.cumsum(time * pasts.values, axis=0)[-1] / np.cumsum(time * time, axis=0)[-1] / 2.0
    spread = np.sqrt(end.squares / np.maximum(known.sum(axis=0) - 2.0, 1.0))
    means = end.level[:, None] + drift[:, None] * (steps + carried[:, None])
    return means, spread[:, None] * np.sqrt(1.0 + end.unknown[:, None] + steps * alpha[:, None] ** 2)


def regression_slope(pasts: Pasts) -> Floats:
    """Return the least-squares slope on time [N]."""
    middle = (pasts.lengths - 1) / 2.0
    total = np.zeros(len(pasts))
    for step, k in enumerate(pasts.counts):
        total[:k] += (step - middle[:k]) * pasts.values[step, :k]
    count = pasts.lengths.astype(np.float64)
    return np.asarray(12.0 * total / (count * (count * count - 1.0)))
