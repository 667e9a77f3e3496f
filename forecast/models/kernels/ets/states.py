"""The states of every form along the past, one-step forecasts and errors; no slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.additive import first_seasons
from forecast.models.kernels.ets.adjoint import Smoothing
from forecast.models.kernels.ets.forms import Structure
from forecast.models.kernels.pasts import running

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class States:
    """Where a batch stands: level and slope [N], seasonal states [period, N] by step modulo the period."""

    level: Floats
    slope: Floats
    seasonal: Floats

    @classmethod
    def first(cls, structure: Structure, points: Floats) -> States:
        """Return the states before the first step."""
        return cls(
            points[structure.level].copy(),
            points[structure.slope].copy() if structure.trend != "N" else np.zeros(points.shape[1]),
            first_seasons(structure, points) if structure.season != "N" else np.zeros((1, points.shape[1])),
        )

    def taken(self, structure: Structure, smoothing: Smoothing, place: int, k: int) -> tuple[Floats, Floats, Floats]:
        """Return base, carried slope and forecast [k] of the next step, which stands at `place` in the cycle."""
        level, slope, seasonal = self.level[:k], self.slope[:k], self.seasonal[place, :k]
        phi = smoothing.phi[:k]
        if structure.trend == "M":
            carried = slope**phi
            base = level * carried
        else:
            carried = phi * slope
            base = level + carried if structure.trend == "A" else level
        if structure.season == "N":
            return base, carried, base
        return base, carried, base * seasonal if structure.season == "M" else base + seasonal

    def moved(
        self, structure: Structure, smoothing: Smoothing, place: int, base: Floats, carried: Floats, error: Floats
    ) -> None:
        """Move the first k = len(error) problems one step on, whose error on the data's scale was `error`."""
        k = len(error)
        seasonal = self.seasonal[place, :k]
        onto_base = error / seasonal if structure.season == "M" else error
        if structure.season != "N":
            onto_season = error / base if structure.season == "M" else error
            self.seasonal[place, :k] = seasonal + smoothing.gamma[:k] * onto_season
        if structure.trend != "N":
            onto_slope = onto_base / self.level[:k] if structure.trend == "M" else onto_base
            self.slope[:k] = carried + smoothing.beta[:k] * onto_slope
        self.level[:k] = base + smoothing.alpha[:k] * onto_base


def smooth(structure: Structure, points: Floats, values: Floats, lengths: Ints) -> tuple[States, Floats]:
    """Return the states after each past and the one-step forecasts [T, N] (NaN after its end)."""
    smoothing = Smoothing.of(structure, points)
    states = States.first(structure, points)
    forecasts = np.full(values.shape, np.nan)
    for step, k in enumerate(running(lengths, len(values))):
        place = step % structure.period
        base, carried, forecast = states.taken(structure, smoothing, place, k)
        forecasts[step, :k] = forecast
        states.moved(structure, smoothing, place, base, carried, values[step, :k] - forecast)
    return states, forecasts
