"""Prophet for all windows at once: the posterior mode of its own model, and the law of its simulated futures.

Source: Taylor and Letham (2018), Forecasting at scale; the package's version 1.5.0 for priors, scales and placement.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from forecast.errors import InputError
from forecast.models.kernels.prophet.design import Bools, Settings
from forecast.models.kernels.prophet.fits import fit
from forecast.models.kernels.prophet.quadratic import Ints
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4
CHUNK = 4096
FARTHEST = 1e6
"""A capacity so many times the values is as good as any beyond."""
GUARDED = Settings(apart=3, centred=True)
"""The package's defaults with a third of the changes that it allows on short windows; see the reference engine."""


def forecast(
    windows: Windows, horizon: int, levels: Floats, settings: Settings = GUARDED, capacity: Floats | None = None
) -> Forecasts:
    """Return quantiles [B, H, Q]; a value may be missing inside a window, an infinite one is refused.

    Args:
        windows: the pasts.
        horizon: steps ahead.
        levels: [Q] ascending probabilities.
        settings: the model; by default what the reference engine fits.
        capacity: [B] the level that a logistic trend tends to.

    Raises:
        InputError: if a logistic trend is asked for without its capacity.
    """
    if settings.growth == "logistic" and capacity is None:
        raise InputError("a logistic trend needs the level it tends to; give a capacity for each window")
    values = windows.values
    present = np.isfinite(values)
    short = present.sum(axis=1) < MINIMUM
    infinite = np.isinf(values).any(axis=1)
    refused = short | infinite
    if capacity is not None:
        refused |= ~(capacity > 0)
    high = np.where(present, values, -np.inf).max(axis=1, initial=-np.inf)
    constant = ~refused & (high == np.where(present, values, np.inf).min(axis=1, initial=np.inf))
    quantiles = np.full((len(windows), horizon, len(levels)), np.nan)
    quantiles[constant] = high[constant, None, None]
    for rows, layouts, kind in _alike(present, np.flatnonzero(~refused & ~constant)):
        part = values[rows]
        unit = np.ldexp(1.0, np.clip(np.frexp(np.nanmax(np.abs(part), axis=1))[1], -1000, 1000))
        limit = None if capacity is None else np.minimum(capacity[rows], FARTHEST * unit) / unit
        fitted = fit(part / unit[:, None], layouts, kind, windows.season, horizon, settings, limit)
        with np.errstate(over="ignore"):
            quantiles[rows] = fitted.quantiles(levels) * unit[:, None, None]
    quantiles[~np.isfinite(quantiles).all(axis=(1, 2))] = np.nan
    answered = np.isfinite(quantiles).all(axis=(1, 2))
    produced = np.where(answered, np.where(constant, "constant", "prophet"), "")
    refusals = np.select(
        [infinite, short, refused, ~answered],
        [
            "a value is infinite",
            [f"{size} observations; at least {MINIMUM} are needed" for size in present.sum(axis=1).tolist()],
            "the capacity is not above zero",
            "failed: no finite forecast",
        ],
        "",
    )
    return Forecasts(quantiles, levels, tuple(produced.tolist()), tuple(refusals.tolist()))


def _alike(present: Bools, rows: Ints) -> Iterator[tuple[Ints, Bools, Ints]]:
    """Yield chunks of rows that have few layouts between them, with the layouts [L, T] and each row's kind."""
    packed = np.packbits(present[rows], axis=1)
    order = np.lexsort(packed.T[::-1]) if packed.size else np.arange(len(rows))
    for at in range(0, len(rows), CHUNK):
        some = order[at : at + CHUNK]
        other = np.concatenate([[True], (packed[some[1:]] != packed[some[:-1]]).any(axis=1)])
        yield rows[some], present[rows[some[other]]], np.cumsum(other) - 1
