from __future__ import annotations

import doctest

import pandas as pd
import pytest

import forecast
from forecast.errors import InputError


def test_the_example_runs() -> None:
    found = doctest.testmod(forecast)
    assert found.attempted == 5
    assert found.failed == 0


def test_a_series_and_a_single_model_are_taken_as_they_are() -> None:
    past = pd.Series([3.0, 4, 6, 7, 9, 12, 14, 15], index=range(2010, 2018), name="exports")
    made = forecast.run(past, models="theta", horizon=1, engine="batch")
    assert (made.names, list(made.answers)) == (("exports",), ["theta"])
    dated = past.set_axis(pd.period_range("2010", periods=8, freq="Y"))
    again = forecast.run(dated, models="theta", horizon=1, engine="batch")
    assert again.forecasts["value"].tolist() == made.forecasts["value"].tolist()
    assert forecast.run(past.rename(None), models="theta", horizon=1, engine="batch").names == ("value",)


def test_results_are_shown_in_a_line_and_plotted_without_naming_a_model() -> None:
    frame = pd.DataFrame({"year": range(2010, 2022), "a": range(3, 15), "b": [n * n + 2 for n in range(12)]})
    made = forecast.run(frame, models=["drift", "theta"], horizon=2, engine="batch", rank=False)
    assert repr(made) == "<Outlook of 2 annual series by drift, theta, 2 ahead: .forecasts, .ranking, .plot()>"
    assert made.plot().to_dict() == made.plot(model="drift").to_dict()
    for given in ({"series": 3}, {"model": 3}, {"model": ["drift"]}):
        with pytest.raises(InputError, match=r"is no text; give one like '(a|drift)'"):
            made.plot(**given)
    test = forecast.evaluate(frame, models=["theta"], origins=3, horizon=1)
    who = "<Backtest of 2 annual series, 6 windows by theta, naive, drift: "
    assert repr(test) == f"{who}.ranking, .scores, .coverage, .verdicts, .forecasts>"
