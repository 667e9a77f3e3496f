"""Falling: whether an amount falls by a percentage, or its growth falls to one and stays growth."""

from __future__ import annotations

import re

from forecast.claims.hearing.patterns import compiled
from forecast.claims.records import ClaimHedge

RISING = re.compile(r"\b(?:grow|increase|rise|expand|climb|rebound)\b|增长|增加|上升")
SHORT_OF = re.compile(r"\b(?:short of|(?:lower|smaller) than) (?:about |even )?$")
THAN = re.compile(  # what something is compared with: "lower than offshore's 9%", "低于2025年的9%"
    r"\b(?:than|below|under) [^,;。]{1,40}?(?:'s|\bthe|\bthat) (?:about )?$|[高低快慢大小弱少多]于[^,;。]{1,20}?的约?$"
)
OF_FALL = re.compile(  # what falls is itself a fall: "the decline will narrow to 4%", "降幅收窄至4%"
    r"\b(?:(?:the|its|this|that|a|an|annual|rate of|pace of) (?:decline|fall|drop|decrease|contraction|reduction)"
    r"|(?:decline|decrease|contraction|reduction)s? (?:in|of))\b|降幅|跌幅|减幅|负增长|下降速度|萎缩速度"
)
RATE_NAMED = re.compile(
    r"\b(?:growth|rate|pace|speed|expansion|increase|gr[eo]w\w*|ris(?:e|es|en|ing)|rose|expand\w*|slow\w*|deceler\w*"
    r"|moderat\w*|eas(?:e|es|ed|ing)|cool\w*)\b"
    "|增|涨|升|速度|放缓|减缓|减速|回落"
)
FLIPPED: dict[ClaimHedge, ClaimHedge] = {"over": "under", "under": "over"}


def falls(led: str) -> bool:
    """Whether the words that lead to a figure are of a fall, with no rise after: "not shrink but grow"."""
    found = list(compiled().falling.finditer(led))
    return bool(found) and not RISING.search(led, found[-1].end())


def to_rate(led: str) -> bool:
    """Whether a figure is where something falls to, and not by how much: "will drop below", "降至"."""
    return bool(compiled().falling_to.search(led) or SHORT_OF.search(led))


def compared(led: str) -> bool:
    """Whether a figure is another's, with which one is compared: that it is passed from above says no fall of it."""
    return bool(THAN.search(led))


def of_fall(led: str) -> bool:
    """Whether what changes is the rate of a fall."""
    return bool(OF_FALL.search(led))


def unsaid(text: str) -> bool:
    """Whether no rate is named that could fall to a percentage: an amount cannot."""
    return not (RATE_NAMED.search(text) or OF_FALL.search(text))


def turned(hedge: ClaimHedge) -> ClaimHedge:
    """Return the hedge of growth for that of a fall: a fall of more than 4% is growth of less than -4%."""
    return FLIPPED.get(hedge, hedge)
