"""Means that are not linear in the coefficients: a logistic trend, waves that multiply the trend.

The mode is climbed to by Gauss-Newton steps: the mean is replaced by its tangent, the tangent problem is the same
penalised quadratic as for a linear mean (see `slopes`), and a step is halved until the posterior rises. The climb
starts where the package starts its own, so it ends in the first hollow of the noise on the way down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from forecast.models.kernels.prophet import mode
from forecast.models.kernels.prophet.design import Settings
from forecast.models.kernels.prophet.posterior import best_variance, objective, penalties
from forecast.models.kernels.prophet.quadratic import Ints, Quadratic, dot
from forecast.models.kernels.prophet.slopes import minimise
from forecast.quantiles import Floats

CLIMBS, TURNS, HALVINGS, SETTLED = 100, 3, 14, 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The mean of windows: a trend, and waves that add to it or multiply it.

    Attributes:
        regressors: [L, N, 2 + S + K] of L layouts, over their past or over the steps ahead.
        kind: [B] which layout a window uses.
        capacity: [B] the level a logistic trend tends to; unused otherwise.
        settings: which trend, and what the waves do.
    """

    regressors: Floats
    kind: Ints
    capacity: Floats
    settings: Settings

    def take(self, rows: Ints) -> Curve:
        """Return the means of some windows."""
        return replace(self, kind=self.kind[rows], capacity=self.capacity[rows])

    def line(self, x: Floats) -> Floats:
        """[B, N] the piecewise-linear part: the trend, or what a logistic trend is the logistic function of."""
        use = x[:, : self._waves].copy()
        if self.settings.growth == "logistic":
            use[:, 1] *= -use[:, 0]  # k (t - m)
        return self._times(self.regressors[:, :, : self._waves], use)

    def trend(self, line: Floats) -> Floats:
        """The trend [B, N] or [B, N, M] whose piecewise-linear part is given."""
        if self.settings.growth != "logistic":
            return line
        return np.asarray(self.capacity.reshape(-1, *[1] * (line.ndim - 1)) * expit(line))

    def factor(self, x: Floats) -> Floats:
        """[B, N] what multiplies the trend."""
        waves = self._season(x)
        return 1.0 + waves if self.settings.seasonality == "multiplicative" else np.ones_like(waves)

    def mean(self, x: Floats) -> Floats:
        """[B, N] the mean at the coefficients x [B, P]."""
        trend, waves = self.trend(self.line(x)), self._season(x)
        return trend * (1.0 + waves) if self.settings.seasonality == "multiplicative" else trend + waves

    def tangent(self, x: Floats) -> Floats:
        """[B, N, P] the derivatives of the mean."""
        at, out = self._waves, self.regressors[self.kind]
        trend = self.trend(self.line(x))
        if self.settings.growth == "logistic":
            out[:, :, 0] -= x[:, 1:2]
            out[:, :, 1] *= -x[:, 0:1]
            out[:, :, :at] *= (trend * (1.0 - trend / self.capacity[:, None]))[..., None]
        if self.settings.seasonality == "multiplicative":
            out[:, :, :at] *= self.factor(x)[..., None]
            out[:, :, at:] *= trend[..., None]
        return out

    @property
    def _waves(self) -> int:
        return 2 + self.settings.changepoints

    def _season(self, x: Floats) -> Floats:
        return self._times(self.regressors[:, :, self._waves :], x[:, self._waves :])

    def _times(self, regressors: Floats, x: Floats) -> Floats:
        return np.asarray((regressors[self.kind] @ np.ascontiguousarray(x)[..., None])[..., 0])


def climb(curve: Curve, values: Floats) -> tuple[Floats, Floats]:
    """Return the coefficients [B, P] and the noise [B] at a posterior mode for values [B, N]."""
    settings, n = curve.settings, values.shape[1]
    ridge, weight = penalties(settings.changepoints, curve.regressors.shape[2] - 2 - settings.changepoints, settings)

    def cost(rows: Ints, x: Floats) -> tuple[Floats, Floats]:
        left = values[rows] - curve.take(rows).mean(x)
        squares = dot(left, left)
        variance = np.maximum(best_variance(squares, n), mode.PERFECT**2)
        return objective(squares, variance, x, ridge, weight, n), variance

    def tangent(rows: Ints) -> Quadratic:
        part = curve.take(rows)
        slope = part.tangent(x[rows])
        aim = values[rows] - part.mean(x[rows]) + (slope @ x[rows][..., None])[..., 0]
        return Quadratic.of([(slope, aim)], ridge, weight)

    x = _start(curve, values, len(ridge))
    rows = np.arange(len(values))
    best, variance = cost(rows, x)
    turns = np.full(len(values), TURNS)
    for _ in range(CLIMBS):
        if not len(rows):
            break
        problem = tangent(rows)
        aim, spread = x[rows], np.maximum(variance[rows], mode.LEAST)
        for turn in range(TURNS):
            on = np.flatnonzero(turns[rows] > turn)
            aim[on] = minimise(problem.take(on), spread[on], aim[on])
            spread[on] = np.maximum(best_variance(problem.squares(aim), n), mode.LEAST)[on]
        step, size, gain = aim - x[rows], np.ones(len(rows)), np.full(len(rows), -np.inf)
        for _ in range(HALVINGS):
            again = np.flatnonzero(gain <= 0)
            if not len(again):
                break
            tried = x[rows[again]] + size[again, None] * step[again]
            value, wide = cost(rows[again], tried)
            gain[again] = best[rows[again]] - value
            up = gain[again] > 0
            won = rows[again[up]]
            x[won], best[won], variance[won] = tried[up], value[up], wide[up]
            size[again[~up]] /= 2.0
        small = gain <= SETTLED * n
        rows, last = rows[(~small | (turns[rows] > 1)) & (variance[rows] > mode.LEAST)], rows[small]
        turns[last] = 1
    return x, np.sqrt(variance)


def _start(curve: Curve, values: Floats, width: int) -> Floats:
    """Begin where the package does, on the trend through the two ends, without changes or waves."""
    x = np.zeros((len(values), width))
    first, last = values[:, 0], values[:, -1]
    if curve.settings.growth == "logistic":
        ratio = [curve.capacity / np.clip(end, 0.01 * curve.capacity, 0.99 * curve.capacity) for end in (first, last)]
        ratio[0] = np.where(np.abs(ratio[0] - ratio[1]) <= 0.01, 1.05 * ratio[0], ratio[0])
        low, high = np.log(ratio[0] - 1.0), np.log(ratio[1] - 1.0)
        x[:, 0], x[:, 1] = low - high, low / (low - high)
    elif curve.settings.growth == "flat":
        x[:, 1] = values.mean(axis=1)
    else:
        x[:, 0], x[:, 1] = last - first, first
    return x
