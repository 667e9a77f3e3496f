from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.special import ndtri

from forecast.hierarchies import joint
from forecast.hierarchies.joint import Scores, at_scores, between, reconcile_quantiles
from forecast.quantiles import LEVELS
from forecast.windows import Floats

SUMS = sparse.csc_matrix([[1.0, 1, 1]])
MIDDLE = int(np.argmin(np.abs(LEVELS - 0.5)))


def normal(centre: list[float], spread: list[float]) -> Floats:
    return np.array([[c + s * ndtri(LEVELS)] for c, s in zip(centre, spread, strict=True)])


def errors(correlation: float, count: int = 400) -> Floats:
    rng = np.random.default_rng(3)
    parts = np.sqrt(correlation) * rng.standard_normal((count, 1)) + np.sqrt(1 - correlation) * rng.standard_normal(
        (count, 3)
    )
    return np.hstack([parts.sum(axis=1, keepdims=True), parts])


@pytest.mark.parametrize(("correlation", "spread"), [(0.0, np.sqrt(3)), (0.9, np.sqrt(3 + 6 * 0.9))])
def test_the_interval_of_a_whole_follows_how_its_parts_go_together(correlation: float, spread: float) -> None:
    base = normal([30, 10, 10, 10], [spread, 1, 1, 1])
    found = reconcile_quantiles(base, LEVELS, SUMS, errors(correlation), 1, False)
    np.testing.assert_allclose(found, base, rtol=0.03, atol=0.35)


def test_medians_add_up_and_quantiles_ascend() -> None:
    base = np.exp(normal([3.5, 2, 2, 1], [0.3, 0.5, 0.9, 1.5]))
    found = reconcile_quantiles(base, LEVELS, SUMS, errors(0.4), 1, True)
    np.testing.assert_allclose(found[0, :, MIDDLE], found[1:, :, MIDDLE].sum(axis=0), rtol=1e-12)
    assert (np.diff(found, axis=2) >= 0).all()
    assert (found >= 0).all()


def test_what_adds_up_already_keeps_its_medians() -> None:
    base = normal([6, 1, 2, 3], [2, 1, 1, 1])
    found = reconcile_quantiles(base, LEVELS, SUMS, errors(0.2), 1, False)
    np.testing.assert_allclose(found[:, :, MIDDLE], base[:, :, MIDDLE], atol=1e-9)


def test_amounts_stay_above_zero_where_the_whole_is_small() -> None:
    base = np.maximum(normal([4, 3, 2, 0.05], [1, 1, 1, 0.1]), 0)
    found = reconcile_quantiles(base, LEVELS, SUMS, errors(0.0), 1, True)
    assert (found >= 0).all()
    np.testing.assert_allclose(found[0, :, MIDDLE], found[1:, :, MIDDLE].sum(axis=0), rtol=1e-9)


def test_scores_have_the_errors_own_correlations() -> None:
    past = errors(0.7, 16)
    scores = Scores(past, 50_000, 1).of(slice(None))
    unit = past / np.sqrt((past**2).mean(axis=0))
    np.testing.assert_allclose(scores @ scores.T / scores.shape[1], unit.T @ unit / 16, atol=0.02)
    np.testing.assert_allclose(np.sort(scores[0]), -np.sort(-scores[0])[::-1])
    past[:, 2] = np.nan
    apart = Scores(past, 50_000, 1).of(slice(None))
    assert apart[2].std() == pytest.approx(1, abs=0.02)


def test_values_at_scores_lie_between_the_quantiles() -> None:
    places = np.array([-1.0, 0.0, 1.0])
    values = at_scores(between(np.array([[-2.0, -0.5, 0.0, 2.0]]), places), np.array([[0.0, 10.0, 30.0]]))
    np.testing.assert_allclose(values, [[-10, 5, 10, 50]])


def test_the_size_of_blocks_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    base = np.exp(normal([3.5, 2, 2, 1], [0.3, 0.5, 0.9, 1.5]))
    whole = reconcile_quantiles(base, LEVELS, SUMS, errors(0.4), 1, True)
    monkeypatch.setattr(joint, "BLOCK", 1)
    np.testing.assert_allclose(reconcile_quantiles(base, LEVELS, SUMS, errors(0.4), 1, True), whole, rtol=1e-12)
