"""From the periods that a text prints to months: which year is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from series.extract.candidates import AHEAD
from series.extract.timespans import Span
from series.periods import Period


@dataclass(slots=True)
class Timeline:
    """What is known about time while a text is read: when it was published, and the year spoken of last."""

    year: int | None  # of publication
    month: int | None
    spoken: int | None = None
    inferred: bool = field(default=False)
    turned: bool = field(default=False)  # a paragraph has begun and named no year yet
    told: bool = field(default=False)  # the date of publication is only one that the text names

    def turn(self) -> None:
        """Take note of a new paragraph."""
        self.turned = True

    def dated(self, span: Span) -> None:
        """Take note of a date line."""
        if self.year is None and span.year is not None:
            self.year, self.told = span.year, True
            self.month = span.first if span.kind == "date" else None

    def doubts(self, period: Period) -> tuple[str, ...]:
        """Return the doubt that whole years had not ended in the month of publication: no text can have their value."""
        if self.year is None or self.told or period.start % 12 or period.length % 12:
            return ()
        return (AHEAD,) if period.end >= 12 * self.year + (self.month or 12) else ()

    def period(self, span: Span) -> Period | None:
        """Return the months that `span` means and remember its year; None when no year can be known."""
        year = self._year(span)
        if year is None:
            return None
        if span.to is None:
            self.spoken = year
        return _period(year, span)

    def base(self, span: Span, current: Period | None) -> Period | None:
        """Return the months that growth is measured against: as many as the current period, in the year of `span`."""
        if span.previous and current:
            return current.shift(-12)
        year = self._year(span)
        if year is None:
            return None
        if span.annual and current and span.to is None and current.length < 12:
            base = current.shift(12 * (year - current.start // 12))
        else:
            base = _period(year, span)
        if current and span.relative == -1 and base.start >= current.start:
            return current.shift(-12)  # "2023年由去年的1369亿美元升至…", printed in 2024
        return base

    def _year(self, span: Span) -> int | None:
        self.inferred = not span.dated
        turned, self.turned = self.turned, False
        if span.year is not None:
            return span.year
        if span.relative is not None:
            return None if self.year is None else self.year + span.relative
        if turned and self._news(span):
            return self.year
        if self.spoken is not None:
            return self.spoken
        if self.year is None:
            return None
        ended = self.month is None or span.last <= self.month
        return self.year if ended else self.year - 1

    def _news(self, span: Span) -> bool:
        """Whether a bare part of the year that opens a paragraph is this year's: last year was only looked back on."""
        if self.year is None or self.month is None or self.spoken != self.year - 1:
            return False
        return span.last < 12 and span.last <= self.month


def _period(year: int, span: Span) -> Period:
    return Period((year * 12) + span.first - 1, (span.to or year) * 12 + span.last - 1)
