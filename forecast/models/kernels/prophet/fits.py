"""Fitted windows: from values to the posterior mode, and from the mode to quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.models.kernels.prophet import mode
from forecast.models.kernels.prophet.design import Bools, Design, Settings, lay_out
from forecast.models.kernels.prophet.posterior import penalties
from forecast.models.kernels.prophet.predictive import spread
from forecast.models.kernels.prophet.quadratic import Ints, Quadratic
from forecast.quantiles import Floats

LEAST_CHANGE = 1e-8
"""What the package adds to the mean slope change, so that the future never lacks a spread."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The posterior modes of windows.

    Attributes:
        designs: the L layouts that the windows use.
        kind: [B] which of them a window uses.
        x: [B, 2 + S + K] rate, offset, slope changes, wave coefficients, on Prophet's scale.
        noise: [B] standard deviation of the observations on that scale.
        centre: [B] what was taken off the values, 0 unless the settings ask for it.
        unit: [B] what they were divided by.
    """

    designs: Sequence[Design]
    kind: Ints
    x: Floats
    noise: Floats
    centre: Floats
    unit: Floats

    @property
    def path(self) -> Floats:
        """[B, H] the fitted path ahead, on Prophet's scale."""
        ahead = np.stack([design.ahead for design in self.designs])
        return np.asarray((ahead[self.kind] @ self.x[..., None])[..., 0])

    def quantiles(self, levels: Floats, settings: Settings) -> Floats:
        """[B, H, Q] on the scale of the values: the path, with what trend changes to come and noise add."""
        changes = np.array([design.changes for design in self.designs])[self.kind]
        step = np.array([design.step for design in self.designs])[self.kind]
        deltas = np.abs(self.x[:, 2 : 2 + settings.changepoints])
        mean = (deltas[:, None, :] @ np.ones((deltas.shape[1], 1)))[:, 0, 0] / changes
        path = self.path
        jump = np.broadcast_to(((mean + LEAST_CHANGE) * step)[:, None], path.shape)
        scaled = path[..., None] + spread(self.noise, jump, np.minimum(1.0, changes * step), levels)
        return np.asarray(scaled * self.unit[:, None, None] + self.centre[:, None, None])


def fit(values: Floats, present: Bools, kind: Ints, season: int, horizon: int, settings: Settings) -> Fit:
    """Fit windows [B, T], ordered by kind; window b has its values where present[kind[b]] [L, T] is true.

    Every window has at least three values, all finite and not so large that their squares overflow.
    """
    designs = [lay_out(steps, season, horizon, settings) for steps in present]
    ridge, weight = penalties(settings.changepoints, designs[0].past.shape[1] - 2 - settings.changepoints, settings)
    known = [np.ascontiguousarray(values[kind == k][:, steps]) for k, steps in enumerate(present)]
    centre = [part.mean(axis=1) if settings.centred else np.zeros(len(part)) for part in known]
    moved = [part - middle[:, None] for part, middle in zip(known, centre, strict=True)]
    unit = [np.abs(part).max(axis=1) for part in moved]
    for part in unit:
        part[part == 0] = 1.0
    scaled = [part / size[:, None] for part, size in zip(moved, unit, strict=True)]
    parts = [(design.past, part) for design, part in zip(designs, scaled, strict=True)]
    x, noise = mode.find(Quadratic.of(parts, ridge, weight))
    constant = np.concatenate([np.ptp(part, axis=1) == 0 for part in known])
    x[constant] = 0.0
    x[constant, 1] = np.concatenate([part[:, 0] for part in scaled])[constant]
    noise[constant] = mode.PERFECT
    return Fit(designs, kind, x, noise, np.concatenate(centre), np.concatenate(unit))
