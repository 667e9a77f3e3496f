"""The likelihood of every form with its gradient, at the price of two passes over the past.

Forward, with the carried slope q = phi b(t-1) (or b(t-1)^phi), the base B = l(t-1) + q (or l(t-1) q) and the forecast
f = B + s (or B s), one error e = y - f moves the states (Hyndman et al. 2008, tables 2.2 and 2.3):

    l(t) = B + alpha e'     b(t) = q + beta e''     s(t) = s + gamma e'''

where e' = e / s and e''' = e / B under a multiplicative season, e'' = e' / l(t-1) under a multiplicative trend, and
all are e otherwise. Backward, the chain rule carries the slopes of the likelihood in the states from the last step to
the first: its cost does not grow with the number of parameters.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.additive import first_seasons
from forecast.models.kernels.ets.forms import LOWEST, Structure
from forecast.models.kernels.ets.likelihood import EXACT
from forecast.models.kernels.pasts import running

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


BLOCK = 1 << 15
"""Steps times problems that are worked on at once: more would not stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Smoothing:
    """Natural smoothing parameters, each [N]; beta and gamma are 0 and phi is 1 where the form has none."""

    alpha: Floats
    beta: Floats
    gamma: Floats
    phi: Floats

    @classmethod
    def of(cls, structure: Structure, points: Floats) -> Smoothing:
        """Read them off the parameters [P, N]."""
        alpha = points[0]
        none, one = np.zeros_like(alpha), np.ones_like(alpha)
        return cls(
            alpha,
            LOWEST + (alpha - LOWEST) * points[structure.beta] if structure.trend != "N" else none,
            LOWEST + (1.0 - LOWEST - alpha) * points[structure.gamma] if structure.season != "N" else none,
            points[structure.phi] if structure.damped else one,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """What happened along the pasts; entries after the end of a past mean nothing.

    Attributes:
        levels: [T + 1, N] before each step and after the last.
        slopes: [T + 1, N] likewise.
        seasons: [T + m, N] the state that step t sees is in row t, the one it leaves in row t + m.
        carried: [T, N] q.
        bases: [T, N] B.
        forecasts: [T, N] f; 1 after the end.
        errors: [T, N] e; 0 after the end.
    """

    levels: Floats
    slopes: Floats
    seasons: Floats
    carried: Floats
    bases: Floats
    forecasts: Floats
    errors: Floats


class Workspace:
    """Memory that is used again: fresh pages cost more than the sums that are written to them."""

    def __init__(self) -> None:
        self._blocks: dict[str, Floats] = {}

    def take(self, name: str, rows: int, columns: int, value: float | None = None) -> Floats:
        """Return an array [rows, columns], filled with `value` if there is one."""
        block = self._blocks.get(name)
        if block is None or block.size < rows * columns:
            block = self._blocks[name] = np.empty(rows * columns)
        array = block[: rows * columns].reshape(rows, columns)
        if value is not None:
            array.fill(value)
        return array


def walk(structure: Structure, points: Floats, values: Floats, lengths: Ints, space: Workspace) -> Paths:
    """Run the recursions over `values` [T, N] from `points` [P, N]."""
    steps, width = values.shape
    trend, season, period = structure.trend, structure.season, structure.period
    given = Smoothing.of(structure, points)
    join, meet = (np.multiply if kind == "M" else np.add for kind in (trend, season))
    damp = np.power if trend == "M" else np.multiply
    levels, slopes = space.take("levels", steps + 1, width, 1.0), space.take("slopes", steps + 1, width, 1.0)
    seasons = space.take("seasons", steps + period, width, 1.0)
    errors, forecasts = space.take("errors", steps, width, 0.0), space.take("forecasts", steps, width, 1.0)
    carried = space.take("carried", steps, width, 1.0) if structure.damped else slopes[:-1]
    bases = forecasts if season == "N" else space.take("bases", steps, width, 1.0)
    levels[0] = points[structure.level]
    if trend == "N":
        bases = levels[:-1]
    else:
        slopes[0] = points[structure.slope]
    if season != "N":
        seasons[:period] = first_seasons(structure, points)
    room = np.empty(width)
    for first, last, k in spans(lengths, steps):
        alpha, beta, gamma, phi = given.alpha[:k], given.beta[:k], given.gamma[:k], given.phi[:k]
        part = room[:k]
        for t in range(first, last):
            level, base, forecast, error = levels[t, :k], bases[t, :k], forecasts[t, :k], errors[t, :k]
            if structure.damped:
                damp(slopes[t, :k], phi, carried[t, :k])
            if trend != "N":
                join(level, carried[t, :k], base)
            if season != "N":
                meet(base, seasons[t, :k], forecast)
            elif trend == "N":
                forecast[...] = level
            np.subtract(values[t, :k], forecast, error)
            onto = error
            if season != "N":
                np.multiply(gamma, error, part)
                if season == "M":
                    part /= base
                    onto = error / seasons[t, :k]
                np.add(seasons[t, :k], part, seasons[t + period, :k])
            if trend != "N":
                np.multiply(beta, onto, part)
                if trend == "M":
                    part /= level
                np.add(carried[t, :k], part, slopes[t + 1, :k])
            np.multiply(alpha, onto, part)
            np.add(base, part, levels[t + 1, :k])
    return Paths(levels, slopes, seasons, carried, bases, forecasts, errors)


def slopes(
    structure: Structure, points: Floats, values: Floats, lengths: Ints, relative: Bools, space: Workspace
) -> tuple[Floats, Floats]:
    """Return minus twice the log-likelihood [N] and its gradient [P, N], `relative` telling multiplicative errors."""
    width = points.shape[1]
    losses, gradients = np.empty(width), np.empty_like(points)
    block = max(BLOCK // len(values), 256)
    for first in range(0, width, block):
        part = slice(first, first + block)
        sizes = lengths[part]
        with np.errstate(all="ignore"):  # inadmissible points may lead anywhere; their loss is infinite
            paths = walk(structure, points[:, part], values[: sizes[0], part], sizes, space)
            losses[part], onto_forecast = _loss(structure, paths, sizes, relative[part], space)
            gradients[:, part] = _back(structure, points[:, part], paths, sizes, onto_forecast, space)
    return losses, gradients


def _loss(
    structure: Structure, paths: Paths, lengths: Ints, relative: Bools, space: Workspace
) -> tuple[Floats, Floats]:
    """Return the loss [N] and its slopes in the forecasts [T, N], the errors' being those of y - f."""
    count = lengths.astype(np.float64)
    shape = paths.errors.shape
    squares, out = space.take("squares", *shape), space.take("onto forecast", *shape)
    possible = np.ones(shape[1], bool)
    if structure.trend == "M":
        possible &= (paths.levels > 0).all(axis=0) & (paths.slopes > 0).all(axis=0)
    if structure.season == "M":
        possible &= paths.seasons[0] > 0
    if not relative.any():
        np.multiply(paths.errors, paths.errors, squares)
        total = np.maximum(summed(squares), EXACT * count)
        np.multiply(paths.errors, -2.0 * count / total, out)
        return np.where(possible, count * np.log(total), np.inf), out
    size = space.take("size", *shape)
    size[...] = np.where(relative, paths.forecasts, 1.0)
    possible &= (size > 0).all(axis=0)
    logs = summed(np.log(np.abs(size, out=squares), out=squares))
    np.divide(paths.errors, size, out)  # r
    np.multiply(out, out, squares)
    total = np.maximum(summed(squares), EXACT * count)
    factor = 2.0 * count / total
    # dF/df = 2 / f - factor r (1 + r) / f where errors are multiplicative, - factor r else
    np.multiply(squares, relative, squares)
    squares += out
    squares *= -factor
    squares += 2.0 * relative
    np.divide(squares, size, out)
    return np.where(possible, count * np.log(total) + 2.0 * logs, np.inf), out


def _back(
    structure: Structure, points: Floats, paths: Paths, lengths: Ints, onto_forecast: Floats, space: Workspace
) -> Floats:
    """Return the gradient [P, N] by the chain rule, from the last step to the first."""
    steps, width = onto_forecast.shape
    trend, season, period = structure.trend, structure.season, structure.period
    given = Smoothing.of(structure, points)
    by_level, by_slope = space.take("by level", steps + 1, width, 0.0), space.take("by slope", steps + 1, width, 0.0)
    by_season = space.take("by season", steps + period, width, 0.0)
    onto_level = onto_slope = onto_season = paths.errors
    if season == "M":
        onto_level = onto_slope = np.divide(paths.errors, paths.seasons[:steps], space.take("onto level", steps, width))
        onto_season = np.divide(paths.errors, paths.bases, space.take("onto season", steps, width))
    if trend == "M":
        onto_slope = np.divide(onto_level, paths.levels[:-1], space.take("onto slope", steps, width))
    rooms = np.empty((3, width))
    for first, last, k in reversed(spans(lengths, steps)):
        alpha, beta, gamma, phi = given.alpha[:k], given.beta[:k], given.gamma[:k], given.phi[:k]
        by_base, by_error, part = rooms[0, :k], rooms[1, :k], rooms[2, :k]
        for t in range(last - 1, first - 1, -1):
            level, slope, cycle = by_level[t + 1, :k], by_slope[t + 1, :k], by_season[t + period, :k]
            before = by_level[t, :k]
            np.multiply(alpha, level, by_error)
            if trend != "N":
                np.multiply(beta, slope, part)
                if trend == "M":
                    part /= paths.levels[t, :k]
                    np.multiply(part, onto_slope[t, :k], before)
                by_error += part
            np.copyto(by_base, level)
            if season == "A":
                np.multiply(gamma, cycle, part)
                by_error += part
            elif season == "M":
                by_error /= paths.seasons[t, :k]
                np.multiply(by_error, onto_level[t, :k], by_season[t, :k])
                np.multiply(gamma, cycle, part)
                part /= paths.bases[t, :k]
                by_error += part
                part *= onto_season[t, :k]
                by_base -= part
            # by_error becomes the slope in the forecast
            np.subtract(onto_forecast[t, :k], by_error, by_error)
            if season == "M":
                np.multiply(by_error, paths.bases[t, :k], part)
                np.subtract(part, by_season[t, :k], by_season[t, :k])
                by_season[t, :k] += cycle
                by_error *= paths.seasons[t, :k]
            elif season == "A":
                np.add(cycle, by_error, by_season[t, :k])
            by_base += by_error
            if trend == "M":
                np.multiply(by_base, paths.levels[t, :k], part)
                part += slope
                by_base *= paths.carried[t, :k]
                np.subtract(by_base, before, before)
                if structure.damped:
                    part *= paths.carried[t, :k]
                    part /= paths.slopes[t, :k]
                np.multiply(part, phi, by_slope[t, :k])
            else:
                before[...] = by_base
                if trend == "A":
                    by_base += slope
                    np.multiply(phi, by_base, by_slope[t, :k])
    gradient = np.empty_like(points)
    product = space.take("squares", steps, width)
    gradient[0] = summed(np.multiply(by_level[1:], onto_level, product))
    gradient[structure.level] = by_level[0]
    if trend != "N":
        share = summed(np.multiply(by_slope[1:], onto_slope, product))
        gradient[0] += points[structure.beta] * share
        gradient[structure.beta] = (given.alpha - LOWEST) * share
        gradient[structure.slope] = by_slope[0]
    if season != "N":
        share = summed(np.multiply(by_season[period:], onto_season, product))
        gradient[0] -= points[structure.gamma] * share
        gradient[structure.gamma] = (1.0 - LOWEST - given.alpha) * share
        gradient[structure.seasons :] = by_season[1:period] - by_season[0]
    if structure.damped:
        # q' by phi times the slope in q: the slope in b holds it but for the factor phi
        np.multiply(by_slope[:-1], paths.slopes[:-1], product)
        if trend == "M":
            product *= np.log(paths.slopes[:-1])
        gradient[structure.phi] = summed(product) / given.phi
    return gradient


def spans(lengths: Ints, steps: int) -> list[tuple[int, int, int]]:
    """Return the stretches of steps (first, last + 1, k) over which the same k of descending `lengths` run."""
    counts = running(lengths, steps)
    bounds = [0, *(t for t in range(1, steps) if counts[t] != counts[t - 1]), steps]
    return [(a, b, counts[a]) for a, b in itertools.pairwise(bounds) if b > a and counts[a]]


def summed(array: Floats) -> Floats:
    """Return the sums over the steps of [T, N], one row after the other: a lone column is summed as one of many."""
    return np.asarray(np.add.accumulate(array, axis=0)[-1] if array.shape[1] == 1 else np.add.reduce(array, axis=0))
