from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.models.kernels.prophet.design import Settings, lay_out
from forecast.models.kernels.prophet.posterior import penalties
from forecast.models.kernels.prophet.quadratic import Quadratic
from forecast.models.kernels.prophet.slopes import minimise, solve

SETTINGS = Settings(changepoints=12)


@settings(max_examples=40)
@given(
    length=st.integers(6, 40),
    season=st.sampled_from([1, 4]),
    noise=st.floats(1e-4, 1.0),
    rough=st.floats(0.001, 1.0),
    seed=st.integers(0, 2**20),
)
def test_the_minimum_satisfies_its_optimality_conditions(
    length: int, season: int, noise: float, rough: float, seed: int
) -> None:
    random = np.random.default_rng(seed)
    values = np.cumsum(np.cumsum(rough * random.standard_normal((3, length)), axis=1), axis=1)
    values += random.standard_normal((3, length))
    values /= np.abs(values).max(axis=1, keepdims=True)
    layout = lay_out(np.ones(length, dtype=bool), season, 1, SETTINGS)
    ridge, weight = penalties(12, layout.past.shape[1] - 14, SETTINGS)
    x = minimise(Quadratic.of([(layout.past, values)], ridge, weight), np.full(3, noise**2), np.zeros((3, len(ridge))))

    gradient = (values - x @ layout.past.T) @ layout.past - noise**2 * ridge * x
    bound = noise**2 * weight
    tolerance = 1e-8 * bound.max() + 1e-11
    assert (np.abs(gradient) <= bound + tolerance).all()
    assert np.allclose(gradient[x != 0], (np.sign(x) * bound)[x != 0], atol=tolerance)


def test_elimination_solves_and_padding_changes_no_digit() -> None:
    random = np.random.default_rng(3)
    root = random.standard_normal((5, 6, 4))
    matrix = np.swapaxes(root, 1, 2) @ root
    wanted = random.standard_normal((5, 4))
    plain = solve(matrix.copy(), wanted.copy())
    assert np.allclose((matrix @ plain[..., None])[..., 0], wanted)
    padded = np.zeros((5, 6, 6))
    padded[:, :4, :4] = matrix
    padded[:, [4, 5], [4, 5]] = 1.0
    assert (solve(padded, np.pad(wanted, ((0, 0), (0, 2))))[:, :4] == plain).all()
    assert (solve(matrix[2:3].copy(), wanted[2:3].copy()) == plain[2:3]).all()
