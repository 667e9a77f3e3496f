"""Sheets: the tables of one kind as one tidy sheet, every row with its unit and the numbers of its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forecast.errors import InputError
from reports.figures import Figure, Span
from reports.links import WHOLE, Links
from reports.page import Basis, Cell, Column, Day, Table, Words
from reports.references import bases
from reports.voice import DASH, Voice, catalogue
from series.periods import Period

CHANCES = ("probability", "coverage")
DATES = {"day": "yyyy-mm-dd", "month": "yyyy-mm", "year": "yyyy"}
EXTREME = '[<0.01]"<1%";[>0.99]">99%";0%'
"""How a chance is shown that only an estimate puts near none or near certain: as on the page."""
NOTHING = Figure(None, "")


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell of a workbook holds: text, a number or a date with its format, or nothing."""

    value: str | float | dt.date | None
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header row, and the rows under it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]


def stacked(tables: Sequence[Table], voice: Voice, links: Links) -> Sheet:
    """Return tables of one kind under one header row; each row says what it is about.

    Figures whose unit goes by the row have it in a column of its own, spans take two columns, and the last column has
    the numbers under which the sheet of sources lists what a row rests on.

    Raises:
        InputError: if the tables have other columns.
    """
    first = tables[0]
    if any([c.heading for c in table.columns] != [c.heading for c in first.columns] for table in tables):
        raise InputError(f"tables of the sheet '{first.sheet}' differ in their columns; give them one sheet each")
    rows = [(table, row) for table in tables for row in table.rows]
    spans = [any(len(_ends(row[i])) > 1 for _, row in rows) for i in range(len(first.columns))]
    groups = _groups(tables, [i for i in range(len(first.columns)) if _varies(tables, i)])
    varying = {i for group in groups for i in group}
    heads = [voice.template("column.about")]
    for index in range(len(first.columns)):
        heading = _heading(tables, index, voice, bare=index in varying)
        ends = [_joined(heading, voice.template(f"column.{end}"), voice) for end in ("low", "high")]
        heads += ends if spans[index] else [heading]
    unit = voice.template("column.unit")
    for group in groups:
        heading = voice.say(first.columns[group[0]].heading)
        heads.append(unit if len(groups) == 1 else _joined(heading, unit, voice))
    numbers = [_numbers(row, links) for _, row in rows]
    heads += [voice.template("column.sources")] if any(numbers) else []
    made = []
    for (table, row), found in zip(rows, numbers, strict=True):
        cells = [Content(_about(table.subject, voice))]
        for cell, span in zip(row, spans, strict=True):
            held = (*_ends(cell), NOTHING)[:2] if span else (cell,)
            cells += [content(part, voice) for part in held]
        cells += [Content(voice.unit(_unit(row, group)) or None) for group in groups]
        cells += [Content(", ".join(map(str, found)) or None)] if any(numbers) else []
        made.append(tuple(cells))
    return Sheet(tuple(heads), tuple(made))


def content(cell: Cell, voice: Voice) -> Content:
    """Return what a cell holds: numbers with the digits of the page, percentages as such, dates as dates."""
    if isinstance(cell, Figure):
        return _number(cell, voice)
    if isinstance(cell, Day):
        return Content(cell.date, DATES[cell.precision])
    if isinstance(cell, Period) and cell.frequency == "annual":
        return Content(cell.start // 12, "0")
    if isinstance(cell, Basis):
        return Content(" ".join(name for name in cell.ids if not name.startswith(WHOLE)) or None)
    text = voice.cell(cell)
    return Content(None if text == DASH else text)


def _number(figure: Figure, voice: Voice) -> Content:
    """Return a figure as a number that shows the digits it has on the page."""
    if figure.value is None:
        return Content(None)
    if figure.unit in CHANCES:
        shown = voice.bare(figure)
        if not shown.replace(".", "").isdigit():
            return Content(float(figure.value), EXTREME)
        return _percent(Decimal(shown))
    if figure.unit == "percent":
        return _percent(figure.value)
    value = voice.scaled(figure.value, figure.unit, figure.last)
    return Content(float(value), _digits(value))


def _percent(value: Decimal) -> Content:
    return Content(float(value.scaleb(-2)), f"{_digits(value)}%")


def _digits(value: Decimal) -> str:
    """Return a number format that shows the digits the value has."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return "#,##0" + (f".{'0' * places}" if places else "")


def _ends(cell: Cell) -> tuple[Cell, ...]:
    """Return the two ends of a span, of one that is open above the lower end; anything else stands alone."""
    if isinstance(cell, Words) and cell.key == "claim.at_least" and isinstance(least := cell.slots["value"], Figure):
        return (least, NOTHING)
    return (cell.low, cell.high) if isinstance(cell, Span) else (cell,)


def _units(cell: Cell) -> Iterator[str]:
    """Yield the units of the figures in a cell."""
    yield from (end.unit for end in _ends(cell) if isinstance(end, Figure) and end.value is not None)


def _varies(tables: Sequence[Table], index: int) -> bool:
    """Whether the unit of a column goes by the row, as its tables say it or as its cells do."""
    said = {table.columns[index].unit for table in tables}
    return len(said) > 1 or (said == {""} and any(any(_units(row[index])) for table in tables for row in table.rows))


def _groups(tables: Sequence[Table], varying: Sequence[int]) -> list[list[int]]:
    """Return which columns share their unit in every row: each such group has one column of units."""
    rows = [row for table in tables for row in table.rows]
    groups: list[list[int]] = []
    for index in varying:
        for group in groups:
            if all(len({unit for i in (*group, index) for unit in _units(row[i])}) <= 1 for row in rows):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def _unit(row: Sequence[Cell], group: Sequence[int]) -> str:
    return next((unit for index in group for unit in _units(row[index])), "count")


def _heading(tables: Sequence[Table], index: int, voice: Voice, bare: bool) -> str:
    """Return the heading of a column, with its unit unless that goes by the row."""
    column: Column = tables[0].columns[index]
    if any(isinstance(row[index], Basis) for table in tables for row in table.rows):
        return voice.template("column.statement_ids")
    heading = voice.say(column.heading)
    unit = voice.unit(column.unit) if column.unit and not bare else ""
    return heading + voice.bracketed(unit) if unit and unit not in heading else heading


def _joined(heading: str, part: str, voice: Voice) -> str:
    """Return the heading of one of several columns that a column of the page becomes."""
    return voice.template("column.part").format(heading=heading, part=part)


def _about(subject: str, voice: Voice) -> str:
    """Return what a row is about: the id of a series or a claim, or what the page calls a matter of its own."""
    key = f"topic.{subject}"
    return voice.template(key) if key in catalogue() else subject


def _numbers(row: Sequence[Cell], links: Links) -> list[int]:
    """Return the numbers of the sources that a row rests on."""
    return sorted({number for name in bases(tuple(row)) if (number := links.number(name))})
