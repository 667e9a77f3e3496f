"""Listening: a sentence read into the claims that it makes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from forecast.claims.hearing.clues import PLANNED, Clues, When, gather
from forecast.claims.hearing.figures import Pointed, point
from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.naming import name
from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token
from series.periods import Period

TWO_CURRENCIES = re.compile(r"(?:\$|usd).*(?:yuan|rmb|人民币|(?<!美)元)")
SINCE = ("growth", "multiple", "points")


def listen(text: str, made: dt.date | None = None) -> list[Heard]:
    """Return the claims of a sentence in the order of their figures; `made` is the day it was said, if known.

    Example:
        >>> str(listen("Offshore execution doubled between 2015 and 2020.")[0])
        'a multiple of 2 times from 2015 to 2020 of cn.offshore.execution.usd or cn.offshore.execution.cny'
    """
    clues = gather(text, made)
    pointed, starts = point(clues)
    pointed = _without_ends_of_rates(pointed, starts)
    if not pointed:
        ranked = compiled().ranking.search(clues.lower)
        return [_ranking(clues, ranked.group())] if ranked else []
    return [_heard(clues, pointed, index, starts, made) for index in range(len(pointed))]


def foretells(clues: Clues) -> bool:
    """Whether the words speak of what is to come: will, target, 预计, 力争."""
    planned = any(token.kind == "plan" and not PLANNED.fullmatch(clues.word(token)) for token in clues.tokens)
    return planned or bool(compiled().foretelling.search(clues.lower))


def _without_ends_of_rates(pointed: list[Pointed], starts: Sequence[Token]) -> list[Pointed]:
    """Leave out the level that a "from … to …" ends at where the growth between the two is what is claimed."""
    rates = [one for one in pointed if one.kind in ("multiple", "growth")]
    if not any(start.meaning.kind == "money" for start in starts) or not rates:
        return pointed
    return [one for one in pointed if one.kind != "level"] or pointed


def _heard(clues: Clues, all_of: Sequence[Pointed], index: int, starts: Sequence[Token], made: dt.date | None) -> Heard:
    one = all_of[index]
    following = all_of[index + 1].token.start if index + 1 < len(all_of) else len(clues.lower)
    missing, notes = [*one.missing], list[str]()
    bases, end = _when(clues, one, following, made, missing, notes)
    ahead = foretells(clues) or (made is not None and end is not None and end.end > made.year * 12 + made.month - 1)
    if one.fallen and not ahead:
        one = replace(one, hedge="exact")
    currencies = _currencies(clues, one, starts)
    named = name(clues, one.token.end, currencies, share=one.kind in ("share", "points"))
    heard = Heard(
        kind=one.kind,
        printed=clues.word(one.token),
        value=one.value,
        unit=one.unit,
        hedge=one.hedge,
        wording=one.wording,
        subjects=named.subjects,
        bases=bases if one.kind in SINCE else (),
        end=end,
        missing=(*named.missing, *missing),
        beyond=named.beyond,
        notes=(*named.notes, *notes),
        foretold=foretells(clues),
    )
    heard = _one_year(heard, one)
    return replace(heard, missing=(*heard.missing, *_contradictions(heard, clues, one, starts)))


def _when(
    clues: Clues, one: Pointed, following: int, made: dt.date | None, missing: list[str], notes: list[str]
) -> tuple[tuple[Period, ...], Period | None]:
    """Return the base readings and the end of one claim."""
    missing += [f"the day it was said, to know which year '{word}' is: give it with --made" for word in clues.undated]
    own = [
        when
        for when in clues.whens
        if one.token.end <= when.start < following and "," not in clues.lower[one.token.end : when.start]
    ]
    earlier = [when for when in clues.whens if when.start < one.token.start]
    ends = [when for when in own if when.role == "end"][:1] or [when for when in earlier if when.role == "end"][-1:]
    ends = ends or [when for when in clues.whens if when.role == "end"][:1]
    ranges = [when for when in clues.whens if when.role == "range"]
    bases = [when for when in [*earlier, *own] if when.role == "base"] or [w for w in clues.whens if w.role == "base"]
    if ranges and one.kind in SINCE:
        return _range(ranges[-1], one, notes)
    if ranges and not ends:
        return (), _spanned(ranges[-1], clues, made, missing, notes)
    if clues.durations and not (ends and bases):
        dated = _lasting(clues, ends, made, missing, notes)
        if dated:
            return dated
    others = [when for when in clues.whens if when.role == "end" and when.start < one.token.start]
    if not bases and len(others) > 1 and one.kind in SINCE and others[0].period.end < others[-1].period.end:
        bases, ends = others[:1], others[-1:]
    end = ends[0].period if ends else None
    if end is None:
        if not clues.undated:
            missing.append("the year by which it is to hold")
        return tuple(when.period for when in bases[:1]), None
    if bases:
        return (bases[-1].period,), end
    if one.kind == "growth" and one.total_growth and not _leads(clues, ends[0]):
        notes.append("growth without a base year is read as growth on the year before")
        return (end.shift(-12),), end
    found = _from_made(one, end, made, notes)
    if made and not found and one.kind in SINCE:
        missing.append(f"the year that the growth to {end} is counted from")
    return found, end


def _leads(clues: Clues, end: When) -> bool:
    """Whether growth leads up to a year ("by 2030", "到2030年") and is not that of the year itself."""
    word = clues.lower[end.start : end.stop]
    before, after = clues.lower[: end.start], clues.lower[end.stop : end.stop + 3]
    led = (
        compiled().leading_to.search(before) or word.startswith(("by", "到", "至")) or after.startswith(("前", "之前"))
    )
    return bool(led) and not compiled().yearly.search(clues.lower)


def _spanned(span: When, clues: Clues, made: dt.date | None, missing: list[str], notes: list[str]) -> Period:
    """Return what an amount or a share of a span of years is of: their sum, or the last year of a plan."""
    last = Period.year(span.period.end // 12)
    if compiled().cumulative.search(clues.lower):
        if foretells(clues) or (made is not None and span.period.end >= made.year * 12 + made.month - 1):
            missing.append("a year: a sum over several years that are to come is not forecast")
        return Period(span.period.start // 12 * 12, last.end)
    if span.plan:
        notes.append(f"a five-year plan is read as its last year, {last}")
    else:
        missing.append(f"the year that is meant: {clues.lower[span.start : span.stop].strip()} names several")
    return last


def _from_made(one: Pointed, end: Period, made: dt.date | None, notes: list[str]) -> tuple[Period, ...]:
    """Return the base years of growth that the sentence does not name: the year before it was said, or that year."""
    if one.kind not in SINCE:
        return ()
    if made is None:
        notes.append("no base year and no day are named: growth is counted from the newest year known")
        return ()
    years = [year for year in (made.year - 1, made.year) if year < end.start // 12]
    notes.append(f"no base year is named: growth is counted from {' or '.join(str(year) for year in years)}")
    return tuple(Period.year(year) for year in years)


def _range(when: When, one: Pointed, notes: list[str]) -> tuple[tuple[Period, ...], Period]:
    first, last = when.period.start // 12, when.period.end // 12
    if when.plan:
        notes.append(f"growth over a five-year plan starts from the year before it, {first - 1}")
        return (Period.year(first - 1),), Period.year(last)
    if one.kind == "growth" and not one.total_growth:
        notes.append(f"{first} can be the base or the first year of growth: both are judged")
        return (Period.year(first), Period.year(first - 1)), Period.year(last)
    return (Period.year(first),), Period.year(last)


def _lasting(
    clues: Clues, ends: Sequence[When], made: dt.date | None, missing: list[str], notes: list[str]
) -> tuple[tuple[Period, ...], Period | None] | None:
    duration = clues.durations[0]
    named = [when for when in clues.whens if when.role == "base"]
    if named and duration.kind != "past":
        return (named[0].period,), named[0].period.shift(12 * duration.years)
    if ends and duration.kind != "next":
        return (ends[0].period.shift(-12 * duration.years),), ends[0].period
    if duration.kind == "within" and not ends and not foretells(clues):
        missing.append(f"whether the {duration.years} years are past or to come: give their first or last year")
        return (), None
    if made is None:
        if duration.kind == "within" and ends:
            return None
        missing.append(f"the day it was said, to date the {duration.years} years: give it with --made")
        return (), ends[0].period if ends else None
    if duration.kind == "past":
        end = Period.year(made.year - 1)
        return (end.shift(-12 * duration.years),), end
    bases = (Period.year(made.year - 1), Period.year(made.year))
    end = ends[0].period if ends else bases[0].shift(12 * duration.years)
    notes.append(f"the {duration.years} years are counted from {bases[0]}, the last full year when it was said")
    return bases[:1], end


def _one_year(heard: Heard, one: Pointed) -> Heard:
    """Read growth over several years without "a year" as growth in all: a multiple."""
    if heard.kind != "growth" or not one.total_growth or heard.end is None or heard.value is None or not heard.unit:
        return heard
    if heard.bases and heard.end.end - heard.bases[0].end <= 12:
        return heard
    note = f"{heard.value}% without 'a year' is read as growth over the whole span"
    ratio = 1 + heard.value / 100
    return replace(heard, kind="multiple", value=ratio, unit="x", notes=(*heard.notes, note))


def _currencies(clues: Clues, one: Pointed, starts: Sequence[Token]) -> tuple[str, ...]:
    if one.currency:
        return (one.currency,)
    told = [token.meaning for token in clues.tokens if token.kind == "basis" and token.meaning in ("usd", "cny")]
    if told:
        return (told[-1],)
    if one.kind == "level":
        return ()
    printed = [
        token.meaning.currency
        for token in clues.tokens
        if token.kind == "figure" and token.meaning.currency in ("usd", "cny")
    ]
    return (printed[-1],) if printed and any(start.meaning.kind == "money" for start in starts) else ()


def _contradictions(heard: Heard, clues: Clues, one: Pointed, starts: Sequence[Token]) -> list[str]:
    """Return what cannot be true together within the sentence itself."""
    found = []
    if heard.end and any(base.end >= heard.end.end for base in heard.bases):
        found.append(f"years that go together: growth to {heard.end} cannot start from {heard.bases[0]}")
    told = {token.meaning for token in clues.tokens if token.kind == "basis" and token.meaning in ("usd", "cny")}
    if (one.currency and told and one.currency not in told) or TWO_CURRENCIES.search(clues.word(one.token)):
        found.append("one currency: the amount and the words beside it name different ones")
    levels = [
        token
        for token in clues.tokens
        if token.kind == "figure" and token.meaning.kind == "money" and token not in starts
    ]
    if starts and starts[0].meaning.kind == "money" and levels and heard.kind == "multiple" and heard.value is not None:
        first, last = starts[0].meaning, levels[0].meaning
        if first.currency == last.currency and first.hundred_millions > 0:
            ratio = last.hundred_millions / first.hundred_millions
            if not _near(ratio, heard.value) and not _near(ratio - 1, heard.value):
                found.append(
                    f"figures that go together: {clues.word(starts[0])} to {clues.word(levels[0])} is "
                    f"{ratio:.4g} times as much, not {heard.value}"
                )
    return found


def _near(ratio: Decimal, claimed: Decimal) -> bool:
    return abs(ratio - claimed) <= Decimal("0.1") * max(claimed, Decimal(1))


def _ranking(clues: Clues, printed: str) -> Heard:
    whens = [when for when in clues.whens if when.role == "end"]
    return Heard(
        "ranking",
        printed,
        end=whens[0].period if whens else None,
        beyond=("the same figure for every country or city that is ranked, on one definition; the ledger has China's",),
    )
