"""Periods as the press writes them: 2020年1-8月, 前三季度, the first seven months of 2020, 十三五."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["period", "date", "stock", "since", "until"]


@dataclass(frozen=True, slots=True)
class Span:
    """Months `first`..`last` of a year: a number, one relative to publication, or none printed.

    `to` ends a span of years; they are `counted` when what grew did so in each of them, and so from the year before
    ("the four years to 2023", a plan), and not when the first may be what growth is from ("2019年至2023年"). A date
    or a stock ("4月末", "2020年底") is no period to have figures in; what is said of the time since a year is not said
    of a period either; a month that is reached ("截至8月底") is one for values only.
    """

    kind: SpanKind
    first: int
    last: int
    year: int | None = None
    relative: int | None = None
    to: int | None = None
    previous: bool = False  # the year before the one spoken of ("上年"), which is not always last year
    counted: bool = False

    @property
    def dated(self) -> bool:
        """Whether the print itself names the year, in figures or as this or last year."""
        return self.year is not None or self.relative is not None

    @property
    def annual(self) -> bool:
        """Whether the span is one of whole years."""
        return (self.first, self.last) == (1, 12)


def span(kind: SpanKind, first: int, last: int, year: int | None, relative: int | None = None) -> Span | None:
    """Return the span, or None when no year has such months."""
    return Span(kind, first, last, year, relative) if 1 <= first <= last <= 12 else None


def rolling(count: int, last: int, year: int | None, relative: int | None = None) -> Span | None:
    """Return the `count` months to month `last`, which may begin in the year before ("the 12 months to June")."""
    return Span("period", last - count + 1, last, year, relative) if 1 <= last <= 12 and 1 <= count <= 12 else None


def years(first: int, last: int, *, counted: bool = False) -> Span | None:
    """Return the span of whole years `first`..`last`, or None when it runs backwards."""
    return Span("period", 1, 12, first, to=last, counted=counted) if first < last else None
