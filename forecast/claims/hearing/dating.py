"""Dating: the years that a claim is for and is counted from, in all readings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from forecast.claims.hearing.asides import grounds
from forecast.claims.hearing.clauses import added, clause, led_by
from forecast.claims.hearing.clues import TWO_DIGITS, Clues, foretells
from forecast.claims.hearing.ownyears import SINCE, own_bases, own_sentence, spoken_since, to_come
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import phrase, told
from forecast.claims.hearing.yearlists import WANTED, dealt, in_role, lists_years, parted
from forecast.claims.hearing.years import Duration, When
from series.extract.tokens import Token
from series.periods import Period

MONTHS = "january|february|march|april|may|june|july|august|september|october|november"
FISCAL = re.compile(
    r"\b(?:years?|12 months|twelve months) (?:ending|ended|to|through|from)(?: in| on)? (?:the end of )?(?:\d{1,2} )?"
    rf"(?:{MONTHS})\b"
    rf"|\b(?:{MONTHS})[ -]year[ -]end|\b(?:fy|fiscal|financial year)\s?(?:year )?(?:20)?\d\d\s?[/-]\s?(?:20)?\d\d\b"
    r"|(?<!1)(?:\d|10|11)月(?:\d{1,2}日|底|末)?(?:为)?(?:止|结束)?的?(?:财年|财政年度|会计年度|12个月|十二个月)"
    r"|\d{4}\s?[/-]\s?\d{2,4}(?:财年|财政年度|年度)"
    r"|\b(?:fiscal|financial)(?: year)? [^;。]{0,60}\b(?:end|ends|ending|ended|to|through) (?:[a-z]+ ){0,3}"
    rf"(?:{MONTHS})\b"
    r"|(?:财年|财政年度|会计年度)[^;。]{0,4}(?:截至|截止|至|到)[^;。]{0,8}?(?<![\d])(?:[1-9]|10|11)月"
)
ON_YEAR = re.compile(r"同比|[较比](?:上年|去年|上一年)|\byear[- ]o(?:n|ver)[- ]year\b|\byoy\b")
OWN_YEAR = re.compile(r"的(?:约|近|逾|超过)?")
MONTHLY = re.compile(
    r"\b(?:a|per|each|every|that) (?:month|quarter)\b|\b(?:month|quarter)ly\b|当月|单月|每月|月均|当季|单季|每季|季均"
)
YEARS = re.compile(r"几年|多年|历年|连续|年均|每年|\b(?:years|decades?|annually)\b|\b(?:a|per|each|every) year\b")
KEPT = re.compile(r"\b(?:keep|maintain|sustain|continu|remain)\w*|保持|维持|持续")
UNDATED = ("within", "mean")


def date(
    clues: Clues, one: Pointed, following: int, made: dt.date | None, missing: list[str], notes: list[str]
) -> tuple[tuple[Period, ...], Period | None]:
    """Return the base readings and the end of one claim."""
    clues = in_role(clues)
    missing += [f"the day it was said, to know which year '{word}' is: give it with --made" for word in clues.undated]
    if _fiscal(clues):
        missing.append("a calendar year: no series has years that end in another month than December")
    own = [
        when for when in clues.whens if one.token.end <= when.start < following and not parted(clues, one.token, when)
    ]
    year, years = dealt(clues, one.token)
    if years and not year:
        missing.append(WANTED)
        return (), None
    if one.kind == "level" and lists_years(clues) and told(clues, one.token, compiled().cumulative):
        missing.append("a year: several that are named are added up")
    aside = grounds(clues, one.token)
    earlier = [when for when in clues.whens if when.start < one.token.start and when not in aside]
    ends = [when for when in own if when.role == "end"][:1] or [when for when in earlier if when.role == "end"][-1:]
    ends = ends or [when for when in clues.whens if when.role == "end"][:1]
    ends = [year] if year and year.role == "end" else to_come(clues, one, ends)
    ranges = _ranges(clues, one)
    bases = own_bases(clues, one, [*earlier, *own]) or own_bases(clues, one, clues.whens)
    bases = [year] if year and year.role == "base" else [when for when in bases if when not in years]
    with_year = _compared_year(clues, one)
    if with_year:
        bases, ends = [], [with_year]
    if ranges and one.kind in SINCE:
        return _range(ranges[-1], one, notes)
    if ranges and not ends:
        return (), _spanned(ranges[-1], clues, made, missing, notes)
    lasting = _durations(clues, one)
    if lasting and _apart(clues, one, lasting[0], ends):
        ends = []
    if lasting and not (ends and bases):
        dated = _lasting(clues, one, lasting[0], ends, made, missing, notes)
        if dated:
            return dated
    since = _earlier_rate(clues, one)
    others = [when for when in earlier if when.role == "end" and not _of_earlier_rate(clues, since, when)]
    others = [when for when in others if when.start >= spoken_since(clues, one)]
    ahead = [when for when in own if when.role == "end"][:1]
    was = len(others) == 1 and others[0].start < clause(clues, one.token)[0]
    others = [*others, *ahead] if was else [] if ahead else others
    risen = len(others) > 1 and others[0].period.end < others[-1].period.end
    if risen and not bases and not years and one.kind in SINCE:
        bases, ends = others[:1], others[-1:]
    end = _to_date(clues, one, ends[0], bases, missing, notes) if ends else None
    if ends and "decade" in clues.lower[ends[0].start : ends[0].stop]:
        notes.append(f"the end of the decade is read as {end}")
    if end is None:
        if not clues.undated:
            missing.append("the year by which it is to hold")
        return tuple(when.period for when in bases[:1]), None
    if bases and not _on_year_before(clues, one, bases):
        return (bases[-1].period,), end
    summed = not added(clues, one.token) and compiled().cumulative.search(clues.lower, *phrase(clues, one.token))
    yearly = one.kind == "points" or (one.kind == "growth" and _of_one_year(clues, one))
    if yearly and not summed and not _leads(clues, one, ends[0]):
        said = "a change" if one.kind == "points" else "growth"
        notes.append(f"{said} without a base year is read as {said.removeprefix('a ')} on the year before")
        return (end.shift(-12),), end
    if one.kind == "level" and summed and _led(clues, ends[0]) and end == Period.year(end.end // 12):
        missing.append(f"the first year of the sum up to {end}")
    found = _from_made(one, end, made, notes)
    if made and not found and one.kind in SINCE:
        missing.append(f"the year that the growth to {end} is counted from")
    return found, end


@lru_cache(maxsize=4)
def _fiscal(clues: Clues) -> bool:
    return bool(FISCAL.search(clues.lower))


def _earlier_rate(clues: Clues, one: Pointed) -> Token | None:
    rates = [token for token in clues.tokens if token.kind == "figure" and token.meaning.kind == "percent"]
    return next((token for token in reversed(rates) if token.end <= one.token.start), None)


def _of_earlier_rate(clues: Clues, rate: Token | None, when: When) -> bool:
    """Whether a year is that of a rate before a figure, and so no base: "8% in 2024 and in 2026 by 9%"."""
    return rate is not None and (when.start < rate.start or not parted(clues, rate, when))


def _compared_year(clues: Clues, one: Pointed) -> When | None:
    """Return the year of a percentage that another is compared with: "比2025年的9%低"."""
    if one.token.meaning.kind != "percent":
        return None
    earlier = [when for when in clues.whens if when.stop <= one.token.start]
    when = max(earlier, key=lambda when: when.stop, default=None)
    if when is None or not OWN_YEAR.fullmatch(clues.lower, when.stop, one.token.start):
        return None
    return when if clues.before(when.start).endswith(("比", "较", "与")) else None


def _on_year_before(clues: Clues, one: Pointed, bases: Sequence[When]) -> bool:
    """Whether a figure is said to be year on year and the base is another figure's."""
    start, end = phrase(clues, one.token)
    yoy = one.kind == "growth" and one.total_growth and ON_YEAR.search(clues.lower, start, end)
    return bool(yoy) and not any(start <= when.start < end for when in bases)


