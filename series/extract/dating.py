"""Dating: which months the figures of a sentence are for, as its periods are read one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from series.extract import asides, moments
from series.extract.reading import Reading
from series.extract.targets import Target
from series.extract.timespans import Span
from series.extract.tokens import Token
from series.periods import Period

RIGHT = 9  # tokens within which an English period follows its figure


def is_period(token: Token, index: int, reading: Reading) -> bool:
    """Whether a token is a period that figures are given for, not one they are measured against."""
    here = reading.here
    dates = token.kind == "span" and token.meaning.kind == "period" and index not in here.bases
    return dates and not moments.of_saying(here.tokens, index, reading.lower)


def dated_before(reading: Reading) -> None:
    """Date a sentence from what it, or the one before, says of time, before its first figure is bound."""
    here = reading.here
    dates = [index for index, token in enumerate(here.tokens) if is_period(token, index, reading)]
    own = (
        index
        for index in dates
        if not (moments.sets_out(here.tokens, index, reading.lower) or moments.in_bracket(here.tokens, index))
    )
    first = next(own, None)
    if first is not None and moments.trailing(here.tokens, first, here.bases, reading.lower):
        take(here.tokens[first].meaning, first, reading)
    if dates:
        return
    opening = here.tokens[0] if here.tokens else None
    if opening and reading.period and opening.kind == "role" and opening.word(reading.lower) in moments.YEAR_BEFORE:
        reading.resume = reading.period
        _named(reading.period.shift(-12), reading)  # "The year before, it was $136.9 billion."
        return
    if reading.aside and any(token.kind.startswith("part_") for token in here.tokens):
        reading.period, reading.aside = reading.aside, None  # parts are given for the longer period
    if here.bases and reading.period is None:
        base = reading.timeline.base(here.tokens[min(here.bases)].meaning, None)
        reading.period = base.shift(12) if base else None  # "2.3 percent lower than in the first two months of 2016"


def dated_after(last: int, reading: Reading) -> None:
    """Take in the period that stands right of an English figure before the figure is bound."""
    here = reading.here
    for index in range(last + 1, min(last + RIGHT, len(here.tokens))):
        token = here.tokens[index]
        if token.kind == "figure" or (token.kind == "mark" and token.meaning not in ("list", ")")):
            return
        if token.kind == "span" and token.meaning.kind == "since":
            here.vague = True
        if moments.trailing(here.tokens, index, here.bases, reading.lower):
            to = last and here.tokens[last - 1].word(reading.lower) == "to"  # "from … in Q1 to … in H1"
            before, dated = reading.period, here.dated
            take(token.meaning, index, reading)
            if dated and reading.resume is None and not to and before != reading.period:
                reading.resume = here.back = before  # an aside ("reversing a decline in the first quarter")
            return


def take(span: Span, index: int, reading: Reading) -> None:
    """Take in the period, date or base that stands at `index`."""
    timeline, here = reading.timeline, reading.here
    if moments.of_saying(here.tokens, index, reading.lower) or moments.of_goal(here.tokens, index):
        return
    if span.kind in ("date", "stock", "until"):
        timeline.dated(span)
    if span.kind == "since":
        here.vague = True
    elif index in here.bases:
        if index not in here.spent and not moments.of_rate(here.tokens, index, reading.lower):
            _compared(span, index, reading)
    elif span.kind == "until":
        _until(span, index, reading)
    elif moments.closes_year(here.tokens, index, reading.lower):
        _named(timeline.period(span), reading)
    elif span.kind == "period" and not (here.until and span.relative == 0 and span.annual):
        _period(span, index, reading)


def _compared(span: Span, index: int, reading: Reading) -> None:
    """Take in a base: for the next growth, or for all of a sentence that opens with it ("Compared with 2019, …")."""
    here = reading.here
    here.base, here.based = reading.timeline.base(span, reading.period), index
    after = [token for token in here.tokens[index + 1 : index + 4] if token.kind not in ("tie", "filler")]
    closed = bool(after) and after[0].kind == "mark" and after[0].meaning == ","
    if closed and not any(token.kind == "figure" for token in here.tokens[:index]):
        if span.previous and not here.dated:
            here.base = None  # the year before one that is still to be named ("与上年相比,2023年…")
        here.standing = here.base


def over_periods(targets: Sequence[Target], count: int, reading: Reading) -> Sequence[Target]:
    """Return one subject over each of the periods that were listed ("2018年、2019年分别为886.5亿美元、968.9亿美元")."""
    periods = reading.here.listed
    if len(targets) == 1 and count > 1 and targets[0].period.length == 12 * count and targets[0].period.start % 12 == 0:
        start = targets[0].period.start  # "2021年至2023年,分别为1303亿美元、1369亿美元和1514亿美元"
        periods = [Period(first, first + 11) for first in range(start, start + 12 * count, 12)]
    if len(targets) != 1 or count != len(periods) or count < 2:
        return targets
    return [replace(targets[0], period=period, currencies=[], bases=[]) for period in periods]


def _until(span: Span, index: int, reading: Reading) -> None:
    """Read "by the end of November" as the year's months to November where a value is spoken of."""
    here = reading.here
    tokens = itertools.takewhile(lambda token: token.kind != "mark" or token.meaning != ";", here.tokens)
    dated = any(is_period(token, at, reading) and not _this_year(token) for at, token in enumerate(tokens))
    period = reading.period
    year = here.dated and period is not None and period.length == 12 and period.start % 12 == 0
    own = (span.year is not None or year) and moments.trailing(here.tokens, index, here.bases, reading.lower)
    spoken = reading.period and not any(token.kind == "measure" for token in here.tokens)
    if not own and (dated or spoken):
        return
    here.until = True
    _named(reading.timeline.period(span), reading)


