"""Dates as they are written: to the day, to the month or to the year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from series.errors import InputError
from series.statements import Precision

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def date_span(text: str, what: str = "") -> tuple[dt.date, Precision]:
    """Return the last day of a date written as 2017, 2017-09 or 2017-09-13, and how precise it is.

    Raises:
        InputError: if it is none of these; `what` says what the date is of.
    """
    match = _DATE.fullmatch(text)
    wanted = f"{what} '{text}' is not a date; write it as 2023-10-31, 2023-10 or 2023".strip()
    if match is None:
        raise InputError(wanted)
    try:
        year = int(match[1])
        if match[3]:
            return dt.date(year, int(match[2]), int(match[3])), "day"
        if match[2]:
            first = dt.date(year, int(match[2]), 1)
            return month_end(12 * year + first.month - 1), "month"
        return dt.date(year, 12, 31), "year"
    except ValueError:
        raise InputError(wanted) from None


def month_end(month: int) -> dt.date:
    """Return the last day of a month counted from January of year 0, as in `Period`."""
    year, place = divmod(month, 12)
    return dt.date(year, place + 1, calendar.monthrange(year, place + 1)[1])


def last_day(text: str) -> dt.date:
    """Return the last day of a date, however precise.

    Raises:
        InputError: if it is not a date.
    """
    return date_span(text)[0]
