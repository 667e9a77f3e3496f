"""Spells: how many years growth is over, and which year it is from."""

from __future__ import annotations

import re
from dataclasses import replace

from series.extract.candidates import OPEN
from series.extract.numerals import chinese_integer
from series.extract.reading import Reading
from series.extract.roles import Role
from series.extract.runs import Item, Run
from series.extract.targets import Target
from series.periods import Period

NEAR_YEARS = 3  # a multiple against a base further back is a multiple, not growth in percent
YEARLY_AFTER = re.compile(
    r"\s*(?:on average |on an average )?(?:(?:a|per|each|every) year(?! (?:earlier|ago|before))|per annum|annually"
    r"|yearly|on average|on an annual basis|on a yearly basis)"
)
EACH_YEAR = re.compile(r"\s*(?:on average )?(?:a|per|each|every) year(?! (?:earlier|ago|before))")
SOME_YEARS = re.compile(
    r"(?<!\d)(?P<years>[两二三四五六七八九十]|\d{1,2})年(?:间|来|内)?(?:累计|共|总共)?(?:增长|增加|上升|下降)了?(?:约|近|超过?)?$"
)
LASTING = re.compile(r"(?:past|last) (?:[a-z]+ |\d+ )?(?:years|decade)|(?:近|过去|最近).{1,4}年")
YEARLY_BEFORE = re.compile(r"averag(?:ing|ed)|每年|逐年|年增长?|annually|yearly|(?:each|every|per) year")


def several(period: Period) -> bool:
    """Whether a period is of whole years, more than one."""
    return period.length >= 24 and period.length % 12 == 0


def over_some_years(reading: Reading, run: Run) -> bool:
    """Whether growth is over a number of years that no other words date ("三年增长43.1%")."""
    tokens, begin = reading.here.tokens, reading.here.tokens[run.first].start
    named = next((token for token in reversed(tokens[: run.first]) if token.kind == "span"), None)
    if named is not None and named.meaning.kind == "since" and LASTING.search(named.word(reading.lower)):
        return not yearly(reading, run)  # "In the past five years it has risen 65 percent, to … in 2023"
    found = SOME_YEARS.search(reading.lower, max(0, begin - 16), begin)
    return found is not None and not _both_named(reading, found["years"])


def _both_named(reading: Reading, years: str) -> bool:
    """Whether the years that growth is over were named just before ("从2020年的…增长到2023年的…,三年增长61.7%")."""
    count = int(years) if years.isdigit() else chinese_integer(years) or 0
    last = reading.here.history[-1:]
    before = _looked_back(reading, last[0]) if last else None
    return before is not None and last[0].period.start - before.start == 12 * count


def after_yearly(reading: Reading, last: int) -> int:
    """Return the index of the token after a figure, or after the words that make it one of each year ("a year")."""
    tokens = reading.here.tokens
    found = YEARLY_AFTER.match(reading.lower, tokens[last].end)
    end = found.end() if found else tokens[last].end
    return next((at for at in range(last + 1, len(tokens)) if tokens[at].start >= end), len(tokens))


def yearly(reading: Reading, run: Run) -> bool:
    """Whether growth over several years is said to be that of each ("grew 10.4% a year between 2015 and 2020")."""
    here = reading.here
    if reading.period is None or not several(reading.period):
        return EACH_YEAR.match(reading.lower, here.tokens[run.last].end) is not None
    start = here.tokens[here.since].start if here.since < run.first else here.tokens[run.first].start
    before = reading.lower[start : here.tokens[run.first].start]
    after = YEARLY_AFTER.match(reading.lower, here.tokens[run.last].end)
    return bool(after or YEARLY_BEFORE.search(before))


def add_rate(
    reading: Reading, target: Target, item: Item, role: Role, base: Period | None, *, usual: bool
) -> Period | None:
    """Record growth, a share, a multiple or an average; return the base that it was printed with.

    `usual` when growth is said to be on the year before.
    """
    if item.figure.still:
        return None
    number = item.figure.number
    value = number if number < 0 else number * {"up": 1, "down": -1}.get(item.direction, role.sign)
    kind, unit = role.name, "percent"
    against: Period | None = None
    base = base or (None if usual else _looked_back(reading, target))
    rated = kind != "share" or item.figure.kind == "multiple"
    if rated:
        spell = _averaged(reading, target, base) if kind == "cagr" else _grown(reading, target, base)
        if spell is None:
            return None
        target, against = spell
    if item.figure.kind == "multiple":
        before = target.period.shift(-12)
        near = against is not None and against.start >= target.period.start - 12 * NEAR_YEARS
        if kind == "growth" and near:
            value = value.scaleb(2)
        else:
            kind, unit, against = "multiple", "x", against or before
    first = target.currencies[0] if target.currencies else ""
    reading.add(target, item, kind, value, unit, reading.basis or first, against)
    return base if rated else None


def _grown(reading: Reading, target: Target, base: Period | None) -> tuple[Target, Period] | None:
    """Return what growth is of and against: over several years, of the last against the first or what was before."""
    period = target.period
    if not several(period):
        against = _aligned(base, period) if base else period.shift(-12)
        return (target, against) if against.length == period.length else None
    if base and base.length == period.length:
        return target, base
    if target.currencies:
        return None  # a sum of several years was given: what it is against is not said
    before = Period(period.start - 12, period.start - 1)
    first = before if period in reading.counted else Period(period.start, period.start + 11)
    last = Period(period.end - 11, period.end)
    return replace(target, period=last), base if base and base.length == 12 else first


def _averaged(reading: Reading, target: Target, base: Period | None) -> tuple[Target, Period] | None:
    """Return the years that average growth is over and the one before them; none where it were of one year only."""
    period = target.period
    since = base or target.since
    if since:
        first = since.end + 1
    elif several(period):
        first = period.start
    else:
        return None
    if (period.end + 1 - first) % 12 or period.end + 1 - first < 24 or (since and since.length != 12):
        return None
    open_ended = not since and period not in reading.counted
    notes = (*target.notes, OPEN) if open_ended else target.notes
    return replace(target, period=Period(first, period.end), notes=notes), Period(first - 12, first - 1)


def _aligned(base: Period, period: Period) -> Period:
    """Return the months of the base that are those of a part of a year, where only its year is named."""
    whole = base.length == 12 and base.start % 12 == 0 and period.length < 12
    return period.shift(12 * (base.start // 12 - period.start // 12)) if whole else base


def _looked_back(reading: Reading, target: Target) -> Period | None:
    """Return the period that the sentence set out from ("由2006年的13.8亿美元增至2022年的2522.1亿美元,增长183倍").

    A quarter or month before another in a list is none, nor is a year that has growth of its own.
    """
    whole = target.period.length >= 12
    earlier = [
        other.period
        for other in reading.here.history
        if other.subject == target.subject
        and other.period.start < target.period.start
        and not other.bases
        and (whole or other.origin)
    ]
    return earlier[-1] if earlier and earlier[-1].length == target.period.length else None
