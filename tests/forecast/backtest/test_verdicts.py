from __future__ import annotations

import numpy as np
import pytest

from forecast.backtest.priors import prior
from forecast.backtest.verdicts import STATED, Verdict, compare
from forecast.windows import Floats


def judged(
    ratios: list[float] | Floats, horizon: int = 1, rows: list[int] | None = None, pair: tuple[str, str] = ("a", "b")
) -> Verdict:
    """Judge a model whose scores are `ratios` times the other's."""
    theirs = np.ones((len(ratios), horizon))
    ours = theirs * np.array(ratios)[:, None]
    return compare(*pair, "all", ours, theirs, np.array(rows or [0] * len(ratios)))


@pytest.mark.parametrize("seed", range(30))
def test_three_to_five_origins_of_noise_cannot_tell(seed: int) -> None:
    random = np.random.default_rng(seed)
    noise = np.exp(prior("theta", "ets", 1).windows * random.standard_normal(3 + seed % 3))
    assert judged(noise, horizon=5, pair=("theta", "ets")).verdict == "cannot tell"
    assert judged(noise, horizon=1, pair=("theta", "ets")).verdict == "cannot tell"


def test_five_origins_that_all_agree_are_one_block_and_cannot_tell() -> None:
    found = judged([0.8] * 5, horizon=5, pair=("theta", "ets"))
    assert (found.verdict, found.blocks, found.n) == ("cannot tell", 1, 5)
    assert found.probability > 0.5


def test_fewer_than_six_blocks_tell_nothing_however_clear() -> None:
    assert judged([0.1] * 5).verdict == "cannot tell"
    assert judged([0.1] * 6).verdict == "better"


def test_two_hundred_clear_windows_tell() -> None:
    random = np.random.default_rng(1)
    better = 0.7 * np.exp(0.3 * random.standard_normal(200))
    found = judged(better, horizon=4, rows=np.repeat(np.arange(40), 5).tolist(), pair=("theta", "ets"))
    assert found.verdict == "better"
    assert found.probability > 0.99
    assert 0.7 < found.expected < 0.85
    assert judged(1 / better, horizon=4, rows=np.repeat(np.arange(40), 5).tolist()).verdict == "worse"


def test_the_two_sides_of_a_comparison_agree() -> None:
    ours, theirs = np.array([[0.9], [1.3], [0.4]]), np.array([[1.1], [1.0], [0.9]])
    rows = np.zeros(3, dtype=np.int64)
    one = compare("theta", "prophet", "all", ours, theirs, rows)
    other = compare("prophet", "theta", "all", theirs, ours, rows)
    assert one.probability + other.probability == pytest.approx(1.0)
    assert one.expected * other.expected == pytest.approx(1.0)
    assert one.p == other.p


def test_without_windows_it_is_what_the_competitions_say_and_no_verdict() -> None:
    found = judged([np.nan] * 9, pair=("combination", "prophet"))
    assert (found.verdict, found.n, found.blocks, found.p, found.difference) == ("cannot tell", 0, 0, None, None)
    assert found.probability > 0.5


def test_evidence_overcomes_the_competitions_little_by_little() -> None:
    found = [  # of the same panel: what is expected of one series is another thing than what is of many
        judged([1.5] * 5 * count, pair=("combination", "prophet"), rows=list(range(5)) * count).probability
        for count in (1, 5, 40, 400)
    ]
    assert found == sorted(found, reverse=True)
    assert found[-1] < 1 - STATED


def test_overlapping_origins_count_once() -> None:
    alone, overlapping = judged([0.8, 0.8], horizon=1), judged([0.8] * 10, horizon=5)
    assert overlapping.blocks == 2
    assert overlapping.probability == pytest.approx(alone.probability)


def test_blocks_do_not_cross_series() -> None:
    assert judged([0.5] * 6, horizon=5, rows=[0, 1, 2, 3, 4, 5]).blocks == 6


def test_more_series_leave_less_doubt_about_their_mean() -> None:
    few, many = (judged([0.8] * count, rows=list(range(count))).probability for count in (2, 50))
    assert few < many


def test_the_p_value_knows_no_competitions() -> None:
    assert judged([0.5] * 5).p == 2 / 32
    assert judged([0.5, 1.5] * 20).p == 1.0
    assert judged([1.0] * 9).p == 1.0
