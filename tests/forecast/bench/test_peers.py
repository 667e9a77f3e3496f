from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from forecast.bench import peers
from forecast.calibration.competitions import entries
from forecast.quantiles import LEVELS, Floats


def test_every_beginning_of_the_order_is_spread_evenly() -> None:
    order = peers.spread(181)
    assert sorted(order) == list(range(181))
    for size in (16, 50, 100):
        gaps = np.diff(sorted(order[:size]))
        assert gaps.max() <= 4 * 181 / size
    assert peers.spread(1) == [0]


def test_what_is_stored_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def answer(pasts: Sequence[Floats], horizon: int, season: int) -> Floats:
        asked.append(len(pasts))
        return np.array([np.full((horizon, len(LEVELS)), past[-1]) for past in pasts])

    monkeypatch.setitem(peers.ANSWERS, "made up", answer)
    monkeypatch.setitem(peers.CAPS, "made up", {"annual": 50, "quarterly": 5})
    monkeypatch.setattr(peers, "MONTHLY", 3)
    peers.answer_all(tmp_path, ["made up"], peers.official())
    assert sorted(asked) == [3, 3, 3, 5, 5, 5, 10, 10, 10, 40, 40, 40]
    peers.answer_all(tmp_path, ["made up"], peers.official())
    assert len(asked) == 12
    rows, quantiles, _ = peers.stored(tmp_path, "M3-annual", "made up")
    assert quantiles.shape == (50, 6, 23)
    np.testing.assert_array_equal(quantiles[:, 0, 0], [entries("M3", "annual")[row].x[-1] for row in rows])
    assert "numpy" in peers.versions(tmp_path)


def test_nothing_stored_is_nothing(tmp_path: Path) -> None:
    assert peers.stored(tmp_path, "M3-annual", "AutoETS")[0] == []
    assert peers.versions(tmp_path) == "versions unknown"
