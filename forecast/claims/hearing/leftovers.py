"""Leftovers: figures and words of a sentence that say how much of something, and are not read as a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forecast.claims.hearing.asides import supposed
from forecast.claims.hearing.clauses import SO_TOO
from forecast.claims.hearing.clues import Clues
from series.extract.tokens import Token

KINDS = ("money", "percent", "multiple", "points")
AGAIN = re.compile(
    r"\b(?:half )?as (?:much|many) again\b|\bby the same (?:amount|sum|margin)\b|再(?:增加?|增长)(?:同样|同等|这么)多?"
)


def unread(clues: Clues, read: Iterable[Token]) -> tuple[str, ...]:
    """Return a note on each figure that is neither claimed, nor started from, nor supposed in a condition."""
    known = {token.start for token in read} | supposed(clues)
    left = [
        (token.start, clues.word(token))
        for token in clues.tokens
        if token.kind == "figure" and token.meaning.kind in KINDS and token.start not in known
    ]
    left += [(found.start(), found.group()) for pattern in (AGAIN, SO_TOO) for found in pattern.finditer(clues.lower)]
    return tuple(f"'{word.strip(' ,')}' is not read as a claim" for _, word in sorted(left))
