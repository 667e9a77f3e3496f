"""Changes: an amount that something grows or falls by, which is no level, and a step to a figure that follows."""

from __future__ import annotations

import re

from forecast.claims.hearing.clauses import shared
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token

LOST = re.compile(r"\blos(?:e|es|t|ing|s)\b[^,;。]{0,30}$")
TO = re.compile(r",?\s*(?:to|至|到|达到?|为)\s*(?:about |around |nearly |just |over |under |约|近|超过?|逾|不足)*")
STEPS = {"money": "money", "points": "percent"}
RATE = re.compile(r"\b(?:growth|rate|pace|speed|expansion)\b|增速|增幅|增长率|增长速度|涨幅|降幅")
WANTED = "the level that is to be reached: only the amount of {} is given"


def changed(clues: Clues, token: Token, before: str) -> str:
    """Return what is missing of an amount that is only what something changes by, or nothing for a level."""
    words = compiled()
    if not (words.by_amount.search(before) or words.difference.match(clues.lower, token.end)):
        return ""
    beside = before[-60:] + clues.lower[token.end : token.end + 24]
    fallen = words.falling.search(beside) or LOST.search(before)
    return WANTED.format("a fall" if fallen else "an increase")


def step(clues: Clues, index: int, before: str) -> bool:
    """Whether a figure only says how far it is to the next: "放缓2个百分点至8%", "by USD 10 bn to USD 165 bn".

    How far a share moves is a claim of its own.
    """
    token = clues.tokens[index]
    kind = STEPS.get(token.meaning.kind)
    following = next((one for one in clues.tokens[index + 1 :] if one.kind == "figure"), None)
    if following is None or following.meaning.kind != kind or following.start in clues.uppers:
        return False
    moved = (
        RATE.search(before) and not shared(clues, token) if kind == "percent" else compiled().by_amount.search(before)
    )
    return bool(moved and TO.fullmatch(clues.lower, token.end, following.start))
