from __future__ import annotations

import numpy as np

from forecast.models import combination
from forecast.quantiles import Forecasts
from forecast.windows import Windows

LEVELS = np.array([0.1, 0.5, 0.9])


def answer(*rows: list[float] | None) -> Forecasts:
    quantiles = np.array([[row or [np.nan] * 3] for row in rows])
    refusals = tuple("" if row else "short" for row in rows)
    return Forecasts(quantiles, LEVELS, tuple("x" if row else "" for row in rows), refusals)


def test_it_is_the_median_of_those_that_answered_and_names_them() -> None:
    answers = {
        "drift": answer([1, 2, 3], [1, 2, 3], None),
        "theta": answer([2, 4, 9], [3, 4, 5], None),
        "ets": answer([0, 3, 4], None, None),
    }
    found = combination.combine(Windows.of([[1.0], [2.0], [3.0]]), answers)
    np.testing.assert_array_equal(found.quantiles[0, 0], [1, 3, 4])
    np.testing.assert_array_equal(found.quantiles[1, 0], [2, 3, 4])
    assert np.isnan(found.quantiles[2]).all()
    assert found.produced == ("combination of drift, theta, ets", "combination of drift, theta", "")
    assert found.refusals == ("", "", "short")
