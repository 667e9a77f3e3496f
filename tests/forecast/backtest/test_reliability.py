from __future__ import annotations

import numpy as np
import pytest

from forecast.backtest.reliability import NARROW, STATED, WIDE, YEARS, Reliability, judge
from forecast.backtest.verdicts import UNKNOWN
from forecast.quantiles import Forecasts

LEVELS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
SCORES = np.array([-1.96, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.96])


def judged(truth: np.ndarray, rows: list[int], origins: list[int], levels: np.ndarray = LEVELS) -> list[Reliability]:
    kept = [place for place, level in enumerate(LEVELS) if level in levels]
    quantiles = np.broadcast_to(SCORES[kept], (*truth.shape, len(kept)))
    answer = Forecasts(np.array(quantiles), levels, ("model",) * len(truth), ("",) * len(truth))
    return judge("model", answer, truth, np.array(rows), np.array(origins))


def panel(spread: float) -> list[Reliability]:
    """Judge standard normal intervals of 200 series, one step from three origins, by truths of some spread."""
    truth = spread * np.random.default_rng(3).standard_normal((600, 1))
    return judged(truth, np.repeat(np.arange(200), 3).tolist(), [2001, 2002, 2003] * 200)


def test_intervals_are_judged_by_what_came() -> None:
    assert {one.verdict for one in panel(1.0)} == {STATED}
    assert {one.verdict for one in panel(2.0)} == {NARROW}
    assert {one.verdict for one in panel(0.4)} == {WIDE}


def test_the_range_by_hand() -> None:
    # 2 series, 4 origins of 2 steps: blocks of 2 origins, 3/8 of a draw's variance each, 4 blocks; 2 separate times
    found = judged(np.zeros((8, 2)), [0, 0, 0, 0, 1, 1, 1, 1], [1, 2, 3, 4, 1, 2, 3, 4])[1]
    assert (found.level, found.held, found.n, found.looks, found.times) == (0.8, 1.0, 16, 4, 2)
    reach = 2 * (0.16 * 0.375 / 4 + YEARS[0.8] ** 2 / 2) ** 0.5
    assert found.low == pytest.approx(0.8 - reach)
    assert found.high == 1.0
    assert found.verdict == UNKNOWN  # four looks tell nothing


def test_however_many_series_share_a_year_it_stays_one() -> None:
    truth = np.random.default_rng(5).standard_normal((5000, 1))
    found = judged(truth, list(range(5000)), [2001] * 5000)[1]
    assert found.times == 1
    assert found.low == pytest.approx(0.8 - 2 * YEARS[0.8], abs=0.005)


def test_what_has_not_come_is_not_counted() -> None:
    truth = np.full((8, 2), np.nan)
    assert [one.held for one in judged(truth, [0] * 8, list(range(8)))] == [None] * 3
    truth[0, 0] = 0.0
    assert [one.n for one in judged(truth, [0] * 8, list(range(8)))] == [1] * 3


def test_levels_without_both_ends_are_left_out() -> None:
    assert [one.level for one in judged(np.zeros((2, 1)), [0, 1], [1, 1], LEVELS[[1, 3, 5]])] == [0.8]
