"""Unlisted: a part that no series is of, and whose share follows its name: "高端业务占比超过45%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.claims.hearing.carried import POINTS_BACK
from forecast.claims.hearing.clauses import naming
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import stretch
from series.extract.tokens import Token

HAN = re.compile(r"[\u3400-\u9fff]")
NAMED = re.compile(rf"{HAN.pattern}|[a-z]{{2,}}")
AROUND = frozenset(("span", "mark", "plan", "figure", "tie", "filler"))


def unlisted_part(clues: Clues, figure: Token, unknown: str) -> str | None:
    """Return what a share is of by the words right before it, where these name nothing that the ledger has.

    `unknown` is the text with blanks for all that is known. A clause that names outsourcing or a part is of that.
    """
    start, _ = stretch(clues, figure)
    before = [token for token in clues.tokens if start <= token.start and token.end <= figure.start]
    begin = max([start, *(token.end for token in before if token.kind in ("figure", "mark"))])
    told = [token for token in before if token.start >= begin]
    place = next((at for at, token in enumerate(told) if token.kind == "role" and token.meaning == "share"), None)
    if place is None or any(naming(token) for token in told):
        return None
    first, last = _opens(told[:place], unknown, begin), told[place].start
    verb = compiled().verb.search(clues.lower, first, last)
    last = verb.start() if verb else last
    if not NAMED.search(unknown, first, last) or POINTS_BACK.search(clues.lower, first, told[place].start):
        return None
    return f"'{clues.lower[first:last].strip()}'"


def _opens(told: Sequence[Token], unknown: str, begin: int) -> int:
    """Return where the name before a share begins: behind the time, and behind what says that it is to come.

    A word that is grown together with what follows is part of the name: "数字化业务".
    """
    first = begin
    for token in told:
        grown = token.kind == "filler" and HAN.match(unknown, token.end)
        if token.kind not in AROUND or grown or unknown[first : token.start].strip():
            break
        first = token.end
    return first
