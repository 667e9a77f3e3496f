"""Footing: what a figure rests on that no series does: constant prices, the average month, a whole without a part."""

from __future__ import annotations

import re
from functools import lru_cache

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import told

CLOSED = re.compile(r"的|将|\d|\s(?:will|would|is|are|was|were|has|have|rose|fell|grew|could|may|should|in|by)\b")
MONTHLY = "the amount of a year, or of its months from January on: that of an average month, quarter or day is not read"
YEARLY = "the amount of one year: the average of some years is not read"
PER_HEAD = "a series of what comes to each person; the ledger counts no people"
EACH = "growth on the year before: growth by so much each month or quarter is not read"
EVERY = (
    "growth of one year, or on average: that every single year grew by more or less than so much is not judged at "
    "once; say each year by itself, or 'on average'"
)
STEPPED = "growth on the year before: growth on the month or quarter before is of no series"


def weigh(clues: Clues, one: Pointed) -> tuple[list[str], list[str]]:
    """Return what is missing of a claim, and what the evidence lacks for it, by the footing of its figure."""
    words = compiled()
    missing, beyond = list[str](), list[str]()
    if one.kind not in ("share", "points", "ranking") and told(clues, one.token, words.averaged):
        missing.append(EACH if one.kind == "growth" else MONTHLY)
    elif one.kind == "level" and told(clues, one.token, words.averaged_years):
        missing.append(YEARLY)
    if one.kind == "growth" and one.hedge in ("over", "under") and _of_single_years(clues, one):
        missing.append(EVERY)
    if one.kind in ("growth", "multiple") and told(clues, one.token, words.stepped):
        missing.append(STEPPED)
    if told(clues, one.token, words.per_head):
        beyond.append(PER_HEAD)
    if one.kind in ("growth", "multiple", "level") and told(clues, one.token, words.real):
        beyond.append("a series in constant prices or at constant exchange rates; the ledger has current ones")
    left_out = excluded(clues)
    if left_out:
        beyond.append(f"a series without a part of it, as '{left_out}' says")
    return missing, beyond


def _of_single_years(clues: Clues, one: Pointed) -> bool:
    """Whether a bound is said to hold in every year; one that holds on average may fail in any of them."""
    words = compiled()
    return told(clues, one.token, words.single_years) and not told(clues, one.token, words.meant)


@lru_cache(maxsize=4)
def excluded(clues: Clues) -> str:
    """Return what is left out of the whole that a sentence speaks of, as printed: "excluding Hong Kong"."""
    found = compiled().excluding.search(clues.lower)
    return CLOSED.split(found.group())[0].strip() if found else ""
