"""Places: the province or city that a figure is of, named last before it, or all of China."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from forecast.claims.hearing.clauses import SHARE_OF, alone, clause, led_by, trails, within
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.stretches import latest
from series import catalog
from series.extract.tokens import Token

UNNAMED = re.compile(
    r"(?:全|我|本|该)(?:省|市|州|县|自治区)(?![场民值级长域])|全区(?!域)"
    r"|\b(?:the|our|this) (?:province|city|municipality|region)\b(?! of\b)|\b(?:city|province)-?wide\b"
)
WRITER = re.compile(r"-based (?:[a-z]+ )?(?:analyst|economist|consult|research|think|brok|advis|institut)")
NATION = re.compile(r"全国|中国|我国|全行业|\bchina\b|\bchinese\b|\bnational\b|\bnationwide\b|\bcountry\b|\bnation\b")
OF_NATION = re.compile(r"\s*of (?:the |all )*(?:national|china|country|nation)")
JOINED = re.compile(r"(?:省|市)?\s*(?:和|与|及|、|以及|,? ?\band\b|&)\s*")
ONE = "one place: '{}' are several, and which figure goes with which is not said"
WHOSE = "whether it is of China or of {}, which is named after it"


def place(clues: Clues, figure: Token) -> tuple[str, str, str]:
    """Return the area of a figure, what is missing to tell it, and what the evidence lacks for it.

    Of several clauses each has the place named last, in it or before it; one that only a later clause names after its
    figure can be that of all.
    """
    areas = _areas(clues)
    if not areas:
        unnamed = _unnamed(clues, figure)
        return ("", "", f"a series of the place, which '{unnamed}' leaves unnamed") if unnamed else ("cn", "", "")
    joint = _together(clues, figure, areas)
    if joint:
        return "", ONE.format(joint), ""
    if alone(clues):
        return _known(areas[0])
    start, end = clause(clues, figure)
    own = [token for token in areas if start <= token.start < end]
    if own:
        return _known((latest(clues.tokens, own, figure.end) or own)[0])
    before = [token for token in areas if token.start < start]
    if before:
        if _national(clues, figure, before[-1].end):
            return "cn", "", ""
        return _known(before[-1])
    if trails(clues, areas[0]) and not NATION.search(clues.lower, 0, figure.start):
        return "", WHOSE.format(areas[0].meaning), ""
    return "cn", "", ""


def _together(clues: Clues, figure: Token, areas: Sequence[Token]) -> str:
    """Return the last two places before a figure as printed, where they are named together."""
    own = within(areas, clause(clues, figure)[0], figure.start)
    if len(own) < 2 or not JOINED.fullmatch(clues.lower, own[-2].end, own[-1].start):
        return ""
    return "" if own[-2].meaning == own[-1].meaning else clues.lower[own[-2].start : own[-1].end]


def _national(clues: Clues, figure: Token, since: int) -> bool:
    """Whether all of China is named after a place; what a share is of ("占全国的20%") only beside a part."""
    if any(
        not SHARE_OF.search(clues.before(found.start())) for found in NATION.finditer(clues.lower, since, figure.start)
    ):
        return True
    part = any(token.kind.startswith("part_") for token in led_by(clues, figure))
    of_it = NATION.search(clues.lower, since, figure.start) or OF_NATION.match(clues.lower, figure.end)
    return part and of_it is not None


@lru_cache(maxsize=4)
def _areas(clues: Clues) -> tuple[Token, ...]:
    return tuple(
        token
        for token in clues.tokens
        if token.kind in ("province", "city") and not WRITER.match(clues.lower, token.end)
    )


def _unnamed(clues: Clues, figure: Token) -> str:
    """Return the words for a place that no name is given of, in the clause of a figure or before it."""
    found = list(UNNAMED.finditer(clues.lower, 0, clause(clues, figure)[1]))
    if not found or (not alone(clues) and NATION.search(clues.lower, found[-1].end(), figure.start)):
        return ""
    return found[-1].group()


def _known(area: Token) -> tuple[str, str, str]:
    if f"cn.{area.meaning}" not in catalog.load().areas:
        return "", "", f"a series of {area.meaning}, which the ledger does not hold"
    return f"cn.{area.meaning}", "", ""
