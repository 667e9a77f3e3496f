from __future__ import annotations

import numpy as np

from forecast.models.refusals import lines, unanswered
from forecast.quantiles import LEVELS, Forecasts


def answered(*refusals: str) -> Forecasts:
    count = len(refusals)
    return Forecasts(np.zeros((count, 1, len(LEVELS))), LEVELS, ("x",) * count, refusals)


ANSWERS = {"ets": answered("a gap", "a gap", "short"), "naive": answered("", "", "short")}


def test_a_series_that_no_model_answers_has_the_reasons_of_all() -> None:
    assert unanswered(["a", "b", "c"], ANSWERS) == {"c": "ets: short; naive: short"}


def test_a_model_names_the_series_that_it_refused_for_one_reason_in_one_line() -> None:
    assert lines(["a", "b", "c"], ANSWERS, {"c"}) == ["ets gave no forecast of a, b: a gap"]
    many = [f"s{n}" for n in range(14)]
    (line,) = lines(many, {"ets": answered(*["a gap"] * 14)})
    assert line.endswith("s10, s11 and 2 more: a gap")
