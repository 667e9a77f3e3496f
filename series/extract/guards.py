"""The words of the guards, and the clauses of a sentence that they reach over."""

from __future__ import annotations

import itertools
import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from series.extract.sentences import Sentence

TURNS = re.compile(
    r"(?<![a-z])(?:but|however|yet|instead|rather|in fact|in reality|whereas|while)(?![a-z])"
    r"|而是|但是?|然而|不过|事实上|实际上"
)
LATIN = re.compile(r"[(?:\[]*[a-z]")
BREAKS = ",;:()"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text between marks; `turns` when a new statement begins with it."""

    start: int
    end: int
    turns: bool


@cache
def table() -> dict[str, Any]:
    """Return the lists as written."""
    found: dict[str, Any] = tomllib.loads(files("series.extract").joinpath("guards.toml").read_text("utf-8"))
    return found


@cache
def pattern(name: str, words: str = "words") -> re.Pattern[str]:
    """Return the pattern of a list of words; one that never matches when the list is empty."""
    forms = table()[name].get(words, ())
    latin = "|".join(form + _edge(form) for form in forms if LATIN.match(form))
    han = "|".join(form for form in forms if not LATIN.match(form))
    return re.compile("|".join([*([rf"(?<![a-z])(?:{latin})"] if latin else []), *([han] if han else [])]) or r"(?!)")


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words as a set."""
    return frozenset(table()[name]["words"])


def found(name: str, lower: str, start: int, end: int) -> list[re.Match[str]]:
    """Return where words of a list stand in a stretch of text, less what is taken back."""
    matches = list(pattern(name).finditer(lower, start, end))
    if not matches:
        return []
    taken = [match.span() for match in pattern(name, "not_words").finditer(lower, start, end)]
    return [match for match in matches if not any(begin <= match.start() < stop for begin, stop in taken)]


def anywhere(name: str, lower: str, sentence: Sentence) -> bool:
    """Whether a word of a list stands in a sentence at all."""
    return pattern(name).search(lower, sentence.start, sentence.end) is not None


@cache
def signs(name: str, *, han: bool) -> tuple[str, ...]:
    """Return the signs of a list for a text that is in Chinese or not."""
    return tuple(sign for sign in table()[name]["signs"] if han or sign.isascii())


def signalled(name: str, lower: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the same for a list with signs: plain words, one of which stands in all that it matches.

    They are looked for first, so that most text is soon passed.
    """
    stretch = lower[start:end]
    for sign in signs(name, han=not stretch.isascii()):
        if sign in stretch:
            return found(name, lower, start, end)
    return []


def clauses(sentence: Sentence, lower: str) -> list[Clause]:
    """Return the clauses of a sentence, in order."""
    first, last = sentence.start, sentence.end
    marks = [token for token in sentence.tokens if token.kind == "mark" and token.meaning in BREAKS]
    cuts = {token.end: token.meaning == ";" for token in marks}
    cuts |= {match.start(): True for match in TURNS.finditer(lower, first, last) if match.start() > first}
    edges = [first, *sorted(cuts), last]
    return [Clause(start, end, cuts.get(start, True)) for start, end in itertools.pairwise(edges) if start < end]


def statements(parts: Sequence[Clause]) -> list[list[Clause]]:
    """Return the clauses grouped by the statement that they belong to."""
    grouped: list[list[Clause]] = []
    for clause in parts:
        if clause.turns or not grouped:
            grouped.append([])
        grouped[-1].append(clause)
    return grouped


def clause_at(parts: Sequence[Clause], at: int) -> Clause:
    """Return the clause that the character `at` stands in."""
    return parts[max(0, bisect_right(parts, at, key=lambda clause: clause.start) - 1)]


def _edge(form: str) -> str:
    """Return the word edge after a form, none after one that looks ahead itself."""
    return "" if form.endswith(")") and ("(?=" in form or "(?!" in form) else "(?![a-z])"
