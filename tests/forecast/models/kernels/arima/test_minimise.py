from __future__ import annotations

import numpy as np

from forecast.models.kernels.arima.minimise import Pool

Floats = np.ndarray


def _valley(points: Floats, tags: Floats) -> tuple[Floats, Floats]:
    """Rosenbrock's, with its end at (a, a^2) for problem a = tag / 10."""
    end = tags[0] / 10.0
    x, y = points
    value = (end - x) ** 2 + 10.0 * (y - x * x) ** 2
    return value, np.stack([-2.0 * (end - x) - 40.0 * x * (y - x * x), 20.0 * (y - x * x)])


def _solve(goal: float, *batches: list[int]) -> dict[int, tuple[list[float], float]]:
    pool, found = Pool(_valley, 2, 1, 1e-12), {}
    for batch in batches:
        ones = np.ones((2, len(batch)))
        pool.put(np.array([batch]), -0.5 * ones, 0.8 * ones, 2.0 * ones, np.full(len(batch), goal))
        for _ in range(3):
            tags, points, values = pool.step()
            found |= {tag: (point.tolist(), value) for tag, point, value in zip(tags[0], points.T, values, strict=True)}
    while len(pool):
        tags, points, values = pool.step()
        found |= {tag: (point.tolist(), value) for tag, point, value in zip(tags[0], points.T, values, strict=True)}
    return found


def test_every_problem_finds_its_minimum_within_its_bounds() -> None:
    found = _solve(np.inf, [2, 5, 20])
    np.testing.assert_allclose(found[2][0], [0.2, 0.04], atol=1e-4)
    np.testing.assert_allclose(found[5][0], [0.5, 0.25], atol=1e-4)
    np.testing.assert_allclose(found[20][0], [0.8, 0.64], atol=1e-3)  # held by its bound


def test_neighbours_in_the_pool_do_not_matter() -> None:
    together, apart = _solve(np.inf, [2, 5, 20]), _solve(np.inf, [20, 5], [2, 7])
    assert all(together[tag] == apart[tag] for tag in together)


def test_a_problem_that_cannot_reach_its_goal_is_left() -> None:
    assert _solve(-1e9, [5])[5][1] > 1e-3


def test_a_step_is_at_most_twice_the_one_before_it_that_had_to_be_shortened() -> None:
    tried: list[tuple[Floats, float]] = []

    def steep(points: Floats, tags: Floats) -> tuple[Floats, Floats]:
        x, y = points
        value = (0.7 - x) ** 2 + 1000.0 * (y - x * x) ** 2
        tried.append((points[:, 0].copy(), float(value[0])))
        return value, np.stack([-2.0 * (0.7 - x) - 4000.0 * x * (y - x * x), 2000.0 * (y - x * x)])

    pool, ones = Pool(steep, 2, 1, 1e-10), np.ones((2, 2))
    pool.put(np.array([[0, 1]]), -0.6 * ones, ones, 2.0 * ones, np.full(2, np.inf))
    while len(pool):
        pool.step()
    at, lowest = tried[0]
    shortened, reached, checked = False, np.inf, 0
    for point, value in tried[1:]:
        step = float(np.abs(point - at).max())
        if value < lowest:
            reached, shortened, at, lowest = step if shortened else 2.0 * reached, False, point, value
        elif not shortened:  # the first try from here
            assert step <= 2.0 * reached + 1e-12
            shortened, checked = True, checked + 1
    assert checked > 3
    np.testing.assert_allclose(at, [0.7, 0.49], atol=1e-3)
