"""Calendars: the ways users write periods, and the frequency that a column of them means."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from forecast.errors import InputError
from series.periods import MONTHS, Frequency, Period

_QUARTER = re.compile(r"(\d{4})(?:[-/ ]?Q([1-4])|年第?([1-4一二三四])季度?)", re.IGNORECASE)
_NUMERALS = dict(zip("一二三四", "1234", strict=True))
_YEAR = re.compile(r"(\d{4})(?:\.0|年)?")
_MONTH = re.compile(r"(\d{4})[-/年M](\d{1,2})月?")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.0+)?")
_FIRST_DAY = dt.date(1899, 12, 30)
_MIDDLE = 15
"""The day up to which a date is nearer to the beginning of its month than to the end."""
_SURE = 4
"""Steps of so many weeks each that months never make, not even those that end on a weekday."""
_HOUR = r"[T ](?:00:00|(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?) ?(?:Z|UTC|[+-]\d{2}(?::?[0-5]\d)?)?"
_DAY = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}})(?:{_HOUR})?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A period as written: its month (the last one of a quarter or year), how fine the writing is, and a date's day.

    The day counts from the first of year 1.
    """

    text: str
    month: int
    kind: Frequency
    day: int | None = None


@lru_cache(maxsize=1 << 14)
def stamp(text: str) -> Stamp | None:
    """Read 2019, 2019Q3, 2019-07, 2019-07-31, 2019/7 or a workbook's day number 43677; None if it is none of them.

    A date may have a time to the second (or midnight) and a zone behind it, and is the day as written, whatever day it
    is elsewhere.
    """
    text = text.strip()
    day = None
    try:
        if match := _YEAR.fullmatch(text):
            period, kind = Period.year(int(match[1])), "annual"
        elif match := _QUARTER.fullmatch(text):
            quarter = match[2] or _NUMERALS.get(match[3], match[3])
            period, kind = Period.parse(f"{match[1]}Q{quarter}"), "quarterly"
        elif match := _MONTH.fullmatch(text):
            period, kind = Period.parse(f"{match[1]}-{int(match[2]):02d}"), "monthly"
        elif match := _DAY.fullmatch(text):
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
            period, kind = Period.months(day.year, day.month, day.month), "monthly"
        elif match := _SERIAL.fullmatch(text):
            day = _FIRST_DAY + dt.timedelta(days=int(match[1]))
            period, kind = Period.months(day.year, day.month, day.month), "monthly"
        else:
            return None
    except (InputError, ValueError):
        return None  # of the right shape, but no such date: as unreadable as any other text
    return Stamp(text, period.end, kind, None if day is None else day.toordinal())  # type: ignore[arg-type]


def days_apart(stamps: Sequence[Stamp]) -> int | None:
    """Return how many days apart the dates of a series mostly stand, if that is no number of months; else None.

    So it is where months have several of them, or all are the same number of weeks apart, or a multiple of it. Dates of
    a day or two at several hours stand 0 apart.
    """
    dated = {one.text: one.day for one in stamps if one.day is not None}
    days = sorted(set(dated.values()))
    apart = sorted(later - earlier for earlier, later in pairwise(days))
    middle = apart[len(apart) // 2] if apart else 0
    if apart and 2 * len(days) >= 3 * len({one.month for one in stamps}):
        return middle
    if len(apart) >= _SURE and middle % 7 == 0 and all(one % middle == 0 for one in apart):
        return middle
    hours = len(dated) > 1 and 2 * len(dated) >= 3 * len(days)
    return 0 if hours else None  # a month or two that stand twice


def frequency_of(stamps: Sequence[Stamp]) -> Frequency | None:
    """Return the frequency of a series with these stamps; None if years, quarters and months are mixed.

    Months and days that are always a multiple of a quarter or a year apart are quarters or years, named by any of
    their months.
    """
    kinds = {one.kind for one in stamps}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    if kind != "monthly":
        return kind
    apart = math.gcd(*(one.month - stamps[0].month for one in stamps))
    if apart and apart % 12 == 0:
        return "annual"
    return "quarterly" if apart and apart % 3 == 0 else "monthly"


def periods_of(stamps: Sequence[Stamp], frequency: Frequency) -> list[Period]:
    """Return the period of that frequency that each stamp lies in."""
    return [_span(one.month, MONTHS[frequency]) for one in stamps]


@lru_cache(maxsize=1 << 14)
def _span(month: int, length: int) -> Period:
    first = month // length * length
    return Period(first, first + length - 1)


def off_calendar(stamps: Sequence[Stamp], frequency: Frequency) -> Stamp | None:
    """Return the first date or month that neither begins nor ends its quarter or year; None where all do.

    Such are those of fiscal quarters and years.
    """
    length = MONTHS[frequency]
    for one in stamps:
        place, day = one.month % length, None if one.day is None else dt.date.fromordinal(one.day).day
        begins = place == 0 and (day is None or day <= _MIDDLE)
        ends = place == length - 1 and (day is None or day > _MIDDLE)
        if one.kind == "monthly" and length > 1 and not begins and not ends:
            return one
    return None
