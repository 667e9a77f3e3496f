from __future__ import annotations

import numpy as np
import pytest

from forecast.bench.exceedance import RATES, brier, by_chance, calibration_error, exceeding, happened_by
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


def test_chance_alone_makes_true_probabilities_look_false_on_few_series() -> None:
    probabilities = np.tile([[0.9, 0.5, 0.1]], (400, 1))
    few, many = by_chance(probabilities[:25], np.arange(25)), by_chance(probabilities, np.arange(400))
    assert few == pytest.approx(4 * many, rel=0.2)
    assert many == pytest.approx(np.sqrt(2 / np.pi) * (0.3 + 0.5 + 0.3) / 3 / 20, rel=0.15)
    assert by_chance(probabilities, np.arange(400) % 25) == pytest.approx(few, rel=0.2)


def test_what_grew_by_a_rate_reached_all_up_to_it() -> None:
    member = Member((np.log([90.0, 100.0]),), np.log(1.06) * np.array([[1.0, 2.0]]), np.array([0]))
    grown, reached = happened_by(member, 2)
    np.testing.assert_allclose(grown, 6.0)
    assert RATES[reached[0] == 1].max() == 5.0
    sure = np.broadcast_to(100 * 1.06 ** np.arange(1, 3)[None, :, None], (1, 2, len(LEVELS)))
    spread = sure * (1 + 0.0001 * (LEVELS - 0.5))
    np.testing.assert_allclose(exceeding(spread, member)[0, 1], reached[0], atol=1e-9)
