"""Ranges: two figures between which a value lies ("$150-152 billion", "10%至12%"); neither is the value."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from series.extract.sentences import Sentence
from series.extract.tokens import Token

DASH = re.compile(r"\s?(?:-{1,2}|~|—{1,2}|–|±|\+/-)\s?")
TO = re.compile(r"\s?(?:to|至|到)\s?")
AND = re.compile(r"\s?(?:and|与|和|及)\s?")
OR = re.compile(r"\s?(?:or|或)\s?")
OPENS = re.compile(r"(?:between|介于|处于|在)\s?(?:about |around |roughly |an estimated |约)?$")
RANGED = re.compile(r"(?:rang(?:ed|es|ing)|somewhere|anywhere|anything) from\s?$")
CLOSES = re.compile(r"\s?(?:之间|不等|区间|的区间)")
SETS_OUT = re.compile(r"(?:from|由|从|自)\s?(?:about |around |roughly |约)?$")
KINDS = frozenset(("money", "percent", "number", "multiple"))
NEAR = 30  # characters before a figure that may open a range


def ends(sentence: Sentence, lower: str) -> set[int]:
    """Return the indices of the figures that are the ends of a range."""
    figures = [at for at, token in enumerate(sentence.tokens) if token.kind == "figure" and token.meaning.kind in KINDS]
    found: set[int] = set()
    for first, second in itertools.pairwise(figures):
        if _is_range(sentence.tokens, first, second, lower):
            found |= {first, second}
    return found


def _is_range(tokens: Sequence[Token], first: int, second: int, lower: str) -> bool:
    one, other = tokens[first], tokens[second]
    if not _alike(one, other):
        return False
    before, between = lower[max(0, one.start - NEAR) : one.start], lower[one.end : other.start]
    if DASH.fullmatch(between) or (OR.fullmatch(between) and one.meaning.currency == other.meaning.currency):
        return True
    opened = OPENS.search(before) and (AND.fullmatch(between) or TO.fullmatch(between))
    if opened and (before.rstrip()[-1:] != "在" or CLOSES.match(lower, other.end)):
        return True
    if not TO.fullmatch(between):
        return AND.fullmatch(between) is not None and lower.startswith("之间", other.end)
    if RANGED.search(before) or CLOSES.match(lower, other.end):
        return True
    return not SETS_OUT.search(before) and not _moves(tokens, first)


def _alike(one: Token, other: Token) -> bool:
    """Whether two figures can be the ends of one range: of one kind, or the first without its unit."""
    kind, unit = str(one.meaning.kind), str(other.meaning.kind)
    return (kind == unit and kind != "number") or (kind == "number" and unit != "number")


def _moves(tokens: Sequence[Token], first: int) -> bool:
    """Whether the first of two figures joined by "to" is by how much a value moved ("rose $14.5 billion to …")."""
    if tokens[first].meaning.kind == "number":
        return False
    words = {token.meaning for token in tokens[max(0, first - 6) : first] if token.kind == "role"}
    if tokens[first].meaning.kind == "money":
        return bool(words & {"up", "down"})
    return "share" in words and bool(words & {"up", "down"})
