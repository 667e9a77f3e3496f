"""Paragraphs: the sentences of a text that can be heard each alone, since they name what they are about and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from forecast.claims.hearing.asides import condition
from forecast.claims.hearing.clauses import naming
from forecast.claims.hearing.clues import Clues, gather
from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.places import NATION, UNNAMED
from forecast.claims.hearing.stretches import owns
from series.extract.tokens import Token

STOP = re.compile(r"[;；。!！?？\n]+[\"'”’」』]?\s*|\.[\"'”’]?\s+(?=[\"'“‘(]?[A-Z0-9$])")
FIGURES = frozenset(("money", "percent", "multiple", "points"))
PLACES = frozenset(("world", "province", "city"))
POINTS_BACK = re.compile(  # at what was said before: such a sentence is none without it
    r"\W*(?:it(?! (?:took|takes|will take|is [a-z]+ (?:that|to))\b)|its|this|that|these|those|they|their|both|he|she"
    r"|such|by then|of (?:which|this|that|it)|in (?:this|that)|the (?:two|former|latter|same|rest|other)|(?:only )?then"
    r"|thereafter|instead|so|yet|but|however|still|otherwise|meanwhile|if so|even so|and|while|whereas|or"
    r"|之后|此后|其|这|该|此|两者|二者|同期|届时|那|否则|但|不过|然而|因此|所以|而|并|且|分别|同比|较上年)(?![a-z])"
)


def apart(text: str, made: dt.date | None) -> list[str]:
    """Return the text in as many pieces as are complete: with a figure, what it is of and when, pointing at no other.

    Example:
        >>> apart("Offshore execution fell 3% in 2019. KPO will exceed 50% by 2030. It was 38% in 2021.", None)
        ['Offshore execution fell 3% in 2019.', 'KPO will exceed 50% by 2030. It was 38% in 2021.']
    """
    pieces, held = [""], list[Clues]()
    for sentence in _sentences(text):
        clues = gather(sentence, made)
        stands = not POINTS_BACK.match(sentence.lower()) and _tells([clues], naming)
        if stands and _tells(held, owns) and not _goes_on(held, pieces[-1], clues):
            pieces.append("")
            held = []
        pieces[-1] += sentence
        held.append(clues)
    return [piece.strip() for piece in pieces if piece.strip()]


def among(alone: Sequence[Heard], together: Sequence[Heard]) -> list[Heard]:
    """Return what was heard sentence by sentence, of the scope that a claim has beside the others of the text.

    What a text sets beside offshore outsourcing as "outsourcing" or "the total" is all of it.
    """
    if len(alone) != len(together):
        return list(alone)
    return [_scoped(one, other) for one, other in zip(alone, together, strict=True)]


def _scoped(one: Heard, other: Heard) -> Heard:
    whole = tuple(subject for subject in one.subjects if ".total." in subject)
    same = (one.kind, one.value) == (other.kind, other.value)
    narrower = same and whole != one.subjects and {".total." in subject for subject in other.subjects} == {True}
    notes = tuple(note for note in one.notes if not note.startswith("no scope is named"))
    return replace(one, subjects=whole, notes=notes) if narrower and whole else one


def _goes_on(held: Sequence[Clues], piece: str, clues: Clues) -> bool:
    """Whether what a piece is of, or holds under, is so for the sentence behind it too.

    A place goes on until another or China is named, what is onshore for a part of no scope, a condition past a
    semicolon.
    """
    places = _kinds(held) & PLACES
    if NATION.search(piece.lower()):
        places.discard("world")  # it is what China is a part of
    placed = places or UNNAMED.search(piece.lower())
    if placed and not (_kinds([clues]) & PLACES or NATION.search(clues.lower)):
        return True
    onshore = any(token.kind == "scope" and token.meaning == "onshore" for one in held for token in one.tokens)
    if onshore and "scope" not in _kinds([clues]) and any(kind.startswith("part_") for kind in _kinds([clues])):
        return True
    return piece.rstrip()[-1:] in ";；" and any(condition(one) for one in held)


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


def _kinds(held: Sequence[Clues]) -> set[str]:
    return {token.kind for clues in held for token in clues.tokens}
