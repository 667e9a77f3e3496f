from __future__ import annotations

import pytest

from forecast.calendars import frequency_of, periods_of, stamp


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
        (("2019", "2019Q1"), None, []),
    ],
)
def test_a_column_of_periods_has_one_meaning(texts: tuple[str, ...], frequency: str | None, periods: list[str]) -> None:
    assert read(*texts) == (frequency, periods)


@pytest.mark.parametrize(
    "text", ["", "19", "2019Q5", "2019-13", "2019-02-30", "July 2019", "0001", "9999", "2019-07-31 12:00"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert stamp(text) is None
