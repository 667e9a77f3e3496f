"""Pages: the typed object, plain data throughout, that every report is and every renderer reads.

A page holds no worded sentence of its own: it holds keys of the message catalogue with the figures that go into
them, so that one page becomes an English and a Chinese document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reports.figures import Figure, Span
from series.periods import Period

STATUSES = (
    *("published", "narrowed", "derived", "estimated", "conflicting"),
    *("given", "summed"),
    *("forecast", "claimed"),
)
Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-Hans"}
"""How pages and letters name their language."""


@dataclass(frozen=True, slots=True)
class Literally:
    """Text that was worded below (a title, a claim, a name), in each language it has."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Words:
    """A message of the catalogue and what goes into its slots."""

    key: str
    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precise as it is known."""

    date: dt.date
    precision: Literal["day", "month", "year"] = "day"


@dataclass(frozen=True, slots=True)
class Mark:
    """The status of an observation, shown as a shape and a word, never as a colour alone."""

    status: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Statements or forecasts that a row rests on, shown as links."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """A name that leads to another place of the page."""

    name: str
    target: str


Text = Literally | Words
Slot = Figure | Span | Period | Day | Basis | Text | str
Part = str | Figure | Span | Basis
Cell = Figure | Span | Period | Day | Mark | Basis | Jump | Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; the tone says how loud it is."""

    text: Text
    tone: Literal["body", "lead", "note", "quote", "print"] = "body"


@dataclass(frozen=True, slots=True)
class Listing:
    """Short points of equal rank."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure that a reader should leave with."""

    label: Text
    figure: Figure | Span
    note: Text


@dataclass(frozen=True, slots=True)
class Tiles:
    """A strip of key figures."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, how it is set, and the unit that its figures share."""

    heading: Text
    kind: Literal["head", "text", "prose", "number"] = "number"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns.

    `anchors` give a row a name that figures elsewhere can link to; `strong` rows stand out. Tables of one `sheet` are
    rows of one tidy sheet in a workbook, told apart by their `subject`.
    """

    id: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text | None = None
    anchors: tuple[str, ...] = ()
    strong: frozenset[int] = frozenset()
    sheet: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One observation in a chart."""

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class Interval:
    """One period of a fan: the median and the two ends of every band, by coverage in percent."""

    period: Period
    median: Decimal
    bands: Mapping[int, tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Path:
    """A claimed or counterfactual course beside the fan; the label is the name of a message for charts."""

    label: str
    steps: tuple[tuple[Period, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """Observations, the forecast distribution after them, and claimed paths, in one unit."""

    unit: str
    points: tuple[Point, ...]
    intervals: tuple[Interval, ...]
    paths: tuple[Path, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What the drawing shows and its key has to name, in the order of `STATUSES`."""
        there = {point.status for point in self.points}
        there |= {"forecast"} if self.intervals else set()
        there |= {"claimed"} if self.paths else set()
        return tuple(name for name in STATUSES if name in there)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was forecast for one period, and what came."""

    period: Period
    median: Decimal
    inner: tuple[Decimal, Decimal]
    outer: tuple[Decimal, Decimal]
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Record:
    """Forecasts a fixed number of steps ahead beside the outcomes, in one unit."""

    unit: str
    outcomes: tuple[Outcome, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """What the drawing shows and its key has to name."""
        return ("outcome", "middle", "interval", "outer")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the finding it shows, the words that stand for it, and how to read it."""

    id: str
    finding: Text
    subtitle: Text
    description: Text
    note: Text
    drawing: Fan | Record


Block = Paragraph | Listing | Tiles | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; one that a table leads to need not be `listed` among the contents."""

    id: str
    heading: Text
    blocks: tuple[Block, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement in the list of sources: what was printed, about what, and what it says in our words.

    `quoted` is what was printed with the unit that the print left to its sentence, `value` what that comes to.
    """

    id: str
    subject: str
    period: Period
    kind: str
    printed: str
    told: Text
    quoted: Text
    value: Figure


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in the order of first use, with the statements that the page rests on."""

    number: int
    id: str
    publisher: Text
    title: Text
    published: Day | Text
    address: str
    language: str
    role: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One report. `as_of` is the evidence date, or what else the page rests on; nothing else tells the time."""

    name: str
    kicker: Text
    title: Text
    standfirst: tuple[Text, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    as_of: Day | Text | None
    facts: tuple[Text, ...] = ()

    @property
    def moment(self) -> dt.datetime:
        """The only time that a page knows: the day of the evidence, or of the newest source it uses."""
        days = [reference.published.date for reference in self.references if isinstance(reference.published, Day)]
        day = self.as_of.date if isinstance(self.as_of, Day) else max(days, default=dt.date(2000, 1, 1))
        return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def words(key: str, **slots: Slot) -> Words:
    """Return the message `key` with its slots filled."""
    return Words(key, slots)
