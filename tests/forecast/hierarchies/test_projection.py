from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import nnls

from forecast.hierarchies.projection import Covariance, Projection, fit_bottom, shrink_covariance
from forecast.windows import Floats

SUMS = sparse.csc_matrix([[1.0, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]])
SUMMING = np.vstack([SUMS.toarray(), np.eye(4)])
ERRORS = np.array(
    [
        [-1.33, -2.453, 1.106, -0.801, -1.457, -0.45, 1.019],
        [2.015, 2.4, 0.175, 2.221, 0.917, 0.259, 0.431],
        [4.117, 2.888, 1.497, 0.985, 2.113, 1.282, 0.166],
        [0.646, 0.268, 0.216, -0.572, 0.908, 1.477, -1.275],
        [-1.632, -1.522, -0.142, 0.164, -1.449, -0.793, 0.327],
        [0.265, -0.747, 0.833, -0.717, 0.147, 0.626, 0.066],
        [0.954, 1.997, -1.078, 0.387, 0.531, -0.93, 0.02],
        [-1.845, -1.632, -0.873, -0.842, -0.773, -0.768, 0.152],
        [-0.541, 0.36, -0.516, -0.155, 0.244, -0.509, -0.148],
        [-2.387, -2.836, -0.301, -0.926, -2.152, 0.358, 0.04],
        [2.051, 2.75, -0.21, 1.161, 1.426, -1.349, 0.347],
        [-2.313, -1.473, -0.705, -0.906, -0.455, 0.796, -1.145],
    ]
)
ERRORS = ERRORS - ERRORS.mean(axis=0)  # the reference takes the mean out
BASES = np.array([[105.0, 52, 60, 20, 30, 25, 31], [31, 32, 0.2, 20, 12, 3, 0.1]])
# hierarchicalforecast 1.5.3: MinTrace("mint_shrink", nonnegative=...).fit_predict(S, y_hat, y_insample, y_hat_insample)
FREE = [
    [106.239334, 48.164131, 58.075203, 19.276598, 28.887532, 26.829853, 31.24535],
    [32.584492, 31.488087, 1.096405, 19.670119, 11.817969, 1.294387, -0.197982],
]
ABOVE_ZERO = [
    [106.239334, 48.164131, 58.075203, 19.276598, 28.887533, 26.829853, 31.24535],
    [32.662516, 31.500838, 1.161678, 19.737436, 11.763402, 1.161678, 0.0],
]


def test_minimum_trace_agrees_with_hierarchicalforecast() -> None:
    found = SUMMING @ Projection(SUMS, shrink_covariance(ERRORS)).bottom(BASES.T)
    np.testing.assert_allclose(found.T, FREE, atol=2e-5)


def test_non_negative_reconciliation_agrees_with_hierarchicalforecast() -> None:
    covariance = shrink_covariance(ERRORS)
    found = [SUMMING @ fit_bottom(SUMS, covariance, base) for base in BASES]
    np.testing.assert_allclose(found, ABOVE_ZERO, atol=2e-5)
    assert found[1].min() == 0.0


def test_minimum_trace_is_generalised_least_squares() -> None:
    covariance = shrink_covariance(ERRORS)
    inverse = np.linalg.inv(covariance.matrix())
    wanted = np.linalg.solve(SUMMING.T @ inverse @ SUMMING, SUMMING.T @ inverse)
    np.testing.assert_allclose(Projection(SUMS, covariance).bottom(np.eye(7)), wanted, atol=1e-9)


def test_correlations_and_their_shrinkage_are_those_of_the_pairs() -> None:
    scaled = ERRORS / np.sqrt((ERRORS**2).mean(axis=0))
    products = scaled[:, :, None] * scaled[:, None, :]
    mean, apart = products.mean(axis=0), ~np.eye(7, dtype=bool)
    intensity = (products.var(axis=0, ddof=1) / len(ERRORS))[apart].sum() / (mean[apart] ** 2).sum()
    found = shrink_covariance(ERRORS)
    assert found.shrinkage == pytest.approx(intensity)
    root = np.sqrt((ERRORS**2).mean(axis=0))
    wanted = np.where(apart, (1 - intensity) * mean, 1.0) * root[:, None] * root
    np.testing.assert_allclose(found.matrix(), wanted, rtol=1e-10)


