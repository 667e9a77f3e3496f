from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from forecast import backtest, outlook
from forecast.models import predict
from forecast.models.leaning import counts, lines, past_lines
from forecast.panels import from_series
from forecast.quantiles import LEVELS, Forecasts
from forecast.windows import Windows
from series.observations import Series

SPOKEN = "the intervals of combination lean on the error atlas"


def answered(*produced: str) -> Forecasts:
    return Forecasts(np.zeros((len(produced), 1, len(LEVELS))), LEVELS, produced, ("",) * len(produced))


@pytest.mark.parametrize("size", [4, 6, 10, 11, 12, 20])
def test_the_default_is_known_to_lean_by_what_it_says_of_itself(size: int) -> None:
    windows = Windows.of([[100 * 1.1**n + n % 3 for n in range(size)]])
    answer = predict("combination", windows, 2)
    assert counts(answer) == [size if size < 12 else 0]
    assert counts(predict("theta", windows, 2)) == [0]


def test_one_line_names_the_series_and_how_short_they_are() -> None:
    made = answered("x, leaning on the error atlas for its 4 values", "x, calibrated", made_of(9))
    assert lines(["a", "b", "c"], {"combination": made, "naive": answered("naive", "naive", "naive")}) == [
        f"{SPOKEN} for a, c: 4 to 9 values cannot tell how wide they have to be"
    ]
    assert past_lines({"combination": made}) == [f"{SPOKEN} in 2 of 3 windows of the backtest, those of 4 to 9 values"]
    assert lines(["a"], {"naive": answered("naive")}) == past_lines({"naive": answered("naive")}) == []


def made_of(size: int) -> str:
    return f"x, leaning on the error atlas for its {size} values, as a composition"


def test_a_forecast_and_a_backtest_of_a_short_series_say_that_they_lean(made: Callable[..., Series]) -> None:
    panel = from_series([made([3, 4, 4.5, 6, 7, 7.5])])
    ahead = outlook.make(panel, ["combination", "drift"], horizon=2, engine="batch")
    assert [one for one in ahead.warnings if SPOKEN in one] == [
        f"{SPOKEN} for cn.offshore.execution.usd: 6 values cannot tell how wide they have to be"
    ]
    past = backtest.make(panel, ["combination"], horizon=2)
    assert [one for one in past.warnings if SPOKEN in one] == [
        f"{SPOKEN} in 2 of 2 windows of the backtest, those of 4 to 5 values"
    ]


def test_a_series_long_enough_has_nothing_to_say(growing: Series) -> None:
    panel = from_series([growing])
    assert not any(SPOKEN in one for one in outlook.make(panel, ["combination"], horizon=2, rank=False).warnings)
