"""Carried: what a sentence or a clause takes over from the one before it, so that it cannot be heard alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.claims.hearing.asides import condition
from forecast.claims.hearing.clues import YEAR, Clues
from forecast.claims.hearing.places import NATION, UNNAMED

STOP = re.compile(r"[;；。!！?？\n]+[\"'”’」』]?\s*|\.[\"'”’]?\s+(?=[\"'“‘(]?[A-Z0-9$])")
FULL_YEAR = re.compile(r"^(?:全年|the (?:full|whole|entire) year|(?:full|whole) year)")
PLACES = frozenset(("world", "province", "city"))
POINTS_BACK = re.compile(  # at what was said before: such a sentence is none without it
    r"\W*(?:it(?! (?:took|takes|will take|is [a-z]+ (?:that|to))\b)|its|this|that|these|those|they|their|both|he|she"
    r"|such|by then|of (?:which|this|that|it)|in (?:this|that)|the (?:two|former|latter|same|rest|other)|(?:only )?then"
    r"|thereafter|instead|so|yet|but|however|still|otherwise|meanwhile|if so|even so|and|while|whereas|or"
    r"|之后|此后|其|这|该|此|两者|二者|同期|届时|那|否则|但|不过|然而|因此|所以|而|并|且|分别|同比|较上年)(?![a-z])"
)


def goes_on(held: Sequence[Clues], piece: str, clues: Clues) -> bool:
    """Whether what a piece is of, or holds under, is so for the sentence behind it too.

    A place goes on until another or China is named, what is onshore for a part of no scope, a year whose months were
    spoken of for the full year, a condition past a semicolon.
    """
    places = _kinds(held) & PLACES
    if NATION.search(piece.lower()):
        places.discard("world")  # it is what China is a part of
    placed = places or UNNAMED.search(piece.lower())
    if placed and not (_kinds([clues]) & PLACES or NATION.search(clues.lower)):
        return True
    onshore = any(token.kind == "scope" and token.meaning == "onshore" for one in held for token in one.tokens)
    if onshore and "scope" not in _kinds([clues]) and any(kind.startswith("part_") for kind in _kinds([clues])):
        return True
    if _same_year(held, clues):
        return True
    return piece.rstrip()[-1:] in ";；" and any(condition(one) for one in held)


def _same_year(held: Sequence[Clues], clues: Clues) -> bool:
    """Whether "the full year" is that of the months before it, which is not the running one: "2025年1—8月…,全年…"."""
    begun = [when.period.end // YEAR for one in held for when in one.whens if when.period.length < YEAR]
    full = any(FULL_YEAR.search(clues.word(token)) for token in clues.tokens if token.kind == "span")
    return full and bool(begun) and all(when.period.end // YEAR != begun[-1] for when in clues.whens)


def _kinds(held: Sequence[Clues]) -> set[str]:
    return {token.kind for clues in held for token in clues.tokens}
