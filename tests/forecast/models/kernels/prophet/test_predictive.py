from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from forecast.models.kernels.prophet.predictive import spread
from forecast.quantiles import LEVELS


def _simulated(noise: float, jump: float, likelihood: float, horizon: int, paths: int) -> np.ndarray:
    """Draw as prophet 1.5.0 does: `_make_trend_shift_matrix`, summed twice, plus noise."""
    random = np.random.default_rng(11)
    shift = (random.uniform(size=(paths, horizon)) < likelihood) * random.laplace(0, jump, (paths, horizon))
    before = np.hstack([np.zeros((paths, 1)), shift[:, :-1]])
    return ((before + shift) / 2).cumsum(axis=1).cumsum(axis=1) + random.normal(0, noise, (paths, horizon))


@pytest.mark.parametrize(("likelihood", "horizon", "jump"), [(0.75, 6, 0.3), (0.75, 6, 30.0), (0.2, 12, 2.0)])
def test_quantiles_are_those_of_the_packages_simulation(likelihood: float, horizon: int, jump: float) -> None:
    drawn = _simulated(1.0, jump, likelihood, horizon, 100_000)
    found = spread(np.ones(1), np.full((1, horizon), jump), np.array([likelihood]), LEVELS)[0]
    below = (drawn[:, :, None] <= found[None]).mean(axis=0)
    assert np.abs(below - LEVELS).max() < 0.006


def test_without_changes_the_noise_is_normal() -> None:
    found = spread(np.array([2.0]), np.zeros((1, 3)), np.array([0.5]), LEVELS)
    assert np.allclose(found, 2.0 * ndtri(LEVELS))


def test_quantiles_ascend_are_symmetric_and_do_not_depend_on_the_batch() -> None:
    noise, jump = np.array([1e-9, 1.0, 0.02]), np.array([[0.1] * 4, [1e-8] * 4, [-0.1] * 4])
    likelihood = np.array([0.8, 0.5, 0.7])
    found = spread(noise, jump, likelihood, LEVELS)
    assert (np.diff(found, axis=2) >= 0).all()
    assert np.allclose(found, -found[..., ::-1])
    for row in range(3):
        assert (
            spread(noise[row : row + 1], jump[row : row + 1], likelihood[row : row + 1], LEVELS) == found[row]
        ).all()
