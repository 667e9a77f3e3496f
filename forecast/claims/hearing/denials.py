"""Denials: figures that are said not to be passed, and denials from which no limit follows."""

from __future__ import annotations

import re
from typing import Literal

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token

CLAUSE = re.compile(r"[;。]|,(?!(?<=\d,)\d{3}(?!\d))")
FULL_STOP = re.compile(r"[;。]|\.\s")
UNTIL = re.compile(r"\s*(?:yuan |dollars )?(?:until|till|before)\b|.{0,12}(?:才|直到)")
UNTIL_BEFORE = re.compile(r"直到|until")


def denied(clues: Clues, figure: Token, before: str) -> Literal["limit", "denial"] | None:
    """Return what the words since the last claim make of a figure: an upper limit, or something that is denied.

    "Will not exceed" and "不太可能超过" are limits. "Nobody expects … to exceed", "未必能达到" and "目标恐难实现" deny:
    what is claimed instead is not for us to say.
    """
    words, clause = compiled(), CLAUSE.split(before)[-1]
    after = _rest(clues, figure)
    until = UNTIL.match(clues.lower[figure.end :]) or UNTIL_BEFORE.search(clause)
    if words.disbelief.search(FULL_STOP.split(before)[-1]) or words.denied_after.search(after):
        return "denial"
    if words.not_over.search(clause) and not until:
        return "limit"
    return "denial" if words.denial.search(clause) else None


def _rest(clues: Clues, figure: Token) -> str:
    """Return the words after a figure, to the end of the sentence or the next figure."""
    following = [token.start for token in clues.tokens if token.kind == "figure" and token.start >= figure.end]
    return FULL_STOP.split(clues.lower[figure.end : min(following, default=len(clues.lower))])[0]
