from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.arguments import read_count, read_date, read_period
from forecast.errors import InputError
from series.periods import Period

DAY = dt.date(2020, 1, 31)


def test_whole_numbers_are_counts_and_nothing_else_is() -> None:
    assert read_count(3, "horizon") == read_count(np.int64(3), "horizon") == 3
    for odd in (True, 3.0, 2.5, "3", None, [3]):
        with pytest.raises(InputError, match=r"horizon .* is no whole number; give one like 3"):
            read_count(odd, "horizon")


def test_a_date_is_read_from_a_text_or_a_moment() -> None:
    moments = (dt.datetime(2020, 1, 31, 9), pd.Timestamp("2020-01-31 09:00"), np.datetime64("2020-01-31T09:00"))  # noqa: DTZ001
    for given in (DAY, "2020-01-31", "2020-01", *moments):
        found = read_date(given)
        assert (found, type(found)) == (DAY, dt.date)
    assert read_date(None) is None
    for odd in (2020, "early", "2020-02-30", pd.NaT, [DAY]):
        with pytest.raises(InputError, match="is not a date"):
            read_date(odd)


def test_a_period_is_read_from_a_text_or_the_number_of_a_year() -> None:
    year = Period.year(2030)
    assert read_period(2030) == read_period(np.int64(2030)) == read_period("2030") == read_period(year) == year
    assert read_period("2030Q4") == Period.parse("2030Q4")
    assert read_period(None) is None
    for odd in (True, 2030.0, 30, "soon", DAY):
        with pytest.raises(InputError, match="is not a period"):
            read_period(odd)


def test_functions_take_years_as_numbers_and_dates_as_texts() -> None:
    made = forecast.run("cn.offshore.execution.usd", ["naive"], to=2025, as_of="2012-01-01", engine="batch", rank=False)
    assert made.as_of == dt.date(2012, 1, 1)
    assert made.forecasts["period"].max() == "2025"
    assert str(made.origins[0]) < "2012"
