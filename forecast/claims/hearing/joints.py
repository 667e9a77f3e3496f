"""Joints: the commas at which a sentence comes apart into claims that are each whole without the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from forecast.claims.hearing.asides import condition
from forecast.claims.hearing.carried import POINTS_BACK, STOP, goes_on
from forecast.claims.hearing.clauses import ALL_OF_THEM, KINDS, WHOLE, naming
from forecast.claims.hearing.clues import Clues, foretells, shares
from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import owns
from series.extract.tokens import Token

ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"))
DATES = ("end", "range")
REACH = 5  # pieces: what has its figure further off is no plain clause

Look = Callable[[str], Clues]
Hear = Callable[["Part"], Sequence[Heard]]


class Part(NamedTuple):
    """A part of a text that is heard alone, and whether it is foretold by what opens the text: "预计…"."""

    text: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two marks; `parts` says whether the mark before it is a joint, and not a full stop."""

    start: int
    stop: int
    clues: Clues
    parts: bool
    mark: str

    @property
    def told(self) -> bool:
        return bool(_figures(self.clues))

    @property
    def timed(self) -> bool:
        """Whether it is only a time: "by 8%, in 2026"."""
        return _dates(self.clues) and not self.told and not any(naming(token) for token in self.clues.tokens)

    @property
    def of_all(self) -> bool:
        """Whether it tells what is so of several clauses before it: "both since 2020", "分别增长8%和9%", "按美元计"."""
        if self.told:
            tied = any(token.ties("respectively") for token in self.clues.tokens) or ALL_OF_THEM.search(
                self.clues.lower
            )
            return bool(tied) and not any(naming(token) for token in self.clues.tokens)
        return _qualifies(self.clues, len(self.clues.lower))


def unjoined(text: str, look: Look, hear: Hear) -> list[Part]:
    """Return a text in as many parts as are whole claims: each names its subject and year and points at no other.

    A joint is a comma, "and", "while", 而 or 同时. A clause that leaves anything to be known from another stays with
    it, and where something is said of all of them (a condition, a doubt, a base year, a currency) none is parted.
    """
    pieces = _pieces(text, look)
    if sum(piece.told for piece in pieces) == 1 or len(pieces) == 1 or _supposes(look(text)):
        return [Part(text)]
    last = max((at for at, piece in enumerate(pieces) if piece.of_all), default=0)
    parts, start, ahead = list[Part](), 0, False
    for at in range(1, len(pieces)):
        first, final = pieces[at], _final(pieces, at)
        if not first.parts or final is None or last > final:
            continue
        left, head = Part(text[start : pieces[at - 1].stop], ahead), text[first.start : pieces[final].stop]
        if not _whole(look(head)) or _runs_on(look(left.text), left.text, look(head)):
            continue
        foretold = ahead or _opens_ahead(look(left.text))
        if not _complete(left, Part(head, foretold), text[pieces[at - 1].stop : first.start], look, hear):
            continue
        parts.append(left)
        start, ahead = first.start, foretold
    return [*parts, Part(text[start:], ahead)]


def opening(text: str, look: Look) -> str:
    """Return a sentence up to the first clause that names subject and year of its own, behind another claim.

    A year to come that ends the sentence is of all of it: "offshore outsourcing will double, and KPO triple, by 2030".
    """
    pieces = _pieces(text, look)
    for at in range(1, len(pieces)):
        final = _final(pieces, at)
        if final is None or not pieces[at].parts or not any(piece.told for piece in pieces[:at]):
            continue
        if _whole(look(text[pieces[at].start : pieces[final].stop])):
            return text if _led_to(pieces[at - 1], pieces[final]) else text[: pieces[at - 1].stop]
    return text


def _pieces(text: str, look: Look) -> list[_Piece]:
    """Return what stands between the joints and full stops of a text."""
    marks = [(*found.span(), True) for found in compiled().joint.finditer(text.lower())]
    joined = {start for start, _, _ in marks}
    stops = [(*found.span(), False) for found in STOP.finditer(text.lower()) if found.start() not in joined]
    pieces, start, parts, mark = list[_Piece](), 0, True, ""
    for stop, resumed, joint in sorted([*marks, *stops, (len(text), len(text), False)]):
        if stop >= start:
            pieces.append(_Piece(start, stop, look(text[start:stop]), parts, mark))
            start, parts, mark = resumed, joint, text[stop:resumed]
    return pieces


def _final(pieces: Sequence[_Piece], at: int) -> int | None:
    """Return the piece in which a clause ends: that of its first figure, or what it has its time from behind it."""
    for final in range(at, min(at + REACH, len(pieces))):
        if final > at and not pieces[final].parts:
            return None
        if pieces[final].told:
            dated = any(_dates(piece.clues) for piece in pieces[at : final + 1])
            return final if dated or not _dated_behind(pieces, final) else final + 1
    return None