def _ranges(clues: Clues, one: Pointed) -> list[When]:
    """Return the spans of years that a figure can be of: not those of another figure where it has a year of its own."""
    start, end = phrase(clues, one.token)
    near = [when for when in clues.whens if start <= when.start < end]
    own = [when for when in near if when.role == "range"]
    if own or any(when.role == "end" for when in near):
        return own
    first, last = own_sentence(clues, one)
    return [when for when in clues.whens if when.role == "range" and first <= when.start < last]


def _of_one_year(clues: Clues, one: Pointed) -> bool:
    """Whether growth is not said to be that of each of some years; two digits are, but for a year that is named."""
    named = YEARS.search(clues.lower) or (KEPT.search(clues.lower) and any(_led(clues, when) for when in clues.whens))
    return one.total_growth or bool(TWO_DIGITS.fullmatch(clues.word(one.token)) and not named)


def _leads(clues: Clues, one: Pointed, end: When) -> bool:
    """Whether growth leads up to a year ("by 2030", "到2030年") and is not that of the year itself."""
    return _led(clues, end) and not told(clues, one.token, compiled().yearly)


def _led(clues: Clues, end: When) -> bool:
    word = clues.lower[end.start : end.stop]
    before, after = clues.before(end.start), clues.lower[end.stop : end.stop + 3]
    return bool(
        compiled().leading_to.search(before) or word.startswith(("by", "到", "至")) or after.startswith(("前", "之前"))
    )