def _this_year(token: Token) -> bool:
    return bool(token.meaning.relative == 0 and token.meaning.annual)


def _period(span: Span, index: int, reading: Reading) -> None:
    here, before = reading.here, reading.period
    if span.to is not None and before and reading.resume is None:
        reading.resume = before  # several years are looked back on: the next sentence goes on with the one
    asides.look_back(span, index, reading)
    beside = moments.of_the_year_before(here.tokens, index)
    if before and beside and span.year is not None:
        period: Period | None = before.shift(12 * (span.year - before.start // 12))  # "2022年同期增长13.2%"
    elif before and beside and (here.dated or here.history or here.tokens[index + 1].ties("same")):
        period = before.shift(-12)
    else:
        period = reading.timeline.period(span)
        if period:
            asides.look_in(period, index, reading)
    inside = here.aside is not None and here.aside.period is None  # it dates a bracket, nothing outside
    _named(period, reading, alone=not inside and not moments.sets_out(here.tokens, index, reading.lower))
    if period and span.counted:
        reading.counted.add(period)
    later = before and period and before.start < period.start <= period.end == before.end
    reading.aside = before if later and moments.alone(here.tokens, index, reading.lower) else None
    if period and here.listed and _is_listed(here.tokens, index):
        reading.resume = here.listed[0]
    if period:
        here.listed = [*here.listed, period] if _is_listed(here.tokens, index) else [period]


def _named(period: Period | None, reading: Reading, *, alone: bool = True) -> None:
    here = reading.here
    here.vague, here.dated = False, True
    year = reading.timeline.year
    here.planned = here.planned or bool(period and year and period.start >= 12 * (year + 1))
    if period != reading.period:
        here.group, here.before = [], reading.period
    reading.period = period
    if alone:
        reading.periods.add(period)


def _is_listed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a list ties a period to the period before it."""
    if index < 2 or tokens[index - 1].kind != "mark" or tokens[index - 1].meaning not in ("list", ","):
        return False
    return tokens[index - 2].kind == "span"
