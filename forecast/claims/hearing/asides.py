"""Asides: what a claim rests on, a condition or the growth of an earlier year, and not what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import MARK
from forecast.claims.hearing.years import When
from series.extract.tokens import Token

WHICH = re.compile(r",? which\b")  # of what was named last, even as a cause
THEN = re.compile(r"(?<!成)(?:就|则|便|那么)|\bthen\b")


@lru_cache(maxsize=4)
def condition(clues: Clues) -> str:
    """Return the condition under which the sentence claims what it claims, as printed, or nothing."""
    found = compiled().condition.search(clues.lower)
    if found:
        start, end = _clause(clues, found)
        return clues.lower[start:end].strip()
    return next((clues.lower[start:end] for start, end in _reckoned(clues)), "")


@lru_cache(maxsize=4)
def conditions(clues: Clues) -> tuple[tuple[int, int], ...]:
    """Return where the conditions of a sentence begin and end."""
    return tuple(_clause(clues, found) for found in compiled().condition.finditer(clues.lower))


def supposed(clues: Clues) -> frozenset[int]:
    """Return where figures start that are only supposed: in a condition or a concession, beside a claim outside it."""
    spans = [*conditions(clues), *_reckoned(clues)]
    spans += [_clause(clues, found) for found in compiled().concession.finditer(clues.lower)]
    starts = [token.start for token in clues.tokens if token.kind == "figure"]
    inside = frozenset(start for start in starts if any(first <= start < last for first, last in spans))
    return inside if len(inside) < len(starts) else frozenset()


@lru_cache(maxsize=4)
def causes(clues: Clues) -> tuple[tuple[int, int], ...]:
    """Return where it is said what brings something about: "Driven by AI, KPO will grow 18%"."""
    return tuple(
        found.span() for found in compiled().cause.finditer(clues.lower) if not WHICH.match(clues.lower, found.end())
    )


def grounds(clues: Clues, figure: Token) -> tuple[When, ...]:
    """Return the years of earlier growth that the growth of a figure builds on: "在2023年增长10.6%的基础上再增长7%"."""
    spans = [(start, end) for start, end in _grounds(clues) if not start <= figure.start < end]
    if not spans:
        return ()
    return tuple(when for when in clues.whens if any(first <= when.start < last for first, last in spans))


@lru_cache(maxsize=4)
def _grounds(clues: Clues) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in compiled().ground.finditer(clues.lower) if _holds_rate(clues.tokens, found))


def _reckoned(clues: Clues) -> list[tuple[int, int]]:
    """Return the rates that a level is only reckoned with: "按8%的增速计算"."""
    return [found.span() for found in compiled().reckoned.finditer(clues.lower) if _holds_rate(clues.tokens, found)]


def _holds_rate(tokens: Iterable[Token], found: re.Match[str]) -> bool:
    return any(
        token.kind == "figure" and token.meaning.kind == "percent" and found.start() <= token.start < found.end()
        for token in tokens
    )


def _clause(clues: Clues, opening: re.Match[str]) -> tuple[int, int]:
    """Return a clause from the word that opens it to the next mark, or to the "then" or first figure before it."""
    mark = MARK.search(clues.lower, opening.end())
    end = mark.start() if mark else len(clues.lower)
    then = THEN.search(clues.lower, opening.end(), end)
    if then:
        return opening.start(), then.start()
    before = [found.end() for found in MARK.finditer(clues.lower, 0, opening.start())]
    leads = not clues.lower[max(before, default=0) : opening.start()].strip("\"'“” ")
    within = [token for token in clues.tokens if token.kind == "figure" and opening.start() <= token.start < end]
    alone = len(within) == sum(token.kind == "figure" for token in clues.tokens)
    return opening.start(), within[0].end if leads and alone and len(within) > 1 else end
