"""Paragraphs: the sentences of a text that can be heard each alone, since they name what they are about and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from forecast.claims.hearing.carried import POINTS_BACK, STOP, goes_on
from forecast.claims.hearing.clauses import naming
from forecast.claims.hearing.clues import Clues, gather
from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.joints import opening
from forecast.claims.hearing.stretches import owns
from series.extract.tokens import Token

FIGURES = frozenset(("money", "percent", "multiple", "points"))


def apart(text: str, made: dt.date | None) -> list[str]:
    """Return the text in as many pieces as are complete: with a figure, what it is of and when, pointing at no other.

    Example:
        >>> apart("Offshore execution fell 3% in 2019. KPO will exceed 50% by 2030. It was 38% in 2021.", None)
        ['Offshore execution fell 3% in 2019.', 'KPO will exceed 50% by 2030. It was 38% in 2021.']
    """
    pieces, held, look = [""], list[Clues](), cache(partial(gather, made=made))
    for sentence in _sentences(text):
        clues = look(sentence)
        stands = (
            not POINTS_BACK.match(sentence.lower())
            and _tells([clues], naming)
            and _tells([look(opening(sentence, look))], naming)
        )
        if stands and _tells(held, owns) and not goes_on(held, pieces[-1], clues):
            pieces.append("")
            held = []
        pieces[-1] += sentence
        held.append(clues)
    return [piece.strip() for piece in pieces if piece.strip()]


def among(alone: Sequence[Heard], together: Sequence[Heard]) -> list[Heard]:
    """Return what was heard piece by piece, of the scope that a claim has beside the others of the text.

    What a text sets beside offshore outsourcing as "outsourcing" or "the total" is all of it.
    """
    others, found = list(together), list[Heard]()
    for one in alone:
        at = next((at for at, other in enumerate(others) if other.printed == one.printed), None)
        found.append(one if at is None else _scoped(one, others[at]))
        others = others if at is None else others[at + 1 :]
    return found


def _scoped(one: Heard, other: Heard) -> Heard:
    whole = tuple(subject for subject in one.subjects if ".total." in subject)
    narrower = whole != one.subjects and {".total." in subject for subject in other.subjects} == {True}
    notes = tuple(note for note in one.notes if not note.startswith("no scope is named"))
    return replace(one, subjects=whole, notes=notes) if narrower and whole else one


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in STOP.finditer(text):
        yield text[start : stop.end()]
        start = stop.end()
    yield text[start:]


def _tells(held: Sequence[Clues], names: Callable[[Token], bool]) -> bool:
    """Whether there are a figure, a word for what it is of, and a time.

    A sentence on "execution" alone is of what was spoken of before.
    """
    tokens = [token for clues in held for token in clues.tokens]
    figures = any(token.kind == "figure" and token.meaning.kind in FIGURES for token in tokens)
    named = any(token.kind == "stop" or names(token) for token in tokens)
    timed = any(clues.whens or clues.durations for clues in held)
    return figures and named and timed and not any(clues.undated for clues in held)
