from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from forecast.models.kernels.prophet.predictive import bent, spread
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


def test_a_straight_curve_bends_nothing() -> None:
    noise, jump, likelihood = np.array([1.0, 0.1]), np.full((2, 5), 0.4), np.array([0.7, 0.3])
    straight = bent(noise, jump, likelihood, LEVELS, lambda shift: 3.0 + shift)
    assert np.allclose(straight, spread(noise, jump, likelihood, LEVELS), rtol=0.05, atol=0.05)


def test_a_bent_curve_is_the_centred_law_of_curved_paths() -> None:
    drawn = _simulated(0.0, 0.3, 0.75, 6, 100_000)
    curved = np.tanh(0.5 + drawn)
    curved += np.random.default_rng(3).normal(0, 0.05, curved.shape) - curved.mean(axis=0)
    found = bent(np.array([0.05]), np.full((1, 6), 0.3), np.array([0.75]), LEVELS, lambda shift: np.tanh(0.5 + shift))
    assert np.abs((curved[:, :, None] <= found).mean(axis=0) - LEVELS).max() < 0.01