def _dated_behind(pieces: Sequence[_Piece], final: int) -> bool:
    """Whether a clause has its time from the next: "by 8%, in 2026", "ITO will double and BPO will triple by 2035"."""
    behind, then = [*pieces[final + 1 : final + 3], None, None][:2]
    if behind is None or not behind.parts:
        return False
    if behind.timed:
        return behind.mark.strip() == "," and (then is None or not then.parts or _dates(then.clues))
    if behind.mark.strip() != "and" or not behind.told or _opens_with_time(pieces[0].clues):
        return False
    return _told_alike(pieces[final].clues, behind.clues) and _led_to(pieces[final], behind)


def _told_alike(first: Clues, second: Clues) -> bool:
    kinds = {_figures(first)[-1].meaning.kind, _figures(second)[0].meaning.kind}
    return len(kinds) == 1 and bool(shares(first)) == bool(shares(second))


def _opens_with_time(clues: Clues) -> bool:
    """Whether a year stands before any subject, so that it is of all clauses that have none: "In 2030, …"."""
    named = next((token.start for token in clues.tokens if owns(token)), len(clues.lower))
    return any(when.role in DATES and when.start < named for when in clues.whens)


def _led_to(first: _Piece, second: _Piece) -> bool:
    """Whether two pieces are to come and the second tells by when."""
    lower, whens = second.clues.lower, second.clues.whens
    led = any(
        compiled().leading_to.search(lower, 0, when.start) or lower.startswith("by", when.start) for when in whens
    )
    return led and foretells(first.clues) and foretells(second.clues)


def _whole(clues: Clues) -> bool:
    """Whether a clause names subject, verb and year of its own, and does not point back."""
    if compiled().leans.match(clues.lower) or POINTS_BACK.match(clues.lower) or not _dates(clues):
        return False
    figure = _figures(clues)[0]
    if ENGLISH.search(clues.lower, 0, figure.start) and not compiled().verb.search(clues.lower):
        return False
    return _names(clues, figure)


def _runs_on(left: Clues, text: str, head: Clues) -> bool:
    """Whether a part is no claim of its own, or holds something that goes on to the clause behind it."""
    if not _figures(left) or not any(owns(token) or token.kind == "stop" for token in left.tokens):
        return True
    if any(text.count(opened) != text.count(closed) for opened, closed in BRACKETS):
        return True
    named = next((token.start for token in left.tokens if owns(token)), 0)
    return _qualifies(left, named) or goes_on([left], text, head)


def _names(clues: Clues, figure: Token) -> bool:
    """Whether a clause names a subject before its figure, or growth that is not another's behind it.

    "8% growth in offshore execution is expected" names what grows; "will take 45% of offshore execution" does not.
    """
    named = [token for token in clues.tokens if naming(token) or token.kind == "stop"]
    if any(token.start < figure.start for token in named) or WHOLE.search(clues.lower, 0, figure.start):
        return True
    return bool(named) and bool(compiled().speaks.match(clues.lower)) and not shares(clues)


def _dates(clues: Clues) -> bool:
    return bool(clues.durations) or any(when.role in DATES for when in clues.whens)


def _complete(left: Part, head: Part, mark: str, look: Look, hear: Hear) -> bool:
    """Whether two clauses leave nothing open when each is heard alone.

    A percentage that a part comes to is its share when heard alone; after growth it is for whoever said it to tell.
    """
    before, after = hear(left), hear(head)
    if not before or not after or any(one.missing for one in (*before, *after)):
        return False
    bare = any(one.kind == "share" for one in after) and not shares(look(head.text))
    return not bare or not any(one.missing for one in hear(Part(f"{left.text}{mark}{head.text}", left.ahead)))


def _supposes(clues: Clues) -> bool:
    """Whether a text holds under a condition, or is doubted, as one."""
    words = compiled()
    return bool(condition(clues) or words.concession.search(clues.lower) or words.disbelief.search(clues.lower))


def _qualifies(clues: Clues, until: int) -> bool:
    """Whether a base year, a currency or a footing is told before a place."""
    words = compiled()
    return (
        any(when.role == "base" and when.start < until for when in clues.whens)
        or any(token.kind == "basis" and token.start < until for token in clues.tokens)
        or any(pattern.search(clues.lower, 0, until) for pattern in (words.real, words.per_head, words.excluding))
    )


def _opens_ahead(clues: Clues) -> bool:
    """Whether it is said before any subject that what follows is to come: "预计", "analysts expect"."""
    named = next((token.start for token in clues.tokens if naming(token)), 0)
    told = any(token.kind == "plan" and token.start < named for token in clues.tokens)
    return foretells(clues) and (told or bool(compiled().foretelling.search(clues.lower, 0, named)))


def _figures(clues: Clues) -> list[Token]:
    return [token for token in clues.tokens if token.kind == "figure" and token.meaning.kind in KINDS]
