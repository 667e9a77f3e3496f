"""Tables: a selection of series as four flat tables that refer to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from series import shelf
from series.dates import month_end
from series.errors import InputError
from series.ledger import Ledger, columns, load
from series.periods import Frequency

Cell = str | float | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column: name, Table Schema type, and what it holds."""

    name: str
    type: str
    description: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Named rows with their columns; `key` identifies a row, `links` maps a column to the table whose key it holds."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is exported: observations, the series they belong to, and the statements and sources behind them."""

    frequency: Frequency
    as_of: dt.date | None
    observations: Table
    series: Table
    support: Table
    statements: Table
    sources: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in the order in which a reader wants them."""
        return self.observations, self.series, self.support, self.statements, self.sources


OBSERVATIONS = (
    Field("series", "string", "subject of the series"),
    Field("period", "string", "period as written: 2012, 2019Q1, 2019-07"),
    Field("start", "date", "first day of the period"),
    Field("end", "date", "last day of the period"),
    Field("value", "number", "value in the unit of the series"),
    Field("low", "number", "least value that the evidence allows"),
    Field("high", "number", "greatest value that the evidence allows"),
    Field("status", "string", "published, narrowed, derived, estimated or conflicting"),
    Field(
        "support", "string", "what the values can be, for who forecasts them: positive, or percent where it is a share"
    ),
)
SERIES = (
    Field("id", "string", "subject of the series"),
    Field("title_en", "string", "title in English"),
    Field("title_zh", "string", "title in Chinese"),
    Field("unit", "string", "unit of the values"),
    Field("frequency", "string", "annual, quarterly or monthly"),
)
SUPPORT = (
    Field("series", "string", "subject of the series"),
    Field("period", "string", "period of the observation"),
    Field("statement", "string", "a statement that the observation rests on"),
)
STATEMENTS = tuple(
    Field(name, kind, what, required)
    for name, kind, what, required in (
        ("id", "string", "id of the statement", True),
        ("source", "string", "id of the source that printed it", True),
        ("subject", "string", "what it is about", True),
        ("period", "string", "months that it covers", True),
        ("kind", "string", "level, growth, share, multiple, cagr or bound", True),
        ("printed", "string", "the figure as printed", True),
        ("value", "number", "the figure in the unit", True),
        ("exponent", "integer", "power of ten of the last printed digit", True),
        ("unit", "string", "unit of the value", True),
        ("hedge", "string", "exact, about, nearly, over or under", True),
        ("rounding", "string", "nearest, truncated or unknown", True),
        ("digits", "string", "whether the digits were seen in print or inferred", True),
        ("base", "string", "period that growth is measured against", False),
        ("basis", "string", "base of growth: published, comparable or unknown", False),
        ("currency_basis", "string", "originator, converted or assumed", False),
        ("whole", "string", "whole of a share, where it is not the usual one", False),
        ("original", "string", "statement that this one repeats", False),
        ("relation", "string", "reprint, translation or same", False),
        ("paraphrase", "string", "what the source says, in our words", True),
    )
)
SOURCES = (
    Field("id", "string", "id of the source"),
    Field("publisher", "string", "who published it"),
    Field("title", "string", "title of the document"),
    Field("published", "date", "last day of the span that the date allows"),
    Field("precision", "string", "precision of the date: day, month or year"),
    Field("address", "string", "address of the document", required=False),
    Field("language", "string", "language of the document"),
    Field("role", "string", "originator, reprint, translation or secondary"),
)


def gather(
    subjects: Sequence[str],
    frequency: Frequency = "annual",
    as_of: dt.date | None = None,
    ledger: Ledger | None = None,
) -> Bundle:
    """Return the series of these subjects with every statement and source that they rest on.

    Raises:
        InputError: if no subject is given, one is given twice, or one is unknown.
        EvidenceError: if one of them has no value.
    """
    if not subjects:
        raise InputError("no series was given to export; name at least one, as in cn.offshore.execution.usd")
    if len(set(subjects)) != len(subjects):
        raise InputError("a series was given twice; name each series once")
    whole = load() if ledger is None else ledger
    shown = [shelf.show(subject, frequency, as_of, whole) for subject in subjects]
    titles = [whole.catalog.entry(one.id).title for one in shown]
    cells = [(one, observation) for one in shown for observation in one.observations]
    used = list(dict.fromkeys(key for _, observation in cells for key in observation.statements))
    statements = [whole.statement(key) for key in used]
    sources = [whole.sources[key] for key in dict.fromkeys(item.source for item in statements)]
    return Bundle(
        frequency,
        as_of,
        Table(
            "observations",
            "Values, bounds and status",
            OBSERVATIONS,
            tuple(
                (
                    one.id,
                    str(o.period),
                    _first_day(o.period.start),
                    month_end(o.period.end),
                    o.value,
                    o.low,
                    o.high,
                    o.status,
                    "percent" if one.unit == "percent" else "positive",
                )
                for one, o in cells
            ),
            ("series", "period"),
            (("series", "series"),),
        ),
        Table(
            "series",
            "Series",
            SERIES,
            tuple((one.id, t.en, t.zh, one.unit, one.frequency) for one, t in zip(shown, titles, strict=True)),
            ("id",),
        ),
        Table(
            "support",
            "Which statements each observation rests on",
            SUPPORT,
            tuple((one.id, str(o.period), key) for one, o in cells for key in o.statements),
            ("series", "period", "statement"),
            (("series", "series"), ("statement", "statements")),
        ),
        Table(
            "statements",
            "Statements",
            STATEMENTS,
            tuple(tuple(_typed(field, columns.cell(item, field.name)) for field in STATEMENTS) for item in statements),
            ("id",),
            (("source", "sources"),),
        ),
        Table(
            "sources",
            "Sources",
            SOURCES,
            tuple(tuple(getattr(source, field.name) or None for field in SOURCES) for source in sources),
            ("id",),
        ),
    )


def _first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def _typed(field: Field, text: str) -> Cell:
    if field.type == "number":
        return float(text)
    return int(text) if field.type == "integer" else text or None
