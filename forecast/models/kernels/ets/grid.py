"""The likelihood over a grid of smoothing parameters, best first states included.

For given smoothing parameters the errors of an additive structure are linear in the first level and slope,

    e(t) = e0(t) - one(t) l(0) - two(t) b(0),

where e0 are the errors from first states of zero, and one and two depend on the parameters and the step alone. With r
the errors that a single one at the start would leave, e0(t) = sum r(t - s) y(s): the first states of least squares are
sums of the data with weights that pasts of one length share. With the same parameters and first states multiplicative
errors have the same forecasts, so that one pass measures both likelihoods.

The grid only picks starts. It is reckoned in single precision, element by element along the pasts: what it finds for
one of them does not depend on its neighbours.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.adjoint import spans
from forecast.models.kernels.ets.forms import LOWEST, Structure
from forecast.models.kernels.ets.likelihood import EXACT
from forecast.models.kernels.ets.region import gentle_share
from forecast.models.kernels.pasts import running

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

LEVELS = (0.01, 0.05, 0.12, 0.22, 0.35, 0.5, 0.65, 0.8, 0.92, 0.99)
"""Values of alpha where there is no trend."""
ALPHAS = (0.04, 0.2, 0.45, 0.75, 0.98)
SHARES = (0.01, 0.15, 0.5, 0.95)
DAMPINGS = (0.81, 0.9, 0.97)
WIDE = 30.0
"""Values are far apart where the largest is more than so many times the smallest."""
BLOCK = 2048
"""Pasts that are worked on at once, so that they stay in the processor's cache."""
FOLD = 4
"""Forecasts that are multiplied before the logarithm is taken: it costs as much as the rest of a step."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Points of alpha, u and phi, [G] each; they fill `shape`, its last axis the fastest."""

    shape: tuple[int, ...]
    trend: bool
    alpha: Floats
    share: Floats
    phi: Floats

    @property
    def beta(self) -> Floats:
        """[G]; 0 where there is no trend."""
        return LOWEST + (self.alpha - LOWEST) * self.share if self.trend else np.zeros_like(self.alpha)

    @classmethod
    def of(cls, structure: Structure, steady: bool = False) -> Grid:
        """Return the points for a structure, all of them admissible; those of a `steady` slope have small shares."""
        trend = structure.trend != "N"
        shares, damping = SHARES[:-1] if steady else SHARES, DAMPINGS if structure.damped else (1.0,)
        axes = (ALPHAS, shares, damping) if trend else (LEVELS, (0.0,), (1.0,))
        alpha, share, phi = np.array(list(itertools.product(*axes))).T
        share = np.minimum(share, gentle_share(structure, alpha))
        return cls(tuple(len(axis) for axis in axes), trend, alpha, share, phi)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What the grid's points are worth for one kind of error; each [G, N].

    Attributes:
        levels: first levels.
        slopes: first slopes.
        losses: minus twice the log-likelihood; infinite where it is none.
    """

    levels: Singles
    slopes: Singles
    losses: Singles

    @classmethod
    def blank(cls, size: int, width: int) -> Profile:
        """Return a profile of which nothing is known yet."""
        return cls(*(np.full((size, width), np.inf, np.float32) for _ in range(3)))

    def put(self, columns: slice, levels: Singles, slopes: Singles, losses: Singles) -> None:
        """Note what was found for some of the pasts; a loss that is no number is infinite."""
        self.levels[:, columns], self.slopes[:, columns] = levels, slopes
        self.losses[:, columns] = np.where(np.isfinite(losses), losses, np.float32(np.inf))


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """The grid's points, and what the first states do to the forecasts there.

    Attributes:
        trend: whether there is a slope.
        alpha, beta, phi: [G, 1].
        one: [T, G, 1] of the level.
        two: [T, G, 1] of the slope.
        both: [T, J, G] these as far as there are such states, in double precision.
        echo: [G, T] r, the latest step first, likewise.
        inverse: [T + 1, J, J, G] of the matrix of the products' sums, for pasts of each length, likewise.
    """

    trend: bool
    alpha: Singles
    beta: Singles
    phi: Singles
    one: Singles
    two: Singles
    both: Floats
    echo: Floats
    inverse: Floats

    @classmethod
    def of(cls, grid: Grid, steps: int) -> _Points:
        alpha, beta, phi = grid.alpha, grid.beta, grid.phi
        # what follows a level of one, a slope of one, and a value of one among zeros
        forecasts = np.empty((steps, 3, len(alpha)))
        level, slope = (np.outer(start, np.ones_like(alpha)) for start in ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]))
        for step in range(steps):
            slope = phi * slope
            forecasts[step] = forecast = level + slope
            error = -forecast
            error[2] += step == 0
            level, slope = forecast + alpha * error, slope + beta * error
        echo = -forecasts[:, 2]
        echo[:1] += 1.0
        both = forecasts[:, : 2 if grid.trend else 1]
        products = np.zeros((steps + 1, 3, len(alpha)))
        one, two = forecasts[:, 0], forecasts[:, 1]
        np.cumsum(np.stack([one * one, one * two, two * two], axis=1), axis=0, out=products[1:])
        with np.errstate(all="ignore"):
            first, across, second = _inverse(products.transpose(1, 0, 2), grid.trend)
        states = both.shape[1]
        inverse = np.array([[first, across], [across, second]]).transpose(2, 0, 1, 3)[:, :states, :states]
        return cls(
            trend=grid.trend,
            alpha=single(alpha[:, None]),
            beta=single(beta[:, None]),
            phi=single(phi[:, None]),
            one=single(one[..., None]),
            two=single(two[..., None]),
            both=both,
            echo=echo[::-1].T.copy(),
            inverse=inverse,
        )


def _inverse(products: NDArray[Any], trend: bool) -> NDArray[Any]:
    """Return the inverse of symmetric matrices [3, ...], of their first numbers alone where there is no trend."""
    first, cross, second = products
    if not trend:
        return np.stack([1.0 / first, np.zeros_like(first), np.zeros_like(first)])
    return np.asarray(np.stack([second, -cross, first]) / (first * second - cross * cross))


def profiles(grid: Grid, values: Floats, lengths: Ints, relative: bool) -> tuple[Profile, Profile]:
    """Measure the grid on `values` [T, N] of descending lengths, with additive and with multiplicative errors.

    The latter only if they are asked for. Their first states are those of additive errors; where the values are far
    apart, those of errors over values if these are likelier.
    """
    points = _Points.of(grid, len(values))
    shape = len(grid.alpha), len(lengths)
    additive, other = Profile.blank(*shape), Profile.blank(*(shape if relative else (0, 0)))
    with np.errstate(all="ignore"):
        for first in range(0, shape[1], BLOCK):
            part = slice(first, first + BLOCK)
            some, sizes = values[: lengths[first], part], lengths[part]
            states = _solve(points, some, sizes)
            losses = _losses(points, *states, some, sizes, relative)
            additive.put(part, *states, losses[0])
            if relative:
                other.put(part, *_likelier(points, *states, losses[1], some, sizes))
    return additive, other


def _likelier(
    points: _Points, levels: Singles, slopes: Singles, losses: Singles, values: Floats, lengths: Ints
) -> tuple[Singles, Singles, Singles]:
    """Return first states and losses [G, N] of multiplicative errors, better ones where values are far apart."""
    smallest = np.where(np.arange(len(values))[:, None] < lengths, values, np.inf).min(axis=0)
    wide = np.flatnonzero((smallest > 0) & (values.max(axis=0) > WIDE * smallest))
    if len(wide):
        some, sizes = values[: lengths[wide[0]], wide], lengths[wide]
        weighted = _solve_weighted(points, some, sizes, np.where(some > 0, some**-2.0, 0.0))
        found = _losses(points, *weighted, some, sizes, True)[1]
        better = found < losses[:, wide]
        for array, new in ((levels, weighted[0]), (slopes, weighted[1]), (losses, found)):
            array[:, wide] = np.where(better, new, array[:, wide])
    return levels, slopes, losses


def single(values: NDArray[Any]) -> Singles:
    """Return values in single precision."""
    return np.asarray(values, dtype=np.float32)


def _solve(points: _Points, values: Floats, lengths: Ints) -> tuple[Singles, Singles]:
    """Return the first levels and slopes [G, N] of least squares."""
    steps, size = len(values), len(points.alpha)
    some, start = single(values - values[0]), single(values[0])
    weights = np.zeros((points.both.shape[1], size, steps))
    levels, slopes = np.zeros((2, size, len(lengths)), np.float32)
    ends = running(lengths, steps + 1)
    for length in range(1, steps + 1):
        weights[:, :, :length] += points.both[length - 1][:, :, None] * points.echo[:, -length:]
        alike = slice(ends[length], ends[length - 1])
        if alike.start < alike.stop:
            states = single(np.einsum("ijg,jgs->igs", points.inverse[length], weights[:, :, :length]))
            # one alone is taken twice, for the sum over a single column is rounded in another way
            past = some[:length, np.arange(alike.start, alike.stop).repeat(1 + (alike.stop - alike.start == 1))]
            found = np.einsum("igs,sn->ign", states, past)[..., : alike.stop - alike.start]
            levels[:, alike] = found[0] + start[alike]
            if points.trend:
                slopes[:, alike] = found[1]
    return levels, slopes


def _solve_weighted(points: _Points, values: Floats, lengths: Ints, weights: Floats) -> tuple[Singles, Singles]:
    """Return the first levels and slopes [G, N] of least squares with weights [T, N]."""
    shape = len(points.alpha), len(lengths)
    some, heavy = single(values - values[0]), single(weights)
    level, slope, by_level, by_slope = np.zeros((4, *shape), np.float32)
    products = np.zeros((3, *shape), np.float32)
    for first, last, k in spans(lengths, len(values)):
        error, part = np.empty((2, shape[0], k), np.float32)
        for step in range(first, last):
            one, two = points.one[step], points.two[step]
            if points.trend:
                slope[:, :k] *= points.phi
                level[:, :k] += slope[:, :k]
            np.subtract(some[step, :k], level[:, :k], error)
            level[:, :k] += np.multiply(error, points.alpha, part)
            if points.trend:
                slope[:, :k] += np.multiply(error, points.beta, part)
            error *= heavy[step, :k]
            for place, product in enumerate((one * one, one * two, two * two)[: 3 if points.trend else 1]):
                products[place, :, :k] += np.multiply(product, heavy[step, :k], part)
            by_level[:, :k] += np.multiply(error, one, part)
            if points.trend:
                by_slope[:, :k] += np.multiply(error, two, part)
    first_first, across, second_second = _inverse(products, points.trend)
    levels = first_first * by_level + across * by_slope + single(values[0])
    return levels, across * by_level + second_second * by_slope


def _losses(
    points: _Points, levels: Singles, slopes: Singles, values: Floats, lengths: Ints, relative: bool
) -> tuple[Singles, Singles]:
    """Return minus twice the log-likelihood [G, N] with additive errors, and with multiplicative ones if asked for.

    The latter is infinite where a forecast is not positive.
    """
    some = single(values)
    level, slope = levels.copy(), slopes.copy()
    squares, shares, logs = np.zeros((3, *levels.shape), np.float32)
    product, lowest = np.ones((2, *levels.shape), np.float32)
    for first, last, k in spans(lengths, len(values)):
        error, part = np.empty((2, len(levels), k), np.float32)
        for step in range(first, last):
            if points.trend:
                slope[:, :k] *= points.phi
                level[:, :k] += slope[:, :k]
            np.subtract(some[step, :k], level[:, :k], error)
            squares[:, :k] += np.multiply(error, error, part)
            if relative:
                np.minimum(lowest[:, :k], level[:, :k], out=lowest[:, :k])
                np.divide(error, level[:, :k], part)
                part *= part
                shares[:, :k] += part
                product[:, :k] *= level[:, :k]
                if step % FOLD == FOLD - 1:
                    logs[:, :k] += np.log(product[:, :k], part)
                    product[:, :k] = 1.0
            if points.trend:
                slope[:, :k] += np.multiply(error, points.beta, part)
            level[:, :k] += np.multiply(error, points.alpha, part)
    count = single(lengths)
    least = single(EXACT * count)
    relative_loss = count * np.log(np.maximum(shares, least)) + 2 * (logs + np.log(product))
    relative_loss[lowest <= 0] = np.inf
    return count * np.log(np.maximum(squares, least)), relative_loss
