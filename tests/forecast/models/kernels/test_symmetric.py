from __future__ import annotations

import numpy as np

from forecast.models.kernels.symmetric import NARROW, dot, product, solve_symmetric


def _lower(matrices: np.ndarray) -> np.ndarray:
    return np.where(np.tri(len(matrices))[:, :, None] > 0, matrices, np.nan)


def test_symmetric_systems_are_solved_from_the_lower_triangle():
    rng = np.random.default_rng(1)
    roots = rng.standard_normal((5, 4, 4))
    matrices = roots @ roots.transpose(0, 2, 1) + 0.1 * np.eye(4)
    right = rng.standard_normal((5, 4))
    wanted = np.linalg.solve(matrices, right[:, :, None])[:, :, 0]
    found, definite = solve_symmetric(_lower(matrices.transpose(1, 2, 0).copy()), right.T.copy())
    assert definite.all()
    np.testing.assert_allclose(found.T, wanted, rtol=1e-9)


def test_wide_batches_are_solved_as_narrow_ones_and_only_the_lower_triangle_is_read():
    rng = np.random.default_rng(2)
    roots = rng.standard_normal((3, 3, NARROW))
    matrices = np.einsum("ikn,jkn->ijn", roots, roots) + np.eye(3)[:, :, None]
    right = rng.standard_normal((3, NARROW))
    wide, _ = solve_symmetric(_lower(matrices), right.copy())
    narrow, _ = solve_symmetric(_lower(matrices)[:, :, :7].copy(), right[:, :7].copy())
    np.testing.assert_array_equal(wide[:, :7], narrow)
    np.testing.assert_allclose(product(_lower(matrices), wide), right, atol=1e-12)
    np.testing.assert_allclose(dot(wide, right), np.sum(wide * right, axis=0), rtol=1e-12)
