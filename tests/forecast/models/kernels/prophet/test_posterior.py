from __future__ import annotations

import numpy as np

from forecast.models.kernels.prophet.design import Settings
from forecast.models.kernels.prophet.posterior import best_variance, objective, penalties


def test_the_penalties_are_prophets_priors() -> None:
    ridge, weight = penalties(2, 1, Settings())
    assert np.allclose(ridge, [1 / 25, 1 / 25, 0, 0, 1 / 100])
    assert np.allclose(weight, [0, 0, 20, 20, 0])


def test_the_objective_of_one_window_by_hand() -> None:
    ridge, weight = penalties(1, 1, Settings())
    x = np.array([[1.0, 2.0, -0.1, 3.0]])
    found = objective(np.array([0.08]), np.array([0.01]), x, ridge, weight, np.array([4]))
    # 4 log 0.1 + 0.08 / 0.02 + 2 * 0.01 + 1 / 50 + 4 / 50 + 0.1 / 0.05 + 9 / 200
    assert np.allclose(found, 4 * np.log(0.1) + 4 + 0.02 + 0.02 + 0.08 + 2 + 0.045)


def test_no_other_variance_is_better() -> None:
    squares, count = np.array([1e-12, 0.02, 3.0]), np.array([10, 14, 5])
    best = best_variance(squares, count)

    def cost(variance: np.ndarray) -> np.ndarray:
        return objective(squares, variance, np.zeros((3, 4)), *penalties(1, 1, Settings()), count)

    assert (cost(best) <= np.minimum(cost(best * 1.001), cost(best * 0.999))).all()
