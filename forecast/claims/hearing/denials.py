"""Denials: figures that are said not to be passed, and denials from which no limit follows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import COMMA
from series.extract.tokens import Token

CLAUSE = re.compile(rf"[;。]|{COMMA}")
GOAL = r"(?:goal|target|aim|ambition|plan|pledge|promise|forecast|projection|prediction)s?"
DROP = (
    r"(?:dropp\w*|drops?|abandon\w*|scrap\w*|shelv\w*|ditch\w*|cancel\w*|discard\w*|withdr[ae]w\w*|retract\w*"
    r"|(?:giv|gav)\w* up(?: on)?)"
)
GOAL_ZH, DROP_ZH = "(?:目标|计划|预测|预期|承诺|指标)", "(?:放弃|取消|撤销|撤回|搁置|收回|废除|摒弃)"
GIVEN_UP = re.compile(
    rf"\b{DROP} (?:on )?(?:its|the|their|this|that|a|an|his|her)\b[^,;。]{{0,30}}?\b{GOAL}\b(?! to (?:\$|usd|\d))"
    rf"|{DROP_ZH}[^,;。]{{0,60}}?{GOAL_ZH}"
)
WAS_GIVEN_UP = re.compile(
    rf"\b{GOAL}\b[^,;。]{{0,160}}\b(?:has been|have been|was|were|is|are|been) {DROP}"
    rf"|{GOAL_ZH}[现业]?(?:已经?|被|遭)+{DROP_ZH}"
)
MARKS = ",;。"
KINDS = ("money", "percent", "multiple", "points")
INSTEAD = re.compile(r"[;。]|\.\s|,? ?\b(?:but|and now|now)\b|,\s*(?:and\b|但|而|转而|改|并|现)")
FULL_STOP = re.compile(r"[;。]|\.\s")
ANEW = re.compile(r",\s*(?:and(?! that\b)|but|while|whereas|yet|但|而|不过|事实上|实际上)|\b(?:but|whereas)\b")
ASIDE = re.compile(  # a figure that another takes the place of: "instead of the USD 200 bn forecast earlier"
    r"(?:\b(?:instead of|rather than|as opposed to|in place of|and not|but not)|而不是|而非|取代|代替)"
    r"[^,;。\d$¥]{0,30}[$¥]?$"
)
NOT = re.compile(r"(?:\bnot(?: by| at)?|(?<!是)(?:不是|并非|而不在于))\s*$")
BUT = re.compile(r"[^,;。\d]{0,12},? ?(?:but|而是|却是)")
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
    if (
        any(start <= figure.start < end for start, end in _given_up(clues))
        or _doubted(clues, figure)
        or words.denied_after.search(after)
    ):
        return "denial"
    if words.not_over.search(clause) and not until:
        return "limit"
    return "denial" if words.denial.search(clause) else None


def put_aside(clues: Clues, figure: Token, before: str) -> bool:
    """Whether another figure is claimed in place of this one: "rather than 10%", "not 10% but 6%", "不是10%,而是6%"."""
    return bool(ASIDE.search(before) or (NOT.search(before) and BUT.match(clues.lower, figure.end)))


def _doubted(clues: Clues, figure: Token) -> bool:
    """Whether a doubt is said before a figure in its sentence, and goes on to it past the figures between."""
    sentence = max((found.end() for found in FULL_STOP.finditer(clues.lower, 0, figure.start)), default=0)
    doubts = list(compiled().disbelief.finditer(clues.lower, sentence, figure.start))
    if not doubts:
        return False
    between = [token.end for token in clues.tokens if token.kind == "figure" and doubts[-1].end() <= token.start]
    return not between or between[0] > figure.start or not ANEW.search(clues.lower, between[0], figure.start)


@lru_cache(maxsize=4)
def _given_up(clues: Clues) -> tuple[tuple[int, int], ...]:
    """Return where figures are of a goal that is given up: "has dropped its goal of", "已放弃……的目标"."""
    spans = []
    for found in GIVEN_UP.finditer(clues.lower):
        instead = INSTEAD.search(clues.lower, found.end())
        spans.append((found.start(), instead.start() if instead else len(clues.lower)))
    for found in WAS_GIVEN_UP.finditer(clues.lower):
        opened = max(clues.lower.rfind(mark, 0, found.start()) for mark in MARKS) + 1
        spans.append((found.start() if found.group().isascii() else opened, found.end()))
    return tuple(spans)


def _rest(clues: Clues, figure: Token) -> str:
    """Return the words after a figure, to the end of the sentence or the next figure."""
    following = [
        token.start
        for token in clues.tokens
        if token.kind == "figure" and token.start >= figure.end and token.meaning.kind in KINDS
    ]
    return FULL_STOP.split(clues.lower[figure.end : min(following, default=len(clues.lower))])[0]
