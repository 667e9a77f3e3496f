"""What figures are given for: subjects over periods, and what belongs to the sentence that is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from series.extract.roles import Role
from series.extract.subjects import Mention, Subject
from series.extract.tokens import Token
from series.periods import Period


@dataclass(slots=True)
class Target:
    """A subject over a period that figures are being given for; the currencies its levels were printed in."""

    subject: Subject
    period: Period
    currencies: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    origin: bool = False  # where a change began: what grew since is not said of it
    bases: list[Period | None] = field(default_factory=list)  # that its growth was printed against
    since: Period | None = None  # that it was last compared with, in so many words


@dataclass(frozen=True, slots=True)
class Aside:
    """A bracket or clause that dates a figure of its own: where it closes, and what was spoken of before it opened."""

    close: int
    period: Period | None
    group: tuple[Target, ...]
    closed: bool
    sure: bool = True  # else it may be what dates the sentence, if it looks forward


@dataclass(slots=True)
class Here:
    """What belongs to one sentence only."""

    tokens: Sequence[Token] = ()
    heading: bool = False  # no full stop ends it
    bases: frozenset[int] = frozenset()
    pending: list[Mention] = field(default_factory=list)  # named since the last figure
    shelved: list[Mention] = field(default_factory=list)  # named before a figure that claims nothing
    group: list[Target] = field(default_factory=list)  # what the next rates may be about
    history: list[Target] = field(default_factory=list)  # every target of the sentence
    queue: list[Target] = field(default_factory=list)  # named, their amounts still to come
    closed: bool = False  # rates were given for the group: the next level opens a new one
    clause: int = 0  # index of the first token after the last mark or figure
    since: int = 0  # index of the first token after the last figure
    base: Period | None = None  # that the next growth is against
    based: int = 0  # index of the token that named it
    standing: Period | None = None  # that all growth of the sentence is against ("Compared with 2019, …")
    spent: frozenset[int] = frozenset()  # indices of bases that the figure before them has taken
    aside: Aside | None = None  # that is open
    moving: Role | None = None  # of a share or a rate that has been given from where it moved on
    vague: bool = False  # the time since some year is spoken of, no period
    planned: bool = False  # goals and forecasts are spoken of
    role: Role | None = None  # of the last rates
    verb: Role | None = None  # of any rates before, for a clause that leaves its verb out
    opening: Role | None = None  # of the first rates
    dated: bool = False  # the sentence has named a period
    until: bool = False  # it is dated by the month that it reaches to ("by the end of November")
    two: list[Subject] = field(default_factory=list)  # "the former" and "the latter"
    before: Period | None = None  # that the period of this sentence took the place of
    back: Period | None = None  # with which the sentence goes on after a semicolon
    within: int | None = None  # index of the last word that led to a part of what was spoken of ("其中")
    whole: str | None = None  # the scope spoken of before it
    listed: list[Period] = field(default_factory=list)  # the periods named last, in one list
    meant: Subject | None = None  # what a goal is for
    lost: bool = False  # an amount could not be told whose it is: nor can what follows it
    recorded: int = 0  # index of the last token that an amount was recorded from
    converted: bool = False  # it has said in which currency it goes on