def _to_date(
    clues: Clues, one: Pointed, end: When, bases: Sequence[When], missing: list[str], notes: list[str]
) -> Period:
    """Return the period of a claim: "by November" is the months from January on, as the ministry adds them up."""
    period = end.period
    summed = Period(period.end // 12 * 12, period.end)
    if summed == Period.year(period.end // 12) or not _led(clues, end) or MONTHLY.search(clues.lower):
        return period
    last = Period(period.end, period.end) if summed == period else period
    if one.kind in SINCE and (bases or not told(clues, one.token, ON_YEAR)):
        missing.append(f"a whole year: growth up to {last} is of no series unless it is on the same months before")
    notes.append(f"up to {last} is read as {summed}, the months from January on")
    return summed


def _spanned(span: When, clues: Clues, made: dt.date | None, missing: list[str], notes: list[str]) -> Period:
    """Return what an amount or a share of a span of years is of: their sum, or the last year of a plan."""
    last = Period.year(span.period.end // 12)
    if compiled().cumulative.search(clues.lower):
        _forecast_sum(clues, span.period, made, missing)
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


def _durations(clues: Clues, one: Pointed) -> list[Duration]:
    """Return the durations that a figure can be over: an average of years is one of the figure beside it."""
    start, end = phrase(clues, one.token)
    first, last = own_sentence(clues, one)
    own = [lasting for lasting in clues.durations if first <= lasting.start < last]
    return [lasting for lasting in own if lasting.kind != "mean" or start <= lasting.start < end]


def _apart(clues: Clues, one: Pointed, lasting: Duration, ends: Sequence[When]) -> bool:
    """Whether a year is of another clause than the coming years that a figure is over: "2025年增长0.5%,未来三年…6%"."""
    start, end = clause(clues, one.token)
    own = lasting.kind == "next" and start <= lasting.start < end and bool(led_by(clues, one.token))
    return own and not any(start <= when.start < end for when in ends)


def _lasting_sum(
    clues: Clues, years: int, ends: Sequence[When], made: dt.date | None, missing: list[str]
) -> Period | None:
    """Return the years that an amount is the sum of: "5.5 trillion yuan over the five years to 2025"."""
    if not ends:
        missing.append(f"the last of the {years} years that are added up")
        return None
    last = ends[0].period.end // 12
    _forecast_sum(clues, ends[0].period, made, missing)
    return Period((last - years + 1) * 12, last * 12 + 11)


def _forecast_sum(clues: Clues, last: Period, made: dt.date | None, missing: list[str]) -> None:
    if foretells(clues) or (made is not None and last.end >= made.year * 12 + made.month - 1):
        missing.append("a year: a sum over several years that are to come is not forecast")


def _lasting(
    clues: Clues,
    one: Pointed,
    duration: Duration,
    ends: Sequence[When],
    made: dt.date | None,
    missing: list[str],
    notes: list[str],
) -> tuple[tuple[Period, ...], Period | None] | None:
    if one.kind == "level" and told(clues, one.token, compiled().cumulative):
        return (), _lasting_sum(clues, duration.years, ends, made, missing)
    named = own_bases(clues, one, clues.whens)
    if named and duration.kind != "past":
        return (named[0].period,), named[0].period.shift(12 * duration.years)
    if ends and duration.kind != "next":
        return (ends[0].period.shift(-12 * duration.years),), ends[0].period
    if duration.kind in UNDATED and not ends and not foretells(clues):
        missing.append(f"whether the {duration.years} years are past or to come: give their first or last year")
        return (), None
    if made is None:
        if duration.kind in UNDATED and ends:
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
