"""Quantiles by simulation, for the forms whose moments are not known.

All windows see the same draws: a window's answer then depends on nothing but itself, and no generator has to be
seeded for each. The draws come in pairs of opposite sign, scaled to have variance one at every step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.adjoint import Smoothing
from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.states import States

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PATHS = 2000
KEY = 20_080_101


def draws(horizon: int, paths: int = PATHS) -> Floats:
    """Return standard normal errors [H, paths], the same at every call."""
    half = np.random.Generator(np.random.Philox(key=KEY)).standard_normal((horizon, paths // 2))
    errors = np.concatenate([half, -half], axis=1)
    return np.asarray(errors / np.sqrt((errors**2).mean(axis=1, keepdims=True)))


def simulate(
    form: Form,
    smoothing: Smoothing,
    states: States,
    lengths: Ints,
    sigma2: Floats,
    levels: Floats,
    horizon: int,
    paths: int = PATHS,
) -> Floats:
    """Return quantiles [N, H, Q] over simulated futures, errors normal (and not below -1 where multiplicative)."""
    out = np.empty((len(lengths), horizon, len(levels)))
    errors = draws(horizon, paths)
    for row in range(len(lengths)):

        def one(values: Floats, row: int = row) -> Floats:
            return np.full(paths, values[row])

        each = Smoothing(one(smoothing.alpha), one(smoothing.beta), one(smoothing.gamma), one(smoothing.phi))
        now = States(one(states.level), one(states.slope), np.repeat(states.seasonal[:, row : row + 1], paths, axis=1))
        spread = np.sqrt(sigma2[row])
        for step in range(horizon):
            place = int(lengths[row] + step) % form.structure.period
            base, carried, forecast = now.taken(form.structure, each, place, paths)
            error = spread * errors[step]
            if form.error == "M":
                error = np.maximum(error, -1.0) * forecast
            out[row, step] = np.quantile(np.nan_to_num(forecast + error), levels)
            now.moved(form.structure, each, place, base, carried, error)
    return out
