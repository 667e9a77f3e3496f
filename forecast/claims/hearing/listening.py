"""Listening: a sentence read into the claims that it makes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial

from forecast.claims.hearing.agreement import clash, compared
from forecast.claims.hearing.asides import condition
from forecast.claims.hearing.clauses import clause, led_by
from forecast.claims.hearing.clues import Clues, foretells, gather
from forecast.claims.hearing.dating import date
from forecast.claims.hearing.figures import point
from forecast.claims.hearing.footing import PER_HEAD, excluded, weigh
from forecast.claims.hearing.heard import Heard, amount
from forecast.claims.hearing.joints import Part, unjoined
from forecast.claims.hearing.leftovers import unread
from forecast.claims.hearing.naming import COUNTS, name
from forecast.claims.hearing.owners import owner
from forecast.claims.hearing.ownyears import SINCE
from forecast.claims.hearing.paragraphs import among, apart
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import phrase
from forecast.claims.hearing.unmeasured import without_figure
from series.extract.tokens import Token
from series.extract.units import Figure
from series.periods import Period
from series.review.proposals import listed

PER = {"growth": "%"}
UNCOUNTED = frozenset((COUNTS, PER_HEAD))
TWO_CURRENCIES = re.compile(r"(?:\$|usd).*(?:yuan|rmb|人民币|(?<!美)元)")


def listen(text: str, made: dt.date | None = None) -> list[Heard]:
    """Return the claims of a sentence in the order of their figures; `made` is the day it was said, if known.

    Example:
        >>> str(listen("Offshore execution doubled between 2015 and 2020.")[0])
        'a multiple of 2 times from 2015 to 2020 of cn.offshore.execution.usd or cn.offshore.execution.cny'
    """
    together = _listen(Part(text), made)
    look, hear = cache(partial(gather, made=made)), cache(partial(_listen, made=made))
    parts = [part for piece in apart(text, made) for part in unjoined(piece, look, hear)]
    if len(parts) <= 1:
        return together
    return among([one for part in parts for one in hear(part)], together)


def _listen(part: Part, made: dt.date | None) -> list[Heard]:
    """Return the claims of sentences or clauses that are about each other, or of one."""
    clues = replace(gather(part.text, made), ahead=part.ahead and made is None)
    pointed, starts = point(clues)
    pointed, ends = _without_ends_of_rates(clues, pointed, starts)
    if not pointed:
        return without_figure(clues)
    claims = [heard for index in range(len(pointed)) for heard in _heard(clues, pointed, index, starts, made)]
    said = tuple(
        f"{amount(one.value, one.unit)} is read as where the growth ends, not as a claim of its own"
        for one in ends
        if one.value is not None
    )
    said += unread(clues, [*starts, *(one.token for one in (*pointed, *ends))])
    return [replace(heard, notes=(*heard.notes, *said)) for heard in compared(claims)]


def _without_ends_of_rates(
    clues: Clues, pointed: list[Pointed], starts: Sequence[Token]
) -> tuple[list[Pointed], list[Pointed]]:
    """Set apart the level that a "from … to …" ends at where the growth between the two is what is claimed.

    Growth of a subject that its own clause names is not that between the two.
    """
    began = [start for start in starts if start.meaning.kind == "money"]
    rates = [one for one in pointed if one.kind in ("multiple", "growth")]
    ends = [end for start in began for end in _ends(clues, pointed, start)]
    gone = [end for end in ends if any(_goes_with(clues, rate, end) for rate in rates)]
    return [one for one in pointed if one not in gone], gone


def _ends(clues: Clues, pointed: Sequence[Pointed], start: Token) -> list[Pointed]:
    """Return the level that an amount leads to: after it in its clause, or else before it ("up from")."""
    levels = [one for one in pointed if one.kind == "level"]
    after = [one for one in levels if one.token.start > start.start][:1]
    before = [one for one in levels if one.token.start < start.start][-1:]
    return after if after and clause(clues, after[0].token) == clause(clues, start) else before or after


def _goes_with(clues: Clues, rate: Pointed, end: Pointed) -> bool:
    return clause(clues, rate.token) == clause(clues, end.token) or not led_by(clues, rate.token)


def _heard(
    clues: Clues, all_of: Sequence[Pointed], index: int, starts: Sequence[Token], made: dt.date | None
) -> list[Heard]:
    one = all_of[index]
    following = all_of[index + 1].token.start if index + 1 < len(all_of) else len(clues.lower)
    missing, notes = [*one.missing], list[str]()
    given = condition(clues)
    if given:
        missing.append(f"a claim that holds without a condition: '{given}' is one")
    unlike, beyond = weigh(clues, one)
    missing += unlike
    whose = owner(clues, one.token, one.kind)
    if one.kind == "level" and not one.unit and compiled().counted.search(clues.lower):
        beyond.append(COUNTS)
    bases, end = date(clues, one, following, made, missing, notes)
    ahead = foretells(clues) or (made is not None and end is not None and end.end > made.year * 12 + made.month - 1)
    if one.fallen and not ahead:
        one = replace(one, hedge="exact")
    currencies = _currencies(clues, one, starts)
    claims = [
        Heard(
            kind=one.kind,
            printed=clues.word(one.token),
            value=one.value,
            unit=one.unit,
            hedge=one.hedge,
            wording=one.wording,
            subjects=() if excluded(clues) else tuple(_as_listed(name, end) for name in named.subjects),
            bases=bases if one.kind in SINCE else (),
            end=end,
            missing=(*named.missing, *missing, *([whose] if whose and not named.beyond else [])),
            beyond=tuple(dict.fromkeys(beyond if excluded(clues) else (*named.beyond, *one.beyond, *beyond))),
            notes=(*named.notes, *notes),
            foretold=foretells(clues),
        )
        for named in name(clues, one.token, currencies, share=one.kind in ("share", "points"))
    ]
    claims = [_one_year(heard, one) for heard in claims]
    claims = [replace(heard, missing=()) if UNCOUNTED.intersection(heard.beyond) else heard for heard in claims]
    return [replace(heard, missing=(*heard.missing, *_contradictions(heard, clues, one, starts))) for heard in claims]


def _as_listed(subject: str, end: Period | None) -> str:
    """Return a subject with the list of cities or countries that holds at the end of the claim."""
    return ".".join(listed(part, end.last) for part in subject.split(".")) if end else subject


def _one_year(heard: Heard, one: Pointed) -> Heard:
    """Read growth over several years without "a year" as growth in all: a multiple."""
    if heard.kind != "growth" or not one.total_growth or heard.end is None or heard.value is None or not heard.unit:
        return heard
    if heard.bases and heard.end.end - heard.bases[0].end <= 12:
        return heard
    note = f"{heard.value:f}% without 'a year' is read as growth over the whole span"
    ratio = 1 + heard.value / 100
    return replace(heard, kind="multiple", value=ratio, unit="x", notes=(*heard.notes, note))


def _currencies(clues: Clues, one: Pointed, starts: Sequence[Token]) -> tuple[str, ...]:
    if one.currency:
        return (one.currency,)
    told = _told_currency(clues, one)
    if told:
        return (told,)
    if one.kind == "level":
        return ()
    printed = [
        token.meaning.currency
        for token in clues.tokens
        if token.kind == "figure" and token.meaning.currency in ("usd", "cny")
    ]
    return (printed[-1],) if printed and any(start.meaning.kind == "money" for start in starts) else ()


def _told_currency(clues: Clues, one: Pointed) -> str:
    """Return the currency that the words about a figure name, or those before it, or the others of the sentence."""
    told = [token for token in clues.tokens if token.kind == "basis" and token.meaning in ("usd", "cny")]
    start, end = phrase(clues, one.token)
    near = [token for token in told if start <= token.start < end]
    before = [token for token in told if token.start < one.token.start]
    chosen = [*(near or before or told)[-1:]]
    return str(chosen[0].meaning) if chosen else ""


def _contradictions(heard: Heard, clues: Clues, one: Pointed, starts: Sequence[Token]) -> list[str]:
    """Return what cannot be true together within the sentence itself."""
    found = []
    if heard.end and any(base.end >= heard.end.end for base in heard.bases):
        found.append(f"years that go together: growth to {heard.end} cannot start from {heard.bases[0]}")
    if heard.kind == "growth" and heard.end and any(base.length != heard.end.length for base in heard.bases):
        found.append(f"growth on as many months before: {heard.bases[0]} and {heard.end} are not alike")
    told = {token.meaning for token in clues.tokens if token.kind == "basis" and token.meaning in ("usd", "cny")}
    if (one.currency and told and one.currency not in told) or TWO_CURRENCIES.search(clues.word(one.token)):
        found.append("one currency: the amount and the words beside it name different ones")
    levels = [
        token
        for token in clues.tokens
        if token.kind == "figure" and token.meaning.kind == "money" and token not in starts
    ]
    apart = levels and led_by(clues, one.token) and clause(clues, one.token) != clause(clues, levels[0])
    if apart:
        return found
    if starts and starts[0].meaning.kind == "money" and levels and heard.value is not None:
        unlike = _unlike(heard, starts[0].meaning, levels[0].meaning)
        if unlike:
            pair = f"{clues.word(starts[0])} to {clues.word(levels[0])}"
            found.append(f"figures that go together: {pair} is {unlike}, not {heard.value}{PER.get(heard.kind, '')}")
    return found


def _unlike(heard: Heard, first: Figure, last: Figure) -> str:
    """Return what growth between two amounts is where that is not what is claimed of it, or nothing."""
    assert heard.value is not None  # noqa: S101 - the caller has looked
    if first.currency != last.currency or first.hundred_millions <= 0:
        return ""
    if heard.kind == "growth" and heard.end:
        told = [clash(first.hundred_millions, last.hundred_millions, b, heard.end, heard.value) for b in heard.bases]
        return told[0] if told and all(told) else ""
    ratio = last.hundred_millions / first.hundred_millions
    alike = heard.kind != "multiple" or _near(ratio, heard.value) or _near(ratio - 1, heard.value)
    return "" if alike else f"{ratio:.4g} times as much"


def _near(ratio: Decimal, claimed: Decimal) -> bool:
    return abs(ratio - claimed) <= Decimal("0.1") * max(claimed, Decimal(1))
