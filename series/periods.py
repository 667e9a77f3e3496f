"""Periods: spans of whole months, and the ways they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from series.errors import InputError

Frequency = Literal["annual", "quarterly", "monthly"]
MONTHS: dict[Frequency, int] = {"annual": 12, "quarterly": 3, "monthly": 1}
SEASONS: dict[Frequency, int] = {"annual": 1, "quarterly": 4, "monthly": 12}
FIRST_YEAR, LAST_YEAR = 1800, 2200

_PATTERNS = (
    (re.compile(r"(\d{4})"), 12),
    (re.compile(r"(\d{4})H([12])"), 6),
    (re.compile(r"(\d{4})Q([1-4])"), 3),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), 1),
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The months `start`..`end`, both included, counted from January of year 0 (year * 12 + month - 1)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR * 12 <= self.start <= self.end < (LAST_YEAR + 1) * 12:
            why = "ends before it starts" if self.start > self.end else "is out of reach"
            raise InputError(f"period '{self}' {why}; give one within {FIRST_YEAR}-{LAST_YEAR}, as 2012 or 2019-07")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2012`, `2019H1`, `2019Q1`, `2019-07` or a span `2020-01..2020-08` of any two of them.

        Raises:
            InputError: if the text is none of these, or the span ends before it starts.
        """
        first, dots, last = text.strip().partition("..")
        head = _single(first)
        tail = _single(last) if dots else head
        if head is None or tail is None:
            raise InputError(f"'{text}' is not a period; write 2012, 2019H1, 2019Q1, 2019-07 or 2020-01..2020-08")
        if tail[1] < head[0]:
            raise InputError(f"period '{text}' ends before it starts; write the earlier month first")
        return cls(head[0], tail[1])

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the twelve months of `year`.

        Raises:
            InputError: if the year is out of reach.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InputError(f"year {year} is out of reach; give one within {FIRST_YEAR}-{LAST_YEAR}")
        return cls(year * 12, year * 12 + 11)

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """Return the months `first`..`last` (1 to 12) of `year`."""
        return cls(year * 12 + first - 1, year * 12 + last - 1)

    @property
    def length(self) -> int:
        """Number of months."""
        return self.end - self.start + 1

    @property
    def first(self) -> str:
        """First month as `2020-01`."""
        return _month(self.start)

    @property
    def last(self) -> str:
        """Last month as `2020-08`."""
        return _month(self.end)

    @property
    def frequency(self) -> Frequency | None:
        """The regular frequency this period is one step of, or None."""
        for name, months in MONTHS.items():
            if self.length == months and self.start % months == 0:
                return name
        return None

    def shift(self, months: int) -> Period:
        """Return the same span `months` later (negative: earlier)."""
        return Period(self.start + months, self.end + months)

    def step(self, count: int = 1) -> Period:
        """Return the span `count` of its own lengths later."""
        return self.shift(count * self.length)

    def contains(self, other: Period) -> bool:
        """Whether every month of `other` lies in this period."""
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        year, month = divmod(self.start, 12)
        if self.length == 12 and month == 0:
            return f"{year:04d}"
        if self.length == 6 and month % 6 == 0:
            return f"{year:04d}H{month // 6 + 1}"
        if self.length == 3 and month % 3 == 0:
            return f"{year:04d}Q{month // 3 + 1}"
        if self.length == 1:
            return self.first
        return f"{self.first}..{self.last}"


def _single(text: str) -> tuple[int, int] | None:
    for pattern, length in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            part = int(match[2]) - 1 if match.lastindex == 2 else 0
            start = int(match[1]) * 12 + part * length
            return start, start + length - 1
    return None


def _month(ordinal: int) -> str:
    year, month = divmod(ordinal, 12)
    return f"{year:04d}-{month + 1:02d}"


def frequency_of(name: str) -> Frequency:
    """Return the frequency of that name.

    Raises:
        InputError: if there is none.
    """
    for known in get_args(Frequency):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise InputError(f"frequency '{name}' is unknown; use one of {', '.join(get_args(Frequency))}")
