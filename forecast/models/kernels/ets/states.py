"""The states that a past leaves behind, and how one step moves them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.adjoint import Smoothing, Workspace, walk
from forecast.models.kernels.ets.forms import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class States:
    """Where a batch stands: level and slope [N], seasonal states [period, N] by step modulo the period."""

    level: Floats
    slope: Floats
    seasonal: Floats

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
    """Return the states after each past and the one-step forecasts [T, N] (1 after its end)."""
    paths = walk(structure, points, values, lengths, Workspace())
    columns = np.arange(len(lengths))
    seasonal = np.zeros((structure.period, len(lengths)))
    if structure.season != "N":
        for ahead in range(structure.period):
            seasonal[(lengths + ahead) % structure.period, columns] = paths.seasons[lengths + ahead, columns]
    slope = paths.slopes[lengths, columns] if structure.trend != "N" else np.zeros(len(lengths))
    return States(paths.levels[lengths, columns], slope, seasonal), paths.forecasts
