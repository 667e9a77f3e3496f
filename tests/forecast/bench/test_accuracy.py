from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from forecast.bench import accuracy, measure
from forecast.bench.peers import FOLDERS
from forecast.errors import InputError
from forecast.models.atlas import shipped


@pytest.mark.parametrize("suite", ["accuracy", "growth"])
def test_without_peers_and_answers_it_says_how_to_get_them(
    suite: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(FOLDERS, suite, tmp_path / "nothing")
    with pytest.raises(InputError, match=f"make bench SUITE={suite}"):
        measure(suite, Path("no/such/python"))


@pytest.mark.slow
def test_every_contestant_answers_every_series(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(FOLDERS, "accuracy", tmp_path)
    found = accuracy.contest("M1", "annual", shipped(1))
    assert found.title == "annual M1"
    assert set(found.said) == {"Naive2", "combination", "our drift", "our theta", "our ets", "our prophet"}
    assert all(np.isfinite(quantiles).all() for quantiles in found.said.values())
    assert found.truth.shape == (181, 6)
    assert found.ratio("CRPS", "combination") < 0.75
