"""Markdown: a page as plain text that a reader, a wiki or a version control system can keep."""

from __future__ import annotations

import re

from reports.figures import Figure, Span
from reports.links import Links
from reports.page import Basis, Block, Cell, Chart, Listing, Page, Paragraph, Part, Table, Text, Tiles
from reports.voice import Voice

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|!~])")
_BREAKS = re.compile(r"\s+")


def render(page: Page, voice: Voice) -> str:
    """Return the page as Markdown in the language of `voice`; sources stand as footnotes."""
    return _Writer(page, voice).document()


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, on one line."""
    folded = _BREAKS.sub(" ", text).strip()
    return _SPECIAL.sub(r"\\\1", folded).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Writer:
    """Writes one page in one language."""

    def __init__(self, page: Page, voice: Voice) -> None:
        self.page = page
        self.voice = voice
        self.links = Links.of(page)

    def document(self) -> str:
        page, voice = self.page, self.voice
        parts = [f"# {plain(voice.say(page.title))}", *(self.text(text) for text in page.standfirst)]
        made = [voice.evidence(page.as_of), *(voice.say(fact) for fact in page.facts)]
        parts.append(f"*{plain(' · '.join(made))}*")
        for section in page.sections:
            parts.append(f"## {plain(voice.say(section.heading))}")
            parts += [self._block(block) for block in section.blocks]
        if page.references:
            parts += [f"## {voice.template('page.sources')}", voice.template("page.sources_lead")]
            parts += [self._source(number) for number in range(len(page.references))]
        return "\n\n".join(part for part in parts if part) + "\n"

    def text(self, text: Text) -> str:
        """Return running text with a footnote after every figure that rests on a statement."""
        return "".join(self._part(part) for part in self.voice.parts(text))

    def _part(self, part: Part) -> str:
        if isinstance(part, Basis):
            return self._notes(part.ids)
        return plain_keep(part) if isinstance(part, str) else self.figure(part)

    def figure(self, value: Figure | Span, unit: str = "", notes: bool = True) -> str:
        """Return a figure and its footnotes; without its unit where a column states it."""
        first = value.low if isinstance(value, Span) else value
        shown = self.voice.bare(value) if unit and first.unit == unit else self.voice.quantity(value)
        return shown + (self._notes(first.basis) if notes else "")

    def _notes(self, basis: tuple[str, ...]) -> str:
        numbers = sorted({number for name in basis if (number := self.links.number(name))})
        return "".join(f"[^{number}]" for number in numbers)

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return ("> " if block.tone == "quote" else "") + self.text(block.text)
        if isinstance(block, Listing):
            return "\n".join(f"- {self.text(item)}" for item in block.items)
        if isinstance(block, Tiles):
            return "\n".join(
                f"- {self.text(tile.label)}{self.voice.mark('colon')}**{self.figure(tile.figure)}**"
                f"{self.voice.bracketed(self.text(tile.note))}"
                for tile in block.tiles
            )
        if isinstance(block, Chart):
            return f"**{self.text(block.finding)}**\n\n{self.text(block.description)}"
        return self._table(block)

    def _table(self, table: Table) -> str:
        heads = [self.text(column.heading) for column in table.columns]
        rules = ["---:" if column.kind == "number" else "---" for column in table.columns]
        lines = [f"**{self.text(table.caption)}**", "", _row(heads), _row(rules)]
        for index, row in enumerate(table.rows):
            cells = [self._cell(cell, column.unit) for cell, column in zip(row, table.columns, strict=True)]
            lines.append(_row([f"**{cell}**" for cell in cells] if index in table.strong else cells))
        if table.note:
            lines += ["", f"*{self.text(table.note)}*"]
        return "\n".join(lines)

    def _cell(self, cell: Cell, unit: str) -> str:
        if isinstance(cell, Basis):
            return self._notes(cell.ids)
        if isinstance(cell, (Figure, Span)):
            return self.figure(cell, unit)
        return plain(self.voice.cell(cell))

    def _source(self, index: int) -> str:
        reference, voice = self.page.references[index], self.voice
        colon, comma, stop = (voice.mark(name) for name in ("colon", "comma", "stop"))
        head = f"{plain(voice.say(reference.title))}{stop}{plain(voice.say(reference.publisher))}{comma}"
        head += f"{voice.cell(reference.published)}{voice.mark('semicolon')}{voice.template(f'role.{reference.role}')}"
        entries = [
            f"    - {voice.when(entry.period)}{comma}{voice.template(f'kind.{entry.kind}')}{comma}"
            f"{voice.template('page.printed')} {plain(entry.printed)}{colon}{plain(voice.say(entry.told))} `{entry.id}`"
            for entry in reference.entries
        ]
        return "\n".join([f"[^{reference.number}]: {head}{stop}{plain(reference.address)}", "", *entries])


def plain_keep(text: str) -> str:
    """Return part of a sentence as Markdown text, its outer spaces kept."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return f"{left}{plain(text)}{right}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
