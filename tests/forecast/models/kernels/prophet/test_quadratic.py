from __future__ import annotations

import numpy as np

from forecast.models.kernels.prophet.design import Settings, lay_out
from forecast.models.kernels.prophet.posterior import penalties
from forecast.models.kernels.prophet.quadratic import Quadratic, packed


def test_residual_squares_are_those_of_the_regression() -> None:
    random = np.random.default_rng(0)
    settings = Settings(changepoints=6)
    ridge, weight = penalties(6, 3, settings)
    parts = []
    for length in (5, 9, 30):
        layout = lay_out(np.ones(length, dtype=bool), 4, 1, settings)
        parts.append((layout.past, random.standard_normal((2, length))))
    x = random.standard_normal((6, len(ridge)))
    problem = Quadratic.of(parts, ridge, weight)
    direct = np.concatenate([((v - x[2 * k : 2 * k + 2] @ p.T) ** 2).sum(axis=1) for k, (p, v) in enumerate(parts)])
    assert np.allclose(problem.squares(x), direct)
    assert np.allclose(problem.take(np.array([4, 1])).squares(x[[4, 1]]), direct[[4, 1]])
    assert problem.count.tolist() == [5, 5, 9, 9, 30, 30]


def test_packed_brings_what_is_in_use_to_the_front() -> None:
    part, order = packed(np.array([[False, True, True], [True, False, False]]))
    assert order.tolist() == [[1, 2], [0, 1]]
    assert part.tolist() == [[True, True], [True, False]]
