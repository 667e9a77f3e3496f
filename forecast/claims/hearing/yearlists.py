"""Year lists: years that are named together, dealt to figures that are listed in the same order."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.stretches import listed, lower_end
from forecast.claims.hearing.years import When
from series.extract.tokens import Token

WITH = r"(?:和|与|跟|同|及|以及|、|,? ?\band\b|,|&)\s*"
JOIN = re.compile(rf"\s*{WITH}")
AGAIN = re.compile(rf"\s*{WITH}(in|for) ")
COMPARED = re.compile(r"\s*(?:年)?\s*(?:的?水平|同期)?\s*(?:相比|比较|对比|比(?!重|例))")
PARTING = re.compile(r"[,、;。]|\.\s|(?:和|与|及|\band)\s*(?:in |by |for |at |在|到|至|比|较|将)*(?:the )?$")
WANTED = "which figure goes with which year: several years are named together"


def parted(clues: Clues, figure: Token, when: When) -> bool:
    """Whether a year after a figure stands behind a mark or an "and", and so belongs to what comes next."""
    return bool(PARTING.search(clues.lower[figure.end : when.start]))


@lru_cache(maxsize=4)
def in_role(clues: Clues) -> Clues:
    """Return the clues with one role for all years of a list: both of "比2020年和2023年" are bases."""
    return replace(clues, whens=tuple(when for group in _groups(clues) for when in group))


def dealt(clues: Clues, figure: Token) -> tuple[When | None, tuple[When, ...]]:
    """Return the year of a figure by its place in a list of years, and that list; no year where they do not match.

    "2024年、2025年分别增长8%和9%", "8% and 9% in 2024 and 2025", "比2020年和2023年分别增长60%和20%".
    Where two measures are named as well, the order says nothing.
    """
    row = listed(clues, lower_end(clues, figure))
    years = _beside(clues, row)
    measures = {token.meaning for token in clues.tokens if token.kind == "measure"}
    if len(row) != len(years) or len(measures) > 1:
        return None, years
    return years[row.index(lower_end(clues, figure))], years


def lists_years(clues: Clues) -> bool:
    """Whether years are named together that something can be the sum of: "2026年和2027年两年合计"."""
    return any(len(group) > 1 and group[0].role == "end" for group in _groups(clues))


@lru_cache(maxsize=4)
def _telling(clues: Clues) -> tuple[tuple[When, ...], ...]:
    return tuple(group for group in _groups(clues) if len(group) > 1 or group[0].role == "end")


def _beside(clues: Clues, row: list[Token]) -> tuple[When, ...]:
    """Return the years that are listed before a row of figures or after it, with no other figure between."""
    others = [token for token in clues.tokens if token.kind == "figure" and token.start not in clues.uppers]
    first = max((token.end for token in others if token.end <= row[0].start), default=0)
    last = min((token.start for token in others if token.start > row[-1].start), default=len(clues.lower))
    groups = _telling(clues)
    after = [group for group in groups if row[-1].end <= group[0].start < last]
    if after and not parted(clues, row[-1], after[0][0]):
        return after[0] if len(after[0]) > 1 else ()
    before = [group for group in groups if first <= group[0].start and group[-1].stop <= row[0].start]
    lists = [group for group in before if len(group) > 1]
    return tuple(when for group in lists for when in group) if lists and lists[-1] is before[-1] else ()


@lru_cache(maxsize=4)
def _groups(clues: Clues) -> tuple[tuple[When, ...], ...]:
    """Return the years of a sentence, those that are joined in one group: "2024年和2025年"."""
    groups: list[tuple[When, ...]] = []
    for when in sorted(clues.whens, key=lambda when: when.start):
        last = groups[-1][-1] if groups else None
        joined = last and {last.role, when.role} <= {"end", "base"} and _joined(clues, last, when)
        if last and joined and (last.role == "base" or not COMPARED.match(clues.lower, when.stop)):
            groups[-1] = (*groups[-1], replace(when, role=last.role))
        else:
            groups.append((when,))
    return tuple(groups)


def _joined(clues: Clues, first: When, second: When) -> bool:
    """Whether two years are listed; a preposition opens a clause of its own, unless figures are listed with them."""
    if clues.lower.startswith("by", second.start):
        return False
    again = AGAIN.fullmatch(clues.lower, first.stop, second.start)
    if again and clues.before(first.start).endswith(f"{again[1]} "):
        return any(len(listed(clues, lower_end(clues, token))) > 1 for token in clues.tokens if token.kind == "figure")
    return bool(JOIN.fullmatch(clues.lower, first.stop, second.start))
