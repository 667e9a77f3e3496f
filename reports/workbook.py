"""Workbook: the tables of a page as tidy sheets, numbers as numbers, dates as dates and text as text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reports import columns, sheets
from reports.links import Links
from reports.page import Page, Reference, Table, Tiles
from reports.sheets import Content, Sheet
from reports.voice import Voice

LONGEST = 32_767
"""Letters that a cell can hold."""
NARROWEST, WIDEST = 9, 60
"""Letters between which a column is as wide as what is in it; longer text is folded."""
SOURCES = (
    *("number", "statement", "subject", "span", "kind", "printed", "value", "unit", "paraphrase"),
    *("source", "publisher", "title", "published", "role", "address"),
)
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
        self.links = Links.of(page)
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.layouts: dict[str, Any] = {}

    def write(self) -> None:
        stacks: dict[str, list[Table]] = {}
        for table in _tables(self.page):
            stacks.setdefault(table.sheet, []).append(table)
        self._front(self._sheet("contents"), stacks)
        for name, tables in stacks.items():
            self._fill(self._sheet(name), sheets.stacked(tables, self.voice, self.links), 2)
        self._fill(self._sheet("sources"), self._sources(), 1)

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
            sheet.write_string(row, 1, shown(voice.quantity(tile.figure) + voice.bracketed(voice.say(tile.note))))
            row += 1
        row += 1
        for name, tables in stacks.items():
            title = voice.template(f"sheet.{name}")
            sheet.write_url(row, 0, f"internal:'{title}'!A1", string=title)
            notes = dict.fromkeys(voice.say(table.note) for table in tables if table.note)
            captions = voice.mark("semicolon").join(voice.say(table.caption) for table in tables)
            sheet.write_string(row, 1, shown(f"{captions}{voice.mark('stop')}{' '.join(notes)}"), self.wrapped)
            row += 1

    def _fill(self, sheet: Any, filled: Sheet, still: int) -> None:
        """Write a header row and the rows under it; `still` columns stay in sight."""
        for index, heading in enumerate(filled.heads):
            sheet.write_string(0, index, shown(heading), self.head)
        for row, cells in enumerate(filled.rows, start=1):
            for index, cell in enumerate(cells):
                self._write(sheet, row, index, cell)
        for index in range(len(filled.heads)):
            sheet.set_column(index, index, _width(filled, index))
        sheet.freeze_panes(1, still)
        sheet.autofilter(0, 0, len(filled.rows), len(filled.heads) - 1)

    def _write(self, sheet: Any, row: int, place: int, cell: Content) -> None:
        if isinstance(cell.value, str):
            text = shown(cell.value)
            sheet.write_string(row, place, text, self.wrapped if columns.wide(text) > WIDEST else None)
        elif isinstance(cell.value, dt.date):
            sheet.write_datetime(row, place, cell.value, self._layout(cell.layout))
        elif cell.value is not None:
            sheet.write_number(row, place, cell.value, self._layout(cell.layout))

    def _layout(self, layout: str) -> Any:
        if layout not in self.layouts:
            self.layouts[layout] = self.book.add_format({"num_format": layout})
        return self.layouts[layout]

    def _sources(self) -> Sheet:
        """Return one row a statement, with the source it stands in; a source cited as such has a row alone."""
        rows = [row for source in self.page.references for row in self._source(source)]
        return Sheet(tuple(self.voice.template(f"column.{name}") for name in SOURCES), tuple(rows))

    def _source(self, source: Reference) -> Iterator[tuple[Content, ...]]:
        voice = self.voice
        told = [_text(text) for text in (source.id, voice.say(source.publisher), voice.say(source.title))]
        told += [sheets.content(source.published, voice), _text(voice.template(f"role.{source.role}"))]
        told.append(_text(source.address))
        number = Content(source.number, "0")
        if not source.entries:
            yield (number, *(Content(None),) * (len(SOURCES) - 1 - len(told)), *told)
        for entry in source.entries:
            yield (
                *(number, _text(entry.id), _text(entry.subject), sheets.content(entry.period, voice)),
                *(_text(voice.template(f"kind.{entry.kind}")), _text(voice.say(entry.quoted))),
                *(sheets.content(entry.value, voice), _text(voice.unit(entry.value.unit))),
                *(_text(voice.say(entry.told)), *told),
            )


def _text(text: str) -> Content:
    return Content(text or None)


def _tables(page: Page) -> Iterator[Table]:
    for section in page.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def _width(filled: Sheet, index: int) -> int:
    """Return the width of a column: that of its longest text or of the longest word of its heading, within bounds."""
    texts = [str(row[index].value) for row in filled.rows if row[index].value is not None]
    words = filled.heads[index].split()
    longest = max((columns.wide(text) for text in (*texts, *words)), default=0)
    return max(NARROWEST, min(WIDEST, longest + 2))
