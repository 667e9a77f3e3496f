"""Combination: the median of the sound members, quantile by quantile, on the scale that they worked on.

A member is sound in a window when it answered with finite numbers. The median of ascending quantiles ascends.
Prophet stays out: on short annual series it is the weakest of the models here.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from forecast.quantiles import Forecasts
from forecast.windows import Windows

Bools = NDArray[np.bool_]
MINIMUM = 4
MEMBERS = ("drift", "theta", "ets", "arima")


def combine(windows: Windows, answers: Mapping[str, Forecasts]) -> Forecasts:
    """Return the median of the members' quantiles [B, H, Q]; the name says which members went in."""
    names = list(answers)
    stack = np.stack([answers[name].quantiles for name in names])  # [M, B, H, Q]
    sound: Bools = np.asarray(np.isfinite(stack).all(axis=(2, 3)))  # [M, B]
    quantiles = np.full((len(windows), *stack.shape[2:]), np.nan)
    some: Bools = np.asarray(sound.any(axis=0))
    quantiles[some] = np.nanmedian(np.where(sound[:, some, None, None], stack[:, some], np.nan), axis=0)
    produced = tuple(
        f"combination of {', '.join(name for name, good in zip(names, column, strict=True) if good)}"
        if any(column)
        else ""
        for column in sound.T
    )
    first = answers[names[0]]
    refusals = tuple("" if good else said for good, said in zip(some, first.refusals, strict=True))
    return Forecasts(quantiles, first.levels, produced, refusals)