def test_one_whole_of_two_parts_by_hand() -> None:
    """A whole off by 3 with variance 1, 1, 1: each bears a third."""
    alone = Covariance(np.ones(3), np.zeros((3, 0)), 1.0)
    found = Projection(sparse.csc_matrix([[1.0, 1]]), alone).bottom(np.array([[13.0], [6], [4]]))
    np.testing.assert_allclose(found[:, 0], [7, 5])


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_coherent_forecasts_stay_as_they_are(seed: int) -> None:
    rng = np.random.default_rng(seed)
    covariance = shrink_covariance(rng.standard_normal((5, 7)) * rng.uniform(0.1, 10, 7))
    assert 0 <= covariance.shrinkage <= 1
    bottom = rng.uniform(1, 9, 4)
    np.testing.assert_allclose(Projection(SUMS, covariance).bottom(SUMMING @ bottom[:, None])[:, 0], bottom, rtol=1e-6)
    np.testing.assert_allclose(fit_bottom(SUMS, covariance, SUMMING @ bottom), bottom, rtol=1e-5)


def tree(seed: int, parts: int, groups: int) -> tuple[sparse.csc_matrix, Covariance, Floats]:
    """A total, groups and parts with correlated errors, and base forecasts of which many are near zero."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, parts)
    sums = np.vstack([np.ones(parts), np.arange(groups)[:, None] == group])
    errors = rng.standard_normal((12, 1)) + rng.standard_normal((12, 1 + groups + parts))
    bottom = np.maximum(rng.uniform(-1, 2, parts), 0.0)
    base = np.concatenate([sums @ bottom * rng.uniform(0.7, 1.3, 1 + groups), bottom])
    return sparse.csc_matrix(sums), shrink_covariance(errors * rng.uniform(0.1, 3, errors.shape[1])), base


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_non_negative_reconciliation_is_the_quadratic_program(seed: int) -> None:
    sums, covariance, base = tree(seed, 40, 6)
    lower = np.linalg.cholesky(covariance.matrix())
    summing = np.vstack([sums.toarray(), np.eye(40)])
    wanted, _ = nnls(np.linalg.solve(lower, summing), np.linalg.solve(lower, base), maxiter=2000)
    found = fit_bottom(sums, covariance, base)
    assert (found >= 0).all()
    np.testing.assert_allclose(found, wanted, atol=1e-7)


def test_series_that_are_never_seen_together_are_not_correlated() -> None:
    holes = ERRORS.copy()
    holes[:10, 3] = np.nan  # two errors say nothing of correlations
    holes[:6, 4], holes[6:, 5] = np.nan, np.nan
    covariance = shrink_covariance(holes).matrix()
    assert np.linalg.eigvalsh(covariance)[0] > 0
    assert not covariance[3, [0, 1, 2, 4, 5, 6]].any()
    assert covariance[3, 3] == pytest.approx((ERRORS[10:, 3] ** 2).mean())
    assert covariance[4, 5] == 0.0
    np.testing.assert_allclose(np.diag(covariance), np.nanmean(holes**2, axis=0))


def test_errors_of_zero_leave_a_covariance_that_can_be_solved() -> None:
    for errors in (np.zeros((5, 7)), np.where(np.arange(7) == 2, 0.0, ERRORS)):
        assert np.isfinite(Projection(SUMS, shrink_covariance(errors)).bottom(BASES.T)).all()


def test_a_hundred_thousand_series_are_no_square() -> None:
    sums, covariance, base = tree(1, 100_000, 2_000)
    found = fit_bottom(sums, covariance, base)
    pulls = _inverse(covariance, base - np.concatenate([sums @ found, found]))
    pull, slack = sums.T @ pulls[:2001] + pulls[2001:], 1e-5 * np.abs(pulls).max()
    assert (pull[found == 0] <= slack).all()  # nothing at zero would rise
    np.testing.assert_allclose(pull[found > 0], 0.0, atol=slack)


def _inverse(covariance: Covariance, vector: Floats) -> Floats:
    """W^-1 times a vector, by Woodbury."""
    own, loadings = covariance.own, covariance.loadings
    core = np.eye(loadings.shape[1]) + loadings.T @ (loadings / own[:, None])
    alone = vector / own
    return np.asarray(alone - (loadings / own[:, None]) @ np.linalg.solve(core, loadings.T @ alone))
