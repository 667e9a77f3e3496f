"""Fitted windows: from values to the posterior mode, and from the mode to quantiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.models.kernels.prophet import mode
from forecast.models.kernels.prophet.curves import Curve, climb
from forecast.models.kernels.prophet.design import Bools, Design, Settings, lay_out
from forecast.models.kernels.prophet.posterior import penalties
from forecast.models.kernels.prophet.predictive import bent, spread
from forecast.models.kernels.prophet.quadratic import Ints, Quadratic
from forecast.quantiles import Floats

LEAST_CHANGE = 1e-8
"""What the package adds to the mean slope change, so that the future never lacks a spread."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The posterior modes of windows.

    Attributes:
        designs: the L layouts that the windows use.
        ahead: the mean over the steps ahead, on Prophet's scale.
        x: [B, 2 + S + K] rate, offset, slope changes, wave coefficients, on that scale.
        noise: [B] standard deviation of the observations on that scale.
        centre: [B] what was taken off the values, 0 unless the settings ask for it.
        unit: [B] what they were divided by.
    """

    designs: tuple[Design, ...]
    ahead: Curve
    x: Floats
    noise: Floats
    centre: Floats
    unit: Floats

    @property
    def path(self) -> Floats:
        """[B, H] the fitted path ahead, on Prophet's scale."""
        return self.ahead.mean(self.x)

    def quantiles(self, levels: Floats) -> Floats:
        """[B, H, Q] on the scale of the values: the path, with what trend changes to come and noise add."""
        growth, kind, path = self.ahead.settings.growth, self.ahead.kind, self.path
        changes = np.array([design.changes for design in self.designs])[kind]
        step = np.array([design.step for design in self.designs])[kind]
        likelihood = np.minimum(1.0, changes * step)
        deltas = np.abs(self.x[:, 2 : 2 + self.ahead.settings.changepoints])
        mean = (deltas[:, None, :] @ np.ones((deltas.shape[1], 1)))[:, 0, 0] / changes
        jump = np.broadcast_to(((mean + LEAST_CHANGE) * step)[:, None], path.shape)
        factor = self.ahead.factor(self.x)
        if growth == "logistic":
            line = self.ahead.line(self.x)[..., None]
            around = bent(
                self.noise, jump, likelihood, levels, lambda shift: self.ahead.trend(line + shift) * factor[..., None]
            )
        else:
            around = spread(self.noise, jump * np.abs(factor) * (growth == "linear"), likelihood, levels)
        scaled = path[..., None] + around
        return np.asarray(scaled * self.unit[:, None, None] + self.centre[:, None, None])


def fit(
    values: Floats,
    present: Bools,
    kind: Ints,
    season: int,
    horizon: int,
    settings: Settings,
    capacity: Floats | None = None,
) -> Fit:
    """Fit windows [B, T], ordered by kind; window b has its values where present[kind[b]] [L, T] is true.

    Every window has at least three values, all finite and not so large that their squares overflow. A logistic
    trend takes the level it tends to, [B].
    """
    designs = tuple(lay_out(steps, season, horizon, settings) for steps in present)
    known = [np.ascontiguousarray(values[kind == k][:, steps]) for k, steps in enumerate(present)]
    centre = np.concatenate([part.mean(axis=1) * settings.centred for part in known])
    cuts = np.flatnonzero(np.diff(kind)) + 1
    moved = [part - middle[:, None] for part, middle in zip(known, np.split(centre, cuts), strict=True)]
    unit = np.concatenate([np.abs(part).max(axis=1) for part in moved])
    unit[unit == 0] = 1.0
    scaled = [part / size[:, None] for part, size in zip(moved, np.split(unit, cuts), strict=True)]
    level = np.ones(len(values)) if capacity is None else capacity / unit
    if settings.growth == "logistic" or settings.seasonality == "multiplicative":
        curves = [
            Curve(design.past[None], kind[kind == k] * 0, level[kind == k], settings)
            for k, design in enumerate(designs)
        ]
        found = [climb(curve, part) for curve, part in zip(curves, scaled, strict=True)]
        x, noise = (np.concatenate(part) for part in zip(*found, strict=True))
    else:
        ridge, weight = penalties(settings.changepoints, designs[0].past.shape[1] - 2 - settings.changepoints, settings)
        parts = [(design.past, part) for design, part in zip(designs, scaled, strict=True)]
        x, noise = mode.find(Quadratic.of(parts, ridge, weight))
    if settings.growth != "logistic":
        constant = np.concatenate([np.ptp(part, axis=1) == 0 for part in known])
        x[constant] = 0.0
        x[constant, 1] = np.concatenate([part[:, 0] for part in scaled])[constant]
        noise[constant] = mode.PERFECT
    ahead = Curve(np.stack([design.ahead for design in designs]), kind, level, settings)
    return Fit(designs, ahead, x, noise, centre, unit)
