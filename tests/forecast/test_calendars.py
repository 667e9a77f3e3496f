from __future__ import annotations

import pandas as pd
import pytest

from forecast.calendars import days_apart, frequency_of, off_calendar, periods_of, stamp
from forecast.errors import InputError
from forecast.tables import of_frame


def read(*texts: str) -> tuple[str | None, list[str]]:
    stamps = [found for found in map(stamp, texts) if found]
    frequency = frequency_of(stamps)
    return frequency, [str(period) for period in periods_of(stamps, frequency)] if frequency else []


@pytest.mark.parametrize(
    ("texts", "frequency", "periods"),
    [
        (("2019", "2020"), "annual", ["2019", "2020"]),
        (("2019.0", "2020.0"), "annual", ["2019", "2020"]),
        (("2019Q3", "2019q4"), "quarterly", ["2019Q3", "2019Q4"]),
        (("2019-Q3", "2019 Q4"), "quarterly", ["2019Q3", "2019Q4"]),
        (("2019年第3季度", "2019年四季度"), "quarterly", ["2019Q3", "2019Q4"]),
        (("2019M07", "2019M08"), "monthly", ["2019-07", "2019-08"]),
        (("2019-07", "2019/8"), "monthly", ["2019-07", "2019-08"]),
        (("2019年", "2020年"), "annual", ["2019", "2020"]),
        (("2019年7月", "2019年08月"), "monthly", ["2019-07", "2019-08"]),
        (("2019-07-31", "2019-08-31"), "monthly", ["2019-07", "2019-08"]),
        (("2019-03-31", "2019-06-30", "2019-09-30"), "quarterly", ["2019Q1", "2019Q2", "2019Q3"]),
        (("2019-01-01", "2019-04-01T00:00:00"), "quarterly", ["2019Q1", "2019Q2"]),
        (("2019-12-31", "2020-12-31 00:00:00"), "annual", ["2019", "2020"]),
        (("2019-07-31",), "monthly", ["2019-07"]),
        (("2010-01-01 00:00:00+08:00", "2010-02-01T00:00:00+0800"), "monthly", ["2010-01", "2010-02"]),
        (("2010-01-31 23:59:00", "2010-02-28T23:59:59.999999Z"), "monthly", ["2010-01", "2010-02"]),
        (("2019-12-31 00:00 UTC", "2020-12-31 08:00:00-05"), "annual", ["2019", "2020"]),
        (("2019", "2019Q1"), None, []),
    ],
)
def test_a_column_of_periods_has_one_meaning(texts: tuple[str, ...], frequency: str | None, periods: list[str]) -> None:
    assert read(*texts) == (frequency, periods)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "2019Q5",
        "2019-13",
        "2019-02-30",
        "July 2019",
        "0001",
        "9999",
        "2019-07-31 12:00",
        "2019-07-31 24:00:00",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert stamp(text) is None


def test_texts_and_timestamps_of_the_same_moments_are_the_same_months() -> None:
    moments = pd.date_range("2010-01-31 23:59:59", periods=12, freq="ME", tz="Asia/Shanghai")
    frames = [pd.DataFrame({"ds": ds, "y": range(12)}) for ds in (moments, moments.astype(str), moments.strftime("%c"))]
    assert of_frame(frames[0]).series == of_frame(frames[1]).series
    with pytest.raises(InputError, match=r"no column period|is not a period"):
        of_frame(frames[2])


@pytest.mark.parametrize(
    ("rule", "apart"),
    [("D", 1), ("B", 1), ("h", 1), ("W", 7), ("14D", 14), ("SME", 15), ("ME", None), ("MS", None), ("QE", None)],
)
def test_dates_closer_than_months_are_told_from_months(rule: str, apart: int | None) -> None:
    days = pd.date_range("2010-01-01", periods=60, freq=rule)
    stamps = [found for found in map(stamp, days.strftime("%Y-%m-%d")) if found]
    found = days_apart(stamps)
    assert found == apart
    frame = pd.DataFrame({"ds": days, "y": range(60)})
    if found is None:
        assert len(of_frame(frame).series[0].known) == 60
        return
    with pytest.raises(InputError) as caught:
        of_frame(frame)
    plural = "s" * (found > 1)
    assert str(caught.value) == (
        f"the frame: series value: its dates stand {found} day{plural} apart, and weekly and daily data are not taken; "
        "add them up to months"
    )


