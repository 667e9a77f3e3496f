from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from forecast.bench import growth, peers
from forecast.bench.growth import brier, by_chance, calibration_error
from forecast.bench.many_years import Ahead
from forecast.calibration.growth import Member
from forecast.quantiles import LEVELS


def test_the_brier_score_of_each_series_averages_its_windows() -> None:
    probabilities = np.array([[0.5, 0.5], [1.0, 0.0], [0.9, 0.2]])
    happened = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    found = brier(probabilities, happened, [0, 0, 1])
    assert found == pytest.approx([0.125, (0.01 + 0.64) / 2])


def test_probabilities_that_come_true_as_often_as_they_say_are_calibrated() -> None:
    probabilities = np.full((10, 1), 0.7)
    happened = np.array([[1.0]] * 7 + [[0.0]] * 3)
    assert calibration_error(probabilities, happened, np.arange(10)) == pytest.approx(0.0)
    assert calibration_error(probabilities + 0.2, happened, np.arange(10)) == pytest.approx(0.2)
    assert calibration_error(1 - probabilities, happened, np.arange(10)) == pytest.approx(0.4)


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
    np.testing.assert_allclose(judged["AutoETS"][1:, 1, growth.RATES < 6], 1.0)
    np.testing.assert_allclose(judged["AutoETS"][1:, 1, growth.RATES > 6], 0.0, atol=1e-12)
    half = growth.Judged("growth", np.full((3, 2, len(growth.RATES)), 0.5))
    rows = {row["model"]: row for row in growth._scored(one, [half, half, *growth._others(one)])}
    assert rows["AutoETS"]["series"] == 2
    assert rows["growth"]["series"] == 3
    assert rows["AutoETS"]["Brier"] == 0.0
    assert rows["growth"]["Brier"] == 25.0


def test_chance_alone_makes_true_probabilities_look_false_on_few_series() -> None:
    probabilities = np.tile([[0.9, 0.5, 0.1]], (400, 1))
    few, many = by_chance(probabilities[:25], np.arange(25)), by_chance(probabilities, np.arange(400))
    assert few == pytest.approx(4 * many, rel=0.2)
    assert many == pytest.approx(np.sqrt(2 / np.pi) * (0.3 + 0.5 + 0.3) / 3 / 20, rel=0.15)
    assert by_chance(probabilities, np.arange(400) % 25) == pytest.approx(few, rel=0.2)
