from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.ets.fitting import likelihood
from forecast.models.kernels.ets.forms import Structure
from forecast.models.kernels.ets.grid import Grid, profiles

STRUCTURES = [Structure(), Structure("A"), Structure("A", True)]


def _pasts() -> tuple[np.ndarray, np.ndarray]:
    """Return positive values [T, N] of 7 pasts and their lengths, the longest first."""
    lengths = np.array([20, 20, 17, 12, 12, 9, 7])
    values = 0.5 + 0.05 * np.random.default_rng(4).standard_normal((20, 7)).cumsum(axis=0)
    return np.where(np.arange(20)[:, None] < lengths, values, 0.0), lengths


def _points(structure: Structure, grid: Grid, place: int, levels: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    points = np.zeros((structure.size, 7))
    points[0], points[structure.level] = grid.alpha[place], levels[place]
    if structure.damped:
        points[structure.phi] = grid.phi[place]
    if grid.trend:
        points[structure.beta], points[structure.slope] = grid.share[place], slopes[place]
    return points


@pytest.mark.parametrize("structure", STRUCTURES)
def test_both_likelihoods_are_those_of_the_recursions(structure: Structure):
    values, lengths = _pasts()
    grid = Grid.of(structure)
    for relative, found in enumerate(profiles(grid, values, lengths, relative=True)):
        for place in range(0, len(grid.alpha), 3):
            points = _points(structure, grid, place, found.levels, found.slopes)
            wanted, _, _ = likelihood(structure, points, values, lengths, np.full(7, bool(relative)))
            np.testing.assert_allclose(found.losses[place], wanted, atol=2e-3)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_first_states_leave_the_least_squares(structure: Structure):
    values, lengths = _pasts()
    grid = Grid.of(structure)
    found, _ = profiles(grid, values, lengths, relative=False)
    for place in range(len(grid.alpha)):
        points = _points(structure, grid, place, found.levels, found.slopes)
        lowest = likelihood(structure, points, values, lengths, np.zeros(7, bool))[0]
        for row in range(structure.level, structure.size):
            for step in (-0.01, 0.01):
                moved = points.copy()
                moved[row] += step
                assert (likelihood(structure, moved, values, lengths, np.zeros(7, bool))[0] > lowest - 1e-6).all()


def test_multiplicative_errors_are_impossible_where_a_forecast_is_negative():
    values = np.array([[0.9, 0.5, 0.01, 0.02, 0.5, 0.9]]).T
    additive, relative = profiles(Grid.of(Structure("A")), values, np.array([6]), relative=True)
    assert np.isfinite(additive.losses).all()
    assert np.isinf(relative.losses).any()
    assert not np.isnan(relative.losses).any()


def test_first_states_follow_small_values_where_errors_are_multiplicative_and_values_far_apart():
    values = 0.5 * 0.5 ** np.arange(11.0)[::-1, None] * (1 + 0.1 * (-1.0) ** np.arange(11)[:, None])
    structure, lengths = Structure("A"), np.full(7, 11)
    grid, many = Grid.of(structure), np.repeat(values, 7, axis=1)
    additive, relative = profiles(grid, many, lengths, relative=True)
    moved = np.flatnonzero(relative.levels[:, 0] != additive.levels[:, 0])
    assert len(moved)
    for place in moved:
        near, far = (_points(structure, grid, place, one.levels, one.slopes) for one in (relative, additive))
        losses = [likelihood(structure, points, many, lengths, np.ones(7, bool))[0] for points in (near, far)]
        assert (losses[0] < losses[1]).all()


def test_what_the_grid_finds_for_a_past_does_not_depend_on_the_others():
    values, lengths = _pasts()
    values[3, ::2] *= 0.01  # values far apart in some
    many, sizes = np.repeat(values, 50, axis=1), np.repeat(lengths, 50)
    grid = Grid.of(Structure("A", True))
    together = profiles(grid, many, sizes, relative=True)
    for column in (0, 133, 349):
        alone = profiles(grid, many[: sizes[column], [column]], sizes[[column]], relative=True)
        for one, other in zip(together, alone, strict=True):
            for name in ("levels", "slopes", "losses"):
                np.testing.assert_array_equal(getattr(one, name)[:, column], getattr(other, name)[:, 0])
