from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from forecast.calibration.evidence import stretched, weigh
from forecast.quantiles import LEVELS, Forecasts


def stated(size: int, width: float, support: str) -> tuple[Forecasts, list[str]]:
    """Quantiles of a normal on the scale of the support, three steps ahead."""
    offsets = np.broadcast_to(width * norm.ppf(LEVELS), (size, 3, len(LEVELS)))
    values = {"real": offsets, "positive": np.exp(offsets), "percent": 100 / (1 + np.exp(-offsets))}[support]
    return Forecasts(values, LEVELS, ("combination",) * size, ("",) * size), [support] * size


@pytest.mark.parametrize("support", ["real", "positive", "percent"])
def test_intervals_half_as_wide_as_the_errors_go_half_the_way_by_much_evidence(support: str) -> None:
    answer, supports = stated(900, 0.1, support)
    errors = 0.2 * np.random.default_rng(1).normal(size=(900, 3))
    truth = {"real": errors, "positive": np.exp(errors), "percent": 100 / (1 + np.exp(-errors))}[support]
    found = weigh(answer, truth, np.repeat(np.arange(300), 3), supports)
    assert found.blocks == 300
    assert found.ratio == pytest.approx(2.0, abs=0.15)
    assert found.factor == pytest.approx(found.ratio ** (300 / 630))
    wider = stretched(answer, supports, found)
    low, high = (list(LEVELS).index(level) for level in (0.1, 0.9))
    covered = (wider.quantiles[:, :, low] <= truth) & (truth <= wider.quantiles[:, :, high])
    assert covered.mean() == pytest.approx(0.63, abs=0.03)
    assert "stretched by 1." in wider.produced[0]
    assert (np.diff(wider.quantiles, axis=2) > 0).all()
    np.testing.assert_allclose(wider.median, answer.median)


def test_little_evidence_moves_little_and_almost_none_nothing() -> None:
    answer, supports = stated(12, 0.1, "real")
    truth = np.full((12, 3), 0.3)
    some = weigh(answer, truth, np.arange(12), supports)
    assert some.blocks == 12
    assert 1 < some.factor < some.ratio**0.3
    few = weigh(answer, truth, np.repeat(np.arange(3), 4), supports)
    assert (few.blocks, few.factor) == (6, 1.0)
    assert stretched(answer, supports, few) is answer


def test_a_backtest_without_truth_says_nothing() -> None:
    answer, supports = stated(2, 0.1, "real")
    assert weigh(answer, np.full((2, 3), np.nan), np.arange(2), supports).factor == 1.0


def test_a_constant_window_stays_constant() -> None:
    values = np.full((30, 3, len(LEVELS)), 7.0)
    answer = Forecasts(values, LEVELS, ("constant",) * 30, ("",) * 30)
    found = weigh(answer, np.full((30, 3), 7.0), np.arange(30), ["real"] * 30)
    assert found.factor == 1.0
