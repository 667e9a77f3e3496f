"""Stretches: how far the words around a figure are of that figure, and which figures are listed together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token

COMMA = r",(?!(?<=\d,)\d{3}(?!\d))"  # none that parts the thousands of a number
FULL_STOP = re.compile(r"。|\.(?=\s)")
MARK = re.compile(rf"[;。]|{COMMA}|\.(?=\s|$)")
AND_WILL = re.compile(
    r" (?:and|while|whereas|but|as) (?:[a-z'-]+ ){1,3}(?:will|would|is|are|was|were|has|have|should|could|may)\b"
)
LISTED = re.compile(
    r"\s*(?:和|与|及|、|以及|,? ?and|,|&)\s*"
    r"(?:分别|约|超过?|逾|近|to |by |at |about |around |over |nearly |more than )*"
)
PERCENT_FROM = re.compile(r"(?:由|从|\bfrom )(?:\d{4}年)?的?\s*(?:约|about |nearly )?$")
OF_ANOTHER = re.compile(
    r"\s+(?:(?:the |that |those )?(?:(?:size|value|level|volume|scale) )?of |as (?:large|big|much|high|many) as )"
    r"(?:the |its |their |that of |china's |total )*"
)
ITS_TIMES = re.compile(r"(?:服务)?(?:外包)?(?:市场|业务|产业|规模)?的(?:约|近|逾|超过|至少)?")
ANOTHER = "a series of how many times one subject is another, which the ledger does not hold"
OWN = frozenset(("topic", "scope", "measure"))


def owns(token: Token) -> bool:
    """Whether a word names outsourcing, a part of it or what is counted of it."""
    return token.kind in OWN or token.kind.startswith("part_")


@lru_cache(maxsize=8)
def subjects(clues: Clues) -> tuple[Token, ...]:
    """Return the words that name outsourcing, a part of it or what is counted of it."""
    return tuple(token for token in clues.tokens if owns(token))


def of_another(clues: Clues, figure: Token) -> bool:
    """Whether a multiple is of another subject: "1.5 times the size of the offshore market", "是离岸的1.5倍"."""
    ahead = OF_ANOTHER.match(clues.lower, figure.end)
    return any(
        (ahead is not None and token.start == ahead.end())
        or bool(ITS_TIMES.fullmatch(clues.lower, token.end, max(token.end, figure.start)))
        for token in subjects(clues)
    )


def latest(tokens: Sequence[Token], words: Sequence[Token], until: int) -> list[Token]:
    """Return those of some words before a place that no figure parts from the last of them."""
    before = [token for token in words if token.start < until]
    if not before:
        return []
    parting = [token.end for token in tokens if token.kind == "figure" and token.end <= before[-1].start]
    since = max(parting, default=0)
    return [token for token in before if token.start >= since]


def reach(clues: Clues, tokens: Sequence[Token], until: int) -> int:
    """Return how far words after a figure are of it: where a subject stood before it, to a mark or another verb."""
    if not [token for token in tokens if token.start < until and token.kind in OWN]:
        return len(clues.lower)
    mark, verb = MARK.search(clues.lower, until), AND_WILL.search(clues.lower, until)
    return min(found.start() if found else len(clues.lower) for found in (mark, verb))


def figures(clues: Clues, like: Token) -> list[Token]:
    """Return the figures of the same kind, without the upper ends of ranges and what a percentage starts from."""
    alike = _alike(clues, like.meaning.kind)
    at = bisect_left(alike, like.start, key=lambda token: token.start)
    if like.start in clues.uppers or (at < len(alike) and alike[at].start == like.start):
        return list(alike)
    return [*alike[:at], like, *alike[at:]]


@lru_cache(maxsize=16)
def _alike(clues: Clues, kind: str) -> tuple[Token, ...]:
    return tuple(
        token
        for token in clues.tokens
        if token.kind == "figure"
        and token.meaning.kind == kind
        and token.start not in clues.uppers
        and (kind != "percent" or not PERCENT_FROM.search(clues.before(token.start)))
    )


def lower_end(clues: Clues, figure: Token) -> Token:
    """Return the lower end of a range for its upper end, and any other figure as it is."""
    if figure.start not in clues.uppers:
        return figure
    return [token for token in clues.tokens if token.kind == "figure" and token.start < figure.start][-1]


def listed(clues: Clues, figure: Token) -> list[Token]:
    """Return the figures that stand in one list with a figure, that one included: "8%、9% and 12%"."""
    alike = figures(clues, figure)
    at = alike.index(figure)
    first = last = at
    while first and joined(clues, alike[first - 1], alike[first]):
        first -= 1
    while last + 1 < len(alike) and joined(clues, alike[last], alike[last + 1]):
        last += 1
    return alike[first : last + 1]


def stretch(clues: Clues, figure: Token) -> tuple[int, int]:
    """Return where the words around a figure begin and end: from mark to mark, or to another figure that is claimed."""
    marks = _marks(clues)
    before, after = bisect_left(marks, figure.start), bisect_left(marks, figure.end)
    return marks[before - 1] + 1 if before else 0, marks[after] if after < len(marks) else len(clues.lower)


@lru_cache(maxsize=8)
def _marks(clues: Clues) -> tuple[int, ...]:
    return tuple(found.start() for found in MARK.finditer(clues.lower))


@lru_cache(maxsize=512)
def phrase(clues: Clues, figure: Token) -> tuple[int, int]:
    """Return the part of a stretch that is of one figure, or of those listed with it: between its neighbours."""
    figure = lower_end(clues, figure)
    start, end = stretch(clues, figure)
    group = listed(clues, figure)
    alike = figures(clues, figure)
    start = max([start, *(token.end for token in alike if token.end <= group[0].start)])
    last = group[-1]
    for token in [token for token in alike if token.start >= last.end]:
        if not _elliptic(clues, last, token):
            return min(start, group[0].start), min(end, token.start)
        last = token
    return min(start, group[0].start), end if end >= last.end else stretch(clues, last)[1]


def told(clues: Clues, figure: Token, pattern: re.Pattern[str]) -> bool:
    """Whether such a word is said of a figure: in its own phrase, or for all figures of the sentence.

    A word that stands in the phrase of another figure is of that one; the next figure takes it over where it names
    a subject and no time of its own ("offshore 8% a year, onshore 12%").
    """
    if not pattern.search(clues.lower):
        return False
    figure = lower_end(clues, figure)
    alike = figures(clues, figure)
    phrases = [phrase(clues, one) for one in alike]
    said = _said(clues, tuple(phrases), pattern)
    at = alike.index(figure)
    if said[at] or not any(said):
        return True
    while at and _takes_over(clues, phrases[at]):
        if FULL_STOP.search(clues.lower, alike[at - 1].end, alike[at].start):
            return False
        at -= 1
        if said[at]:
            return True
    return False


@lru_cache(maxsize=32)
def _said(clues: Clues, phrases: tuple[tuple[int, int], ...], pattern: re.Pattern[str]) -> tuple[bool, ...]:
    return tuple(bool(pattern.search(clues.lower, *span)) for span in phrases)


def _takes_over(clues: Clues, span: tuple[int, int]) -> bool:
    within = [token for token in clues.tokens if span[0] <= token.start and token.end <= span[1]]
    timed = any(token.kind == "span" or token.ties("together") or token.ties("compare") for token in within)
    return any(owns(token) for token in within) and not timed and not compiled().cumulative.search(clues.lower, *span)


def _between(tokens: Sequence[Token], first: Token, second: Token) -> list[Token]:
    begin, end = (bisect_left(tokens, place, key=lambda token: token.start) for place in (first.end, second.start))
    return [token for token in tokens[begin:end] if token.end <= second.start]


def joined(clues: Clues, first: Token, second: Token) -> bool:
    """Whether two figures are listed with nothing of their own between them: "8% and 9%"."""
    uppers = [token for token in _between(clues.tokens, first, second) if token.start in clues.uppers]
    start = uppers[-1].end if uppers else first.end
    return bool(LISTED.fullmatch(clues.lower[start : second.start]))


def _elliptic(clues: Clues, first: Token, second: Token) -> bool:
    """Whether only another subject parts two figures: "7% and onshore 12% a year"."""
    between = [token for token in _between(clues.tokens, first, second) if token.start not in clues.uppers]
    listing = [token for token in between if token.kind == "mark" and token.meaning == "list"]
    return len(listing) == 1 and all(token in listing or owns(token) or token.kind == "filler" for token in between)
