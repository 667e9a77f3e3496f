"""Own years: which of the years of a sentence are of the clause or the subject of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forecast.claims.hearing.clauses import around, clause, led_by, within
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import FULL_STOP, owns
from forecast.claims.hearing.years import When

SINCE = ("growth", "multiple", "points")
WAS = re.compile(
    r"\b(?:was|were|had|stood|came|accounted|made|grew|rose|fell|hit|reached|exceeded|totall?ed|doubled|tripled)\b"
    r"|年[^,;。]{0,8}(?:为|是|完成|实现)|了"
)
BOTH = re.compile(r",\s*(?:(?:both|all|each)\b[^,;。]{0,24}|[均都][^,;。]{0,4})$")
SINCE_YEAR = re.compile(r"\bsince (?:the year )?(?:19|20)\d\d|以来")
WILL = re.compile(r"\b(?:will|shall|is to|are to)\b|将|有望")


def own_bases(clues: Clues, one: Pointed, whens: Iterable[When]) -> list[When]:
    """Return the years that growth is counted from: none of another sentence, where the own one has years.

    Nor of another clause, where the own one names subject and year; it goes on to that of the next figure.
    """
    start, end = own_sentence(clues, one)
    first, last = clause(clues, one.token)
    dated = any(when.role == "end" and first <= when.start < last for when in clues.whens)
    if dated and led_by(clues, one.token):
        following = next((token for token in clues.tokens if token.kind == "figure" and token.start >= last), None)
        start, end = first, min(end, clause(clues, following)[0] if following else end)
    bases = [when for when in whens if when.role == "base" and not _was_since(clues, one, when)]
    return [when for when in bases if start <= when.start < end or _of_all(clues, one, when)]


def _was_since(clues: Clues, one: Pointed, base: When) -> bool:
    """Whether something has grown since a year in another clause, and a figure is of what will be."""
    start, end = clause(clues, one.token)
    ahead = compiled().foretelling.search(clues.lower, start, end)
    return bool(ahead) and not start <= base.start < end and _so_far(clues, base)


def _so_far(clues: Clues, base: When) -> bool:
    """Whether a year is one since when something has been so: "has grown 9% a year since 2015", "2015年以来"."""
    near = clues.lower[max(0, base.start - 16) : base.stop + 2]
    return bool(SINCE_YEAR.search(near)) and not compiled().foretelling.search(clues.lower, *around(clues, base.start))


def _of_all(clues: Clues, one: Pointed, base: When) -> bool:
    """Whether growth of every clause is counted from a year: "Compared with 2023, …", "…, both from 2020"."""
    told = [token for token in clues.tokens if token.kind == "figure" or owns(token)]
    if base.start < told[0].start:
        return not FULL_STOP.search(clues.lower, base.stop, one.token.start)
    return told[-1].end <= base.start and bool(BOTH.search(clues.before(base.start)))


def own_sentence(clues: Clues, one: Pointed) -> tuple[int, int]:
    """Return where the sentence of a figure begins and ends where it names subject and year, or the whole text."""
    start = max((found.end() for found in FULL_STOP.finditer(clues.lower, 0, one.token.start)), default=0)
    after = FULL_STOP.search(clues.lower, one.token.end)
    end = after.start() if after else len(clues.lower)
    dated = any(when.role == "end" and start <= when.start < end for when in clues.whens)
    return (start, end) if dated and led_by(clues, one.token) else (0, len(clues.lower))


def to_come(clues: Clues, one: Pointed, ends: list[When]) -> list[When]:
    """Return the year of what will be: not that of what was, in another clause, but one named later if any is.

    A year that opens the sentence is that of all its clauses.
    """
    start, end = clause(clues, one.token)
    so_far = any(when.role == "base" and start <= when.start < end and _so_far(clues, when) for when in clues.whens)
    ahead = ends and compiled().foretelling.search(clues.lower, *around(clues, ends[0].start))
    if so_far and ahead and not start <= ends[0].start < end:
        return []
    later = [when for when in clues.whens if when.role == "end" and when.start >= one.token.end][:1]
    grows = later and one.kind in SINCE and not WAS.search(clues.lower, start)
    will = WILL.search(clues.lower, start, one.token.start) or grows
    if not ends or ends[0].start >= start or not will:
        return ends
    first, last = around(clues, ends[0].start)
    opening = not any(token.kind == "figure" or owns(token) for token in within(clues.tokens, 0, ends[0].start))
    if opening or compiled().foretelling.search(clues.lower, first, last) or not WAS.search(clues.lower, first, last):
        return ends
    return later


def spoken_since(clues: Clues, one: Pointed) -> int:
    """Return where the years begin that growth can start from: in its clause, where that names a subject of its own."""
    return clause(clues, one.token)[0] if led_by(clues, one.token) else 0
