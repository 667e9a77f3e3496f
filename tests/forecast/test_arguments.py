from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.arguments import (
    read_count,
    read_date,
    read_flag,
    read_horizon,
    read_names,
    read_number,
    read_numbers,
    read_period,
    read_year,
)
from forecast.errors import InputError
from series.periods import Period

DAY = dt.date(2020, 1, 31)


def test_whole_numbers_are_counts_and_nothing_else_is() -> None:
    assert read_count(3, "horizon") == read_count(np.int64(3), "horizon") == 3
    for odd in (True, 3.0, 2.5, "3", None, [3]):
        with pytest.raises(InputError, match=r"horizon .* is no whole number; give one like 3"):
            read_count(odd, "horizon")


@pytest.mark.parametrize("horizon", [0, -1, 121, 10_000])
def test_a_horizon_outside_is_refused(horizon: int) -> None:
    with pytest.raises(InputError, match=r"outside 1\.\.120"):
        read_horizon(horizon)


@pytest.mark.parametrize("horizon", ["3", 2.5, 3.0, True, [3]])
def test_a_horizon_is_a_whole_number(horizon: Any) -> None:
    with pytest.raises(InputError, match=r"horizon .* is no whole number; give one like 3"):
        read_horizon(horizon)
    assert read_horizon(int(np.int64(3))) == 3


def test_a_date_is_read_from_a_text_or_a_moment() -> None:
    moments = (dt.datetime(2020, 1, 31, 9), pd.Timestamp("2020-01-31 09:00"), np.datetime64("2020-01-31T09:00"))  # noqa: DTZ001
    for given in (DAY, "2020-01-31", "2020-01", *moments):
        found = read_date(given)
        assert (found, type(found)) == (DAY, dt.date)
    assert read_date(None) is None
    for odd in (2020, "early", "2020-02-30", pd.NaT, np.datetime64("NaT"), [DAY]):
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


def test_a_period_is_read_from_pandas_and_from_a_date_of_a_frequency() -> None:
    assert read_period(pd.Period("2030", "Y")) == Period.year(2030)
    assert read_period(pd.Period("2030Q4", "Q")) == Period.parse("2030Q4")
    assert read_period(pd.Period("2030-07", "M")) == Period.parse("2030-07")
    for day in (dt.date(2030, 5, 9), pd.Timestamp("2030-05-09"), np.datetime64("2030-05-09")):
        assert read_period(day, "annual") == Period.year(2030)
        assert read_period(day, "quarterly") == Period.parse("2030Q2")
        assert read_period(day, "monthly") == Period.parse("2030-05")
    for odd, said in (
        (pd.NaT, "is not a period"),
        (np.datetime64("NaT"), "is not a period"),
        (pd.Period("2030", "Y-MAR"), r"is a fiscal period, 2029-04\.\.2030-03; give one of the calendar"),
        (pd.Period("2030-05-09", "W"), "is no month, quarter or year"),
    ):
        with pytest.raises(InputError, match=said):
            read_period(odd, "annual")


def test_a_year_is_a_number_a_text_or_a_period() -> None:
    for given in (2020, np.int64(2020), "2020", Period.year(2020), pd.Period("2020", "Y")):
        assert read_year(given) == 2020
    for odd in (2020.0, None, True, "2020Q1", [2020], DAY):
        with pytest.raises(InputError, match=r"is not a year; give one like 2020"):
            read_year(odd)


def test_truth_values_are_no_texts() -> None:
    assert read_flag(value=True, what="rank") is True
    assert read_flag(np.bool_(False), "rank") is False
    for odd in ("no", "False", 1, 0, None, []):
        with pytest.raises(InputError, match=r"reconcile .* is neither True nor False"):
            read_flag(odd, "reconcile")


def test_numbers_are_no_texts_and_no_lists() -> None:
    assert read_number(3, "level") == read_number(np.float64(3), "level") == read_number(np.array(3), "level") == 3.0
    for odd in ("3", None, [3], True, pd.NaT):
        with pytest.raises(InputError, match=r"level .* is no number"):
            read_number(odd, "level")
    assert read_numbers([[1, 2], [3, 4]], "value").tolist() == [[1, 2], [3, 4]]
    assert np.isnan(read_numbers([1, None], "value")).tolist() == [False, True]
    for odd in ("3", ["a"], [[1, 2], [3]], [object()], True, {"a": 1}):
        with pytest.raises(InputError, match=r"value .* holds something else than numbers"):
            read_numbers(odd, "value")


@pytest.mark.parametrize(
    "given",
    ["theta", ["theta"], ("theta",), np.array(["theta"]), pd.Index(["theta"]), pd.Series(["theta"]), np.str_("theta")],
)
def test_names_stand_alone_or_in_anything_that_lists_them(given: object) -> None:
    assert read_names(given, "models", "ets") == read_names(iter(["theta"]), "models", "ets") == ["theta"]


@pytest.mark.parametrize(
    "odd", [1, [1], [None], b"theta", [b"theta"], True, {"theta": 1}, [["theta"]], None, [], "", ()]
)
def test_what_names_nothing_is_refused_in_a_line(odd: object) -> None:
    with pytest.raises(InputError, match=r"models .*(names none|neither a name nor a list of names).*'ets'") as caught:
        read_names(odd, "models", "ets")
    assert "\n" not in str(caught.value)


FRAME = pd.DataFrame({"year": range(2010, 2022), "a": range(3, 15), "b": [n * n + 2 for n in range(12)]})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rank": "no"}, "rank 'no' is neither True nor False"),
        ({"reconcile": "False"}, "reconcile 'False' is neither"),
        ({"seed": "x"}, "seed 'x' is no whole number"),
        ({"seed": 1.5}, "seed 1.5 is no whole number"),
        ({"seed": None}, "seed None is no whole number"),
        ({"sums": 3}, "sums 3 is no text; give one like 'whole=part"),
        ({"models": []}, r"models \[\] names none; leave it out, or give one like 'combination'"),
        ({"models": ""}, "models '' names none"),
        ({"models": [1]}, "neither a name nor a list of names"),
        ({"as_of": np.datetime64("NaT")}, "is not a date"),
        ({"to": pd.Period("2025", "Y-MAR")}, "is a fiscal period"),
    ],
)
def test_a_run_refuses_what_it_cannot_read(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        forecast.run(FRAME, **({"models": ["naive"], "engine": "batch"} | given))


def test_a_backtest_refuses_what_it_cannot_read() -> None:
    for given, said in (({"seed": "x"}, "seed 'x'"), ({"models": ()}, "names none"), ({"models": 1}, "neither a name")):
        with pytest.raises(InputError, match=said):
            forecast.evaluate(FRAME, **({"models": ["naive"]} | given))


def test_a_run_takes_names_and_last_periods_of_any_kind() -> None:
    for names in (np.array(["naive", "drift"]), pd.Index(["naive", "drift"]), (one for one in ("naive", "drift"))):
        made = forecast.run(FRAME, names, horizon=1, engine="batch", rank=False)
        assert list(made.answers) == ["naive", "drift"]
    for last in (pd.Period("2025", "Y"), pd.Timestamp("2025-12-31"), dt.date(2025, 6, 30), np.int64(2025)):
        assert forecast.run(FRAME, "naive", to=last, engine="batch", rank=False).horizon == 4
