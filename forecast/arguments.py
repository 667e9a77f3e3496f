"""Arguments: what callers of the Python functions give for a number, a date or a period, read or refused in a line."""

from __future__ import annotations

import datetime as dt

import numpy as np

from forecast.errors import InputError
from series.dates import last_day
from series.periods import Period


def read_count(value: object, what: str) -> int:
    """Return a whole number, NumPy's too.

    Raises:
        InputError: if it is something else: a text, a truth value, or a number with a point.
    """
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    raise InputError(f"{what} {value!r} is no whole number; give one like 3, neither a text nor with a point")


def read_date(value: object) -> dt.date | None:
    """Return a date, also one given as text (2020-01-31; 2020-01 and 2020 mean their last days) or as a moment.

    Raises:
        InputError: if it is none.
    """
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, str):
        return last_day(value)
    if value is None or (isinstance(value, dt.date) and value == value):  # pandas' NaT is a date unlike itself
        return value.date() if isinstance(value, dt.datetime) else value
    raise InputError(f"{value!r} is not a date; give datetime.date(2020, 1, 31) or '2020-01-31'")


def read_period(value: object) -> Period | None:
    """Return a period, also one given as text, or a year as a number.

    Raises:
        InputError: if it is none.
    """
    if value is None or isinstance(value, Period):
        return value
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        value = str(int(value))
    if isinstance(value, str):
        return Period.parse(value)
    raise InputError(f"{value!r} is not a period; give 2030, '2030Q4' or '2030-12'")
