"""Arguments: what callers of the Python functions give, read as numbers, names, dates and periods, or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError
from series.dates import last_day
from series.periods import MONTHS, Frequency, Period

FARTHEST = 120
"""Periods ahead that are forecast at most."""
SHOWN = 60
"""Letters of what was given that a refusal repeats."""


def read_count(value: object, what: str) -> int:
    """Return a whole number, NumPy's too.

    Raises:
        InputError: if it is something else: a text, a truth value, or a number with a point.
    """
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    raise InputError(f"{what} {value!r} is no whole number; give one like 3, neither a text nor with a point")


def read_horizon(value: object) -> int:
    """Return a number of periods ahead that can be forecast.

    Raises:
        InputError: if it is no whole number within 1..120.
    """
    horizon = read_count(value, "horizon")
    if not 1 <= horizon <= FARTHEST:
        raise InputError(f"horizon {horizon} is outside 1..{FARTHEST}; give the number of periods ahead")
    return horizon


def read_flag(value: object, what: str) -> bool:
    """Return a truth value, NumPy's too.

    Raises:
        InputError: if it is something else: texts like "no" and lists count as true in Python, whatever they say.
    """
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise InputError(f"{what} {value!r} is neither True nor False; give one of the two")


def read_number(value: object, what: str) -> float:
    """Return a number, NumPy's too.

    Raises:
        InputError: if it is something else: a text, a truth value or a list.
    """
    if isinstance(value, np.ndarray) and not value.ndim:
        value = value.item()
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        return float(value)
    raise InputError(f"{what} {value!r} is no number; give one like 12.5, neither a text nor a list")


def read_numbers(value: object, what: str) -> NDArray[np.float64]:
    """Return numbers of any shape as an array, NaN for None.

    Raises:
        InputError: if one is something else, or lists inside are of several lengths.
    """
    try:
        found = np.asarray(value)
        if found.dtype.kind in "iufO":
            return np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError):
        pass  # refused like everything else that is none
    raise InputError(f"{what} {_shown(value)} holds something else than numbers; give numbers, or lists of them")


def read_text(value: object, what: str, like: str) -> str:
    """Return a text.

    Raises:
        InputError: if it is something else; `like` is an example.
    """
    if isinstance(value, str):
        return str(value)
    raise InputError(f"{what} {_shown(value)} is no text; give one like '{like}'")


def read_names(value: object, what: str, like: str) -> list[str]:
    """Return names, given as one text or as several in a list, array, index or generator.

    Raises:
        InputError: if there is none, or something else is among them; `like` is an example of one.
    """
    given: Any = value.tolist() if hasattr(value, "tolist") else value
    names = [given] if isinstance(given, str) else given
    if isinstance(names, Iterable) and not isinstance(names, bytes | bytearray | Mapping):
        names = list(names)
        if not names or names == [""]:
            raise InputError(f"{what} {_shown(given)} names none; leave it out, or give one like '{like}'")
        if all(isinstance(name, str) for name in names):
            return [str(name) for name in names]
    raise InputError(f"{what} {_shown(given)} is neither a name nor a list of names; give '{like}' or ['{like}']")


def read_date(value: object) -> dt.date | None:
    """Return a date, also one given as text (2020-01-31; 2020-01 and 2020 mean their last days) or as a moment.

    Raises:
        InputError: if it is none.
    """
    if isinstance(value, np.datetime64) and not np.isnat(value):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, str):
        return last_day(value)
    if value is None or (isinstance(value, dt.date) and value == value):  # pandas' NaT is a date unlike itself
        return value.date() if isinstance(value, dt.datetime) else value
    raise InputError(f"{value!r} is not a date; give datetime.date(2020, 1, 31) or '2020-01-31'")


def read_period(value: object, frequency: Frequency | None = None) -> Period | None:
    """Return a period, also one given as text or by pandas, a year as a number, or the one that a date lies in.

    Dates are read only for a `frequency`: without one they do not say which period is meant.

    Raises:
        InputError: if it is none.
    """
    if value is None or isinstance(value, Period):
        return value
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        value = str(int(value))
    if isinstance(value, str):
        return Period.parse(value)
    if isinstance(value, dt.date | np.datetime64) and frequency is not None and value == value:
        day = read_date(value)
        assert day is not None  # noqa: S101 - only None is read as none
        month = 12 * day.year + day.month - 1
        start = month - month % MONTHS[frequency]
        return Period(start, start + MONTHS[frequency] - 1)
    if hasattr(value, "start_time") and hasattr(value, "end_time"):
        return _of_pandas(value)
    raise InputError(f"{value!r} is not a period; give 2030, '2030Q4' or '2030-12'")


def read_year(value: object) -> int:
    """Return a year, given as a number, as text or as a period.

    Raises:
        InputError: if it is none.
    """
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    period = read_period(value) if isinstance(value, str | Period) or hasattr(value, "start_time") else None
    if period is None or period.frequency != "annual":
        raise InputError(f"{value!r} is not a year; give one like 2020")
    return period.start // 12


def _of_pandas(value: Any) -> Period:
    """Read a period of pandas; NaT has neither a start nor a day."""
    first, last = value.start_time, value.end_time
    after = last + dt.timedelta(days=1) if last == last else last
    if value != value or first.day != 1 or after.day != 1:
        raise InputError(f"{value!r} is no month, quarter or year; give 2030, '2030Q4' or '2030-12'")
    found = Period(12 * first.year + first.month - 1, 12 * last.year + last.month - 1)
    if found.frequency is None:
        raise InputError(f"{value!r} is a fiscal period, {found}; give one of the calendar, like '2030Q4'")
    return found


def _shown(value: object) -> str:
    """Show what was given, the beginning of it where it is long or of several lines."""
    text = " ".join(repr(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
