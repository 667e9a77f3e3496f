import numpy as np
import pytest
from scipy.stats import t

from forecast.models import mean
from forecast.quantiles import LEVELS
from forecast.windows import Windows

PAST = [3.0, -1.0, 2.0, 0.5, 4.0, -2.5]


def test_it_is_students_prediction_of_a_new_value_at_every_step() -> None:
    found = mean.forecast(Windows.of([PAST]), 3, LEVELS)
    spread = np.std(PAST, ddof=1) * np.sqrt(1 + 1 / 6)
    np.testing.assert_allclose(found.quantiles[0], np.tile(np.mean(PAST) + spread * t.ppf(LEVELS, 5), (3, 1)))
    assert found.produced == ("mean",)


def test_intervals_hold_what_they_say_of_white_noise() -> None:
    rng = np.random.default_rng(2)
    pasts, came = rng.standard_normal((20000, 5)), rng.standard_normal(20000)
    found = mean.forecast(Windows.of(list(pasts)), 1, np.array([0.1, 0.9])).quantiles[:, 0]
    assert ((found[:, 0] <= came) & (came <= found[:, 1])).mean() == pytest.approx(0.8, abs=0.01)


def test_too_few_values_are_refused_and_equal_ones_are_constant() -> None:
    found = mean.forecast(Windows.of([[1.0, 2.0, 3.0], [7.0] * 4]), 2, LEVELS)
    assert found.refusals == ("3 observations; at least 4 are needed", "")
    assert found.produced == ("", "constant")
