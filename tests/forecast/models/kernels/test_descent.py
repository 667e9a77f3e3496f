from __future__ import annotations

import numpy as np

from forecast.models.kernels.descent import descend


def _rosenbrock(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """100 (y - x^2)^2 + (a - x)^2 with a = 1 + row."""
    x, y = points
    a = 1.0 + rows
    bend = y - x * x
    gradient = np.stack([-400 * x * bend - 2 * (a - x), 200 * bend])
    curvature = np.array([[800 * x * x + 2, -400 * x], [-400 * x, np.full_like(x, 200.0)]])
    return 100 * bend**2 + (a - x) ** 2, gradient, curvature


def _slopes(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return _rosenbrock(points, rows)[:2]


def test_a_curved_valley_is_followed_to_its_minimum():
    start = np.tile([[-1.2], [1.0]], 3)
    free = np.full((2, 3), np.inf)
    found = descend(_rosenbrock, _slopes, start, -free, free, limit=300)
    assert found.converged.all()
    np.testing.assert_allclose(found.points, [[1, 2, 3], [1, 4, 9]], rtol=1e-5)


def test_the_minimum_on_a_bound_is_found():
    start = np.array([[0.0], [0.0]])
    found = descend(_rosenbrock, _slopes, start, np.array([[-1.0], [-1.0]]), np.array([[0.5], [0.2]]), limit=300)
    # with y held at 0.2 the slope in x vanishes where 400 x^3 - 80 x + 2 x - 2 = 0
    assert found.points[1, 0] == 0.2
    x = found.points[0, 0]
    assert abs(400 * x**3 - 78 * x - 2) < 1e-3


def test_a_fixed_coordinate_stays():
    start = np.array([[0.0], [2.0]])
    found = descend(_rosenbrock, _slopes, start, np.array([[-9.0], [2.0]]), np.array([[9.0], [2.0]]))
    assert found.points[1, 0] == 2.0
    assert abs(found.points[0, 0] - np.sqrt(2.0)) < 1e-2


def test_an_inadmissible_region_is_kept_out_of():
    def walled(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        value, gradient, curvature = _rosenbrock(points, rows)
        return np.where(points[0] > 0.5, np.inf, value), gradient, curvature

    start = np.array([[-1.2, 0.9], [1.0, 0.0]])
    found = descend(
        walled, lambda points, rows: walled(points, rows)[:2], start, np.full((2, 2), -9.0), np.full((2, 2), 9.0)
    )
    assert found.points[0, 0] <= 0.5
    assert found.values[0] < 2.0
    assert np.isinf(found.values[1])


def test_a_problem_does_not_feel_its_neighbours():
    rng = np.random.default_rng(2)
    start = rng.standard_normal((2, 40))
    free = np.full((2, 40), 50.0)
    together = descend(_rosenbrock, _slopes, start, -free, free)

    def shifted(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return _rosenbrock(points, rows + 17)

    alone = descend(shifted, lambda points, rows: shifted(points, rows)[:2], start[:, 17:18], -free[:, :1], free[:, :1])
    np.testing.assert_array_equal(alone.points[:, 0], together.points[:, 17])
    assert alone.steps[0] == together.steps[17]
