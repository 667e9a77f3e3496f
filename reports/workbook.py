"""Workbook: the tables of a page as tidy sheets, one row an observation, numbers as numbers and text as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from forecast.errors import InputError
from reports.figures import Figure, Span
from reports.page import Basis, Cell, Column, Page, Table, Tiles
from reports.voice import Voice, catalogue
from series.periods import Period

LONGEST = 32_767
"""Letters that a cell can hold."""
STATEMENT = (
    *("statement", "subject", "period", "kind", "printed", "paraphrase"),
    *("source", "publisher", "title", "published", "address"),
)
FORMATS = {"probability": "0.0%", "coverage": "0.0%", "score": "0.000", "count": "0"}
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def render(page: Page, voice: Voice) -> bytes:
    """Return the page as an Excel workbook; the same page always gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": voice.say(page.title), "created": page.moment.replace(tzinfo=None)})
    _Writer(book, page, voice).write()
    book.close()
    return buffer.getvalue()


def shown(text: str) -> str:
    """Return text as a cell can hold it: no control letters, and not too long."""
    clean = _ILLEGAL.sub("", text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


class _Writer:
    """Writes the sheets of one page: what is here, the tables, and the sources."""

    def __init__(self, book: Any, page: Page, voice: Voice) -> None:
        self.book, self.page, self.voice = book, page, voice
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.numbers: dict[str, Any] = {}

    def write(self) -> None:
        stacks: dict[str, list[Table]] = {}
        for table in _tables(self.page):
            stacks.setdefault(table.sheet, []).append(table)
        self._front(self._sheet("contents"), stacks)
        for name, tables in stacks.items():
            self._stack(self._sheet(name), tables)
        self._sources(self._sheet("sources"))

    def _sheet(self, name: str) -> Any:
        return self.book.add_worksheet(self.voice.template(f"sheet.{name}"))

    def _front(self, sheet: Any, stacks: Mapping[str, list[Table]]) -> None:
        """Write the title, the standfirst, the key figures, and a link to every sheet."""
        voice, page = self.voice, self.page
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, shown(voice.say(page.title)), self.title)
        lines = [voice.say(text) for text in page.standfirst]
        lines += [voice.evidence(page.as_of), *(voice.say(fact) for fact in page.facts)]
        row = 1
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, shown(line))
        row += 2
        for tile in (t for s in page.sections for b in s.blocks if isinstance(b, Tiles) for t in b.tiles):
            sheet.write_string(row, 0, shown(voice.say(tile.label)), self.bold)
            sheet.write_string(row, 1, shown(f"{voice.quantity(tile.figure)} ({voice.say(tile.note)})"))
            row += 1
        row += 1
        for name, tables in stacks.items():
            title = voice.template(f"sheet.{name}")
            sheet.write_url(row, 0, f"internal:'{title}'!A1", string=title)
            notes = dict.fromkeys(voice.say(table.note) for table in tables if table.note)
            captions = "; ".join(voice.say(table.caption) for table in tables)
            sheet.write_string(row, 1, shown(f"{captions}. {' '.join(notes)}"), self.wrapped)
            row += 1

    def _stack(self, sheet: Any, tables: list[Table]) -> None:
        """Write tables of one kind under one header row; each row says what it is about and in which unit."""
        columns = tables[0].columns
        if any([c.heading for c in table.columns] != [c.heading for c in columns] for table in tables):
            raise InputError(
                f"tables of the sheet '{tables[0].sheet}' differ in their columns; give them one sheet each"
            )
        mixed = [len({table.columns[i].unit for table in tables}) > 1 for i in range(len(columns))]
        spans = [any(isinstance(r[i], Span) for table in tables for r in table.rows) for i in range(len(columns))]
        heads = [self.voice.template("column.about")]
        for column, span, plain in zip(columns, spans, mixed, strict=True):
            heading = self.voice.say(column.heading) if plain else self._heading(column)
            ends = [f"{heading}: {self.voice.template(f'column.{end}')}" for end in ("low", "high")]
            heads += ends if span else [heading]
        heads += [self.voice.template("column.unit")] if any(mixed) else []
        for index, heading in enumerate(heads):
            sheet.write_string(0, index, shown(heading), self.head)
        row = 0
        for table in tables:
            for cells in table.rows:
                row += 1
                sheet.write_string(row, 0, self._about(table.subject))
                parts = [
                    (part, column)
                    for cell, column, span in zip(cells, table.columns, spans, strict=True)
                    for part in (_parts(cell) if span else (cell,))
                ]
                for place, (part, column) in enumerate(parts, start=1):
                    self._cell(sheet, row, place, part, column)
                if any(mixed):
                    unit = next(column.unit for column, plain in zip(table.columns, mixed, strict=True) if plain)
                    sheet.write_string(row, len(heads) - 1, self.voice.unit(unit))
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(heads) - 1, 15)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, row, len(heads) - 1)

    def _about(self, subject: str) -> str:
        """Return what a row is about: the id of a series or a claim, or what the page calls a matter of its own."""
        key = f"topic.{subject}"
        return self.voice.template(key) if key in catalogue() else subject

    def _heading(self, column: Column) -> str:
        unit = self.voice.unit(column.unit) if column.unit else ""
        heading = self.voice.say(column.heading)
        return f"{heading} ({unit})" if unit and unit not in heading else heading

    def _cell(self, sheet: Any, row: int, place: int, cell: Cell, column: Column) -> None:
        if isinstance(cell, Figure):
            if cell.value is None:
                return
            value = self.voice.scaled(cell.value, cell.unit)
            unit = "" if cell.unit == column.unit else f' "{self.voice.unit(cell.unit)}"'
            sheet.write_number(row, place, float(value), self._number(FORMATS.get(cell.unit, _digits(value)) + unit))
        elif isinstance(cell, Period) and cell.frequency == "annual":
            sheet.write_number(row, place, cell.start // 12, self._number("0"))
        elif isinstance(cell, Basis):
            sheet.write_string(row, place, shown(" ".join(cell.ids)))
        else:
            sheet.write_string(row, place, shown(self.voice.cell(cell)))

    def _number(self, layout: str) -> Any:
        if layout not in self.numbers:
            self.numbers[layout] = self.book.add_format({"num_format": layout})
        return self.numbers[layout]

    def _sources(self, sheet: Any) -> None:
        """Write one row a statement, with the source it stands in."""
        voice = self.voice
        for index, head in enumerate(STATEMENT):
            sheet.write_string(0, index, voice.template(f"column.{head}"), self.head)
        row = 0
        for source in self.page.references:
            for entry in source.entries:
                row += 1
                texts = [entry.id, entry.subject, str(entry.period), voice.template(f"kind.{entry.kind}")]
                texts += [entry.printed, voice.say(entry.told), source.id, source.publisher, source.title]
                texts += [voice.cell(source.published), source.address]
                for index, text in enumerate(texts):
                    sheet.write_string(row, index, shown(text))
        sheet.set_column(0, len(STATEMENT) - 1, 18)
        sheet.set_column(5, 5, 60)
        sheet.freeze_panes(1, 1)


def _tables(page: Page) -> Iterator[Table]:
    for section in page.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def _parts(cell: Cell) -> tuple[Cell, Cell]:
    """Return the two ends of a span; anything else stands in the first column alone."""
    return (cell.low, cell.high) if isinstance(cell, Span) else (cell, Figure(None, ""))


def _digits(value: Any) -> str:
    """Return a number format that shows the digits the value has."""
    places = max(0, -value.as_tuple().exponent)
    return "#,##0" + (f".{'0' * places}" if places else "")
