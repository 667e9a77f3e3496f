from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from forecast.bench import many_years, other_years
from forecast.bench.many_years import YEARS, competition
from forecast.models.atlas import shipped


def one(values: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(x=values[:-4].tolist(), xx=values[-4:].tolist())


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = [one(100 * 1.05 ** np.arange(size)) for size in (30, 24, 13)]
    flat = one(np.array([5.0] * 20 + [7.0] * 2))
    monkeypatch.setattr(many_years, "entries", lambda *_: [*grown, flat])


def test_a_class_that_ended_sooner_is_cut_that_much_earlier() -> None:
    now, sooner = competition("M1", YEARS), competition("M1", YEARS, 2)
    assert [len(past) for past in now.pasts] == [24, 18, 7, 16]
    assert [len(past) for past in sooner.pasts] == [22, 16, 5]  # what was constant then is out
    np.testing.assert_allclose(sooner.grown[:, YEARS - 1], YEARS * np.log(1.05))


def test_series_that_always_grew_alike_are_judged_alike_from_all_years() -> None:
    table = other_years.table({"M1": shipped(1)})
    assert [row["years sooner"] for row in table.rows] == list(other_years.SOONER)
    assert [row["series"] for row in table.rows] == [4, 3, 2, 2, 2]
    for row in table.rows:
        assert 0 <= row["Brier"] < 15
        assert row["off"] >= abs(row["too high"]) - 0.1