def test_a_month_that_stands_twice_is_no_daily_data() -> None:
    days = ["2010-01-31", "2010-02-28", "2010-03-31", "2010-03-15"]
    with pytest.raises(InputError, match="series value has 2010-03 twice"):
        of_frame(pd.DataFrame({"ds": days, "y": range(4)}))
    assert days_apart([found for found in map(stamp, ["2010", "2011Q1", "2010-01", "2010-01-31"]) if found]) is None


@pytest.mark.parametrize(("rule", "apart"), [("4W", 28), ("5W", 35), ("6W", 42), ("8W", 56)])
def test_the_same_number_of_weeks_apart_is_no_month(rule: str, apart: int) -> None:
    frame = pd.DataFrame({"ds": pd.date_range("2010-01-01", periods=60, freq=rule), "y": range(60)})
    for some in (frame, frame.drop(index=[7, 8, 30])):
        with pytest.raises(InputError, match=f"its dates stand {apart} days apart, and weekly and daily data are not"):
            of_frame(some)


def test_the_last_fridays_of_months_are_months() -> None:
    fridays = pd.Series(pd.date_range("2010-01-01", "2014-12-31", freq="W-FRI"))
    last = fridays.groupby([fridays.dt.year, fridays.dt.month]).max().tolist()
    assert len(of_frame(pd.DataFrame({"ds": last, "y": range(60)})).series[0].known) == 60


def test_hours_of_one_day_are_no_months() -> None:
    frame = pd.DataFrame({"ds": pd.date_range("2010-05-03", periods=20, freq="h"), "y": range(20)})
    with pytest.raises(InputError, match="its dates stand hours apart, and weekly and daily data are not taken"):
        of_frame(frame)


@pytest.mark.parametrize(
    ("rule", "like", "what", "period"),
    [
        ("QE-JAN", "2010-01-31", "quarter", "2010Q1"),
        ("QS-FEB", "2010-02-01", "quarter", "2010Q1"),
        ("YE-JUN", "2010-06-30", "year", "2010"),
        ("YS-APR", "2010-04-01", "year", "2010"),
        ("QE-MAR", "", "", ""),
        ("QS-JAN", "", "", ""),
        ("YE-DEC", "", "", ""),
        ("YS-JAN", "", "", ""),
        ("ME", "", "", ""),
    ],
)
def test_fiscal_periods_are_named_by_the_calendar_and_that_is_said(
    rule: str, like: str, what: str, period: str
) -> None:
    frame = pd.DataFrame({"ds": pd.date_range("2010-01-01", periods=12, freq=rule), "y": range(3, 15)})
    said = (
        f"dates of value, like {like}, neither begin nor end a calendar {what}: each is taken for the {what} it lies "
        f"in, {period}, and forecasts of fiscal {what}s are named so"
    )
    assert of_frame(frame).warnings[1:] == ((said,) if like else ())


def test_fiscal_periods_of_pandas_are_dates_too() -> None:
    for rule, like in (("Q-NOV", "2010-02-28"), ("Y-MAR", "2010-03-31")):
        series = pd.Series(range(3, 15), index=pd.period_range("2010", periods=12, freq=rule))
        assert f"like {like}, neither begin nor end" in of_frame(series).warnings[1]


def test_months_of_quarters_say_as_much_as_dates() -> None:
    def off(*texts: str) -> str:
        found = off_calendar([one for one in map(stamp, texts) if one], "quarterly")
        return found.text if found else ""

    assert off("2010-01", "2010-04") == off("2010-03", "2010-06") == off("2010Q1", "2010Q2") == ""
    assert off("2010-02", "2010-05") == "2010-02"
