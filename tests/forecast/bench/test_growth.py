from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from forecast.bench import growth, peers
from forecast.bench.exceedance import RATES
from forecast.bench.many_years import Ahead
from forecast.calibration.growth import Member
from forecast.quantiles import LEVELS


def test_peers_are_judged_on_the_series_that_they_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(peers.FOLDERS, "growth", tmp_path)
    pasts = tuple(np.log(np.linspace(start, 2 * start, 12)) for start in (10.0, 20.0, 30.0))
    grown = np.cumsum(np.full((3, 2), np.log(1.06)), axis=1)
    one = Ahead("made up", Member(pasts, grown, np.arange(3)), (2,))

    def answer(pasts: list[np.ndarray], horizon: int, season: int) -> np.ndarray:
        sure = [past[-1] + np.log(1.06) * np.arange(1, horizon + 1) for past in pasts]
        found = np.array(sure)[:, :, None] + 0.001 * (LEVELS - 0.5)
        found[0], found[1] = np.nan, found[1][:, ::-1]
        return found

    monkeypatch.setitem(peers.ANSWERS, "AutoETS", answer)
    (asked,) = [peers.Set(peers.titled(one), "annual", one.member.pasts, 2, sampled=False)]
    peers.answer_all(tmp_path, ["AutoETS"], [asked])
    judged = {judged.name: judged.probabilities for judged in growth._others(one)}
    assert np.isnan(judged["AutoETS"][0]).all()
    np.testing.assert_allclose(judged["AutoETS"][1:, 1, RATES < 6], 1.0)
    np.testing.assert_allclose(judged["AutoETS"][1:, 1, RATES > 6], 0.0, atol=1e-12)
    half = growth.Judged("growth", np.full((3, 2, len(RATES)), 0.5))
    rows = {row["model"]: row for row in growth._scored(one, [half, half, *growth._others(one)])}
    assert rows["AutoETS"]["series"] == 2
    assert rows["growth"]["series"] == 3
    assert rows["AutoETS"]["Brier"] == 0.0
    assert rows["growth"]["Brier"] == 25.0
