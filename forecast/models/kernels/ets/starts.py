"""Where the search for the parameters begins: at the likeliest points of a grid.

The likelihood has several optima on a third of all short series. So its two lowest points among their neighbours on
the grid are starts, the second only where it is nearly as likely as the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.forms import DAMPING, Structure
from forecast.models.kernels.ets.grid import Grid, Profile, Singles, profiles, single
from forecast.models.kernels.pasts import Pasts
from forecast.models.kernels.seasonal import indices

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOSE = 1.0
"""How much less likely a second start may be, in minus twice the log-likelihood."""
GAMMAS = {1: (0.15,), 2: (0.05, 0.4)}
"""Shares of gamma that a seasonal form starts from, by the number of its starts."""


@dataclass(frozen=True, slots=True)
class Search:
    """How a form is searched.

    Attributes:
        steadiness: exponent k of the prior (1 - u)^k on the share u of beta in its range; without it plain likelihood.
        starts: points of the grid that it begins from at most; a seasonal form begins from as many.
        steps: after how many it stays where it is, settled or not.
    """

    steadiness: float = 0.0
    starts: int = 2
    steps: int = 60


PLAIN = Search()
"""By plain likelihood, as thoroughly as it is done here."""


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """Where the search for a form begins.

    Attributes:
        points: [S, P, N] parameters.
        losses: [S, N] minus twice the log-likelihood there, the season left out; infinite where there is no start.
    """

    points: Floats
    losses: Floats


def first_points(pasts: Pasts, structure: Structure, errors: Sequence[str], search: Search = PLAIN) -> list[Starts]:
    """Return the starts of a structure with each kind of error.

    A seasonal structure starts from the classical indices, the rest of it from the adjusted data; it always has as many
    starts as it may, two of them of slow and fast seasons.
    """
    grid, values = Grid.of(structure, search.steadiness > 0), pasts.values
    seasons = np.empty((0, len(pasts)))
    with np.errstate(all="ignore"):  # what is impossible has an infinite loss
        if structure.season != "N":
            seasons = first_seasons(pasts, structure)
            cycle = seasons[np.arange(len(values)) % structure.period]
            values = values / cycle if structure.season == "M" else values - cycle
        found = profiles(grid, values, pasts.lengths, "M" in errors)
        prior = single(-2.0 * search.steadiness * np.log(1.0 - grid.share)[:, None])
        return [
            _starts(pasts, structure, error, grid, found[error == "M"], prior, seasons, search.starts)
            for error in errors
        ]


def _starts(
    pasts: Pasts,
    structure: Structure,
    error: str,
    grid: Grid,
    found: Profile,
    prior: Singles,
    seasons: Floats,
    count: int,
) -> Starts:
    """Return the starts with one kind of error, of which the grid is worth what was `found`."""
    places, lowest = lowest_places(found.losses + prior, grid.shape, count, always=structure.season != "N")
    points = _points(structure, grid, found, places)
    if structure.season != "N":
        points = _with_season(structure, points, seasons)
    if error == "M":
        points = np.where(np.isfinite(lowest[:, None]), points, safe_points(pasts, structure))
    return Starts(np.nan_to_num(points, nan=0.5, posinf=0.5, neginf=0.5), lowest)


def lowest_places(losses: Singles, shape: tuple[int, ...], count: int, always: bool = False) -> tuple[Ints, Floats]:
    """Return which of the points [G, N] on a grid of `shape` to start from, and their losses, both [count, N].

    These are the lowest that none of their neighbours is below; a second one that is not close gets an infinite loss.
    If there `always` has to be one, they are the lowest whatever their neighbours.
    """
    may = np.isfinite(losses) if always else _below_neighbours(losses, shape)
    low = np.where(may, losses, np.float32(np.inf)).T.copy()  # [N, G]
    rows = np.arange(len(low))
    places, found = np.empty((count, len(low)), np.int64), np.empty((count, len(low)))
    for start in range(count):
        places[start] = low.argmin(axis=1)
        found[start] = low[rows, places[start]]
        low[rows, places[start]] = np.inf
    if always:
        there = np.isfinite(found)
        return np.where(there, places, places[0]), np.where(there, found, found[0])
    found[1:] = np.where(found[1:] <= found[0] + CLOSE, found[1:], np.inf)
    return places, found


def _below_neighbours(losses: Singles, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return [G, N] which points no neighbour along an axis is below; of equal ones the first."""
    cube = losses.reshape(*shape, -1)
    out = np.ones(cube.shape, np.bool_)
    for axis, size in enumerate(shape):
        if size > 1:
            line, mark = np.moveaxis(cube, axis, 0), np.moveaxis(out, axis, 0)
            mark[:-1] &= line[:-1] <= line[1:]
            mark[1:] &= line[1:] < line[:-1]
    return out.reshape(losses.shape)


def _points(structure: Structure, grid: Grid, found: Profile, places: Ints) -> Floats:
    """Return the parameters other than the seasonal ones [S, P', N] at places [S, N] of the grid."""
    columns = np.arange(places.shape[1])
    rows = [grid.alpha[places]]
    if grid.trend:
        rows.append(grid.share[places])
    if structure.damped:
        rows.append(np.clip(grid.phi[places], *DAMPING))
    level, slope = (states[places, columns].astype(np.float64) for states in (found.levels, found.slopes))
    if structure.trend == "M":
        level = np.maximum(level, 1e-3)
        slope = np.clip(1.0 + slope / level, 0.5, 2.0)
    rows.append(level)
    if grid.trend:
        rows.append(slope)
    return np.stack(rows, axis=1)


def _with_season(structure: Structure, points: Floats, seasons: Floats) -> Floats:
    """Put shares of gamma and seasonal states [period, N] between the other parameters [S, P', N]."""
    count, _, width = points.shape
    gammas = np.broadcast_to(np.array(GAMMAS[count])[:, None, None], (count, 1, width))
    free = np.broadcast_to(seasons[1:], (count, structure.period - 1, width))
    return np.concatenate([points[:, : structure.gamma], gammas, points[:, structure.gamma :], free], axis=1)


def safe_points(pasts: Pasts, structure: Structure) -> Floats:
    """Return points [P, N] from which all forecasts of positive pasts are positive: a level that follows the data."""
    points = np.zeros((structure.size, len(pasts)))
    points[0] = 0.5
    points[structure.level] = pasts.values[0]
    if structure.damped:
        points[structure.phi] = DAMPING[0]
    if structure.trend == "M":
        points[structure.slope] = 1.0
    if structure.season == "M":
        points[structure.seasons :] = 1.0
    return points


def first_seasons(pasts: Pasts, structure: Structure) -> Floats:
    """Return seasonal states [period, N] that the search can begin from, where need be without season."""
    multiplicative = structure.season == "M"
    found = indices(pasts, structure.period, multiplicative)
    none = 1.0 if multiplicative else 0.0
    sound = np.isfinite(found)
    if multiplicative:
        sound &= (found > 0.01) & (found < 0.99 * structure.period)
    return np.where(sound.all(axis=0), found, none)
