"""Ranges: two figures that are the ends of one claim, "8-10%", "USD 180 to 200 bn", "between 8% and 10%"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token
from series.extract.units import Figure

GAP = re.compile(r"\s*(?:-|–|—|~|～|至|到|to)\s*-?")
BETWEEN = re.compile(r"(?:\bbetween |介于|在)$")
AND = re.compile(r"\s*(?:and|和|与)\s*")
FROM = re.compile(r"(?:由|从|自|from)\s*(?:about |约)?$")
SWALLOWED = re.compile(
    r"[-–—~]\s?(?:us\$|\$|usd|rmb|cny|¥)\s?$"
)  # of "$175bn-$180bn" the first is read to the second "$"
GROWN_APART = 3  # an amount is well above what it grows by: "by 10 to 165", and not "by 10 to 15"
SIGNS = "-–—~～"


def paired(tokens: Sequence[Token], lower: str) -> tuple[tuple[Token, ...], frozenset[int]]:
    """Return the tokens with both ends of a range in one unit, and the places where upper ends start.

    "From 40% to 50%" is a change and no range.
    """
    found = list(tokens)
    uppers: set[int] = set()
    figures = [place for place, token in enumerate(found) if token.kind == "figure"]
    for low, high in itertools.pairwise(figures):
        first, second = found[low], found[high]
        gap, before = lower[first.end : second.start], lower[: first.start]
        dashed = lower[second.start : second.start + 1] in SIGNS
        swallowed = not gap.strip() and SWALLOWED.search(lower[first.start : first.end])
        joined = (
            (dashed and not gap.strip())
            or swallowed
            or (GAP.fullmatch(gap) and not _leads(first.meaning, second.meaning, gap, before))
            or (BETWEEN.search(before) and AND.fullmatch(gap))
        )
        ends = _alike(first.meaning, second.meaning) if joined and not FROM.search(before) else None
        if ends is None or first.start in uppers:
            continue
        word = lower[second.start : second.end]
        start = second.start + len(word) - len(word.lstrip(SIGNS))
        found[low] = replace(first, meaning=ends[0])
        found[high] = replace(second, meaning=ends[1], start=start)
        uppers.add(start)
    return tuple(found), frozenset(uppers)


def _leads(change: Figure, level: Figure, gap: str, before: str) -> bool:
    """Whether the second amount is where the first leads: "will rise by USD 10 bn to USD 165 bn"."""
    if change.kind != "money" or level.kind != "money" or not gap.strip(" ").isalpha():
        return False
    grown = level.hundred_millions >= GROWN_APART * change.hundred_millions
    return bool(grown and compiled().by_amount.search(before[-80:]))


def _alike(low: Figure, high: Figure) -> tuple[Figure, Figure] | None:
    """Return both figures with the unit that only one of them carries; None where they do not go together."""
    if low.kind == "number" and high.kind in ("percent", "points", "multiple", "money"):
        low = replace(high, number=low.number, signed=False)
    if low.kind != high.kind or low.kind == "number":
        return None
    scale = low.scale or high.scale
    currency = low.currency or high.currency
    low = replace(low, scale=scale, currency=currency)
    high = replace(high, scale=high.scale or scale, currency=high.currency or currency, number=abs(high.number))
    size = (low.number.scaleb(low.scale), high.number.scaleb(high.scale))
    return (low, high) if 0 <= size[0] < size[1] and low.currency == high.currency else None
