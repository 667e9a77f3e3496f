from __future__ import annotations

import numpy as np

from forecast.backtest.verdicts import compare


def judged(differences: list[float], horizon: int = 1, rows: list[int] | None = None) -> tuple[str, int, float | None]:
    ours = np.repeat(np.array(differences)[:, None], horizon, axis=1)
    found = compare("a", "b", "all", ours, np.zeros_like(ours), np.array(rows or [0] * len(differences)))
    return found.verdict, found.blocks, found.p


def test_five_origins_cannot_tell_even_when_all_agree() -> None:
    assert judged([-1.0] * 5) == ("cannot tell", 5, 2 / 32)


def test_six_origins_that_all_agree_tell() -> None:
    assert judged([-1.0] * 6) == ("better", 6, 2 / 64)
    assert judged([1.0] * 6) == ("worse", 6, 2 / 64)


def test_overlapping_horizons_count_once() -> None:
    assert judged([-1.0] * 8, horizon=5) == ("cannot tell", 2, 0.5)


def test_blocks_do_not_cross_series() -> None:
    assert judged([-1.0] * 6, horizon=5, rows=[0, 1, 2, 3, 4, 5])[:2] == ("better", 6)


def test_many_blocks_use_the_normal_approximation() -> None:
    verdict, blocks, p = judged([-1.0, 1.0] * 20)
    assert (verdict, blocks, p) == ("cannot tell", 40, 1.0)
    assert judged([-1.0] * 40)[0] == "better"


def test_equal_models_and_unanswered_windows_cannot_tell() -> None:
    assert judged([0.0] * 9) == ("cannot tell", 9, 1.0)
    assert judged([np.nan] * 9) == ("cannot tell", 0, None)
