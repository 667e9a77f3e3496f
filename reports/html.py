"""HTML: a page as one self-contained document that asks for nothing and needs no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from reports import columns
from reports.charts import glyphs, svg
from reports.charts.drawing import draw
from reports.charts.theme import NARROW, WIDE
from reports.figures import Figure, Span
from reports.filling import faces, fill, resource
from reports.links import WHOLE, Links
from reports.page import (
    TAGS,
    Basis,
    Cell,
    Chart,
    Day,
    Jump,
    Listing,
    Literally,
    Mark,
    Page,
    Paragraph,
    Part,
    Table,
    Text,
    Tiles,
)
from reports.voice import Voice
from series.periods import Period

_COUNTED = re.compile(r"(\d[\d.–]*[年月日亿倍次人])")
NAMED = 4
"""Chinese letters from which a heading needs room of its own."""
HANDFUL = 6
"""Rows of figures that a phone shows one under another; more are a matrix, which is better moved sideways."""
_TONES = {"body": "<p>{}</p>", "lead": '<p class="lead">{}</p>', "note": '<p class="note">{}</p>'}
_TONES["quote"] = "<blockquote><p>{}</p></blockquote>"
_TONES["print"] = '<div class="print"><p>{}</p></div>'


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page or file of the site, and its language where that is another one."""

    text: str
    address: str
    language: str | None


def render(page: Page, voice: Voice, elsewhere: Iterable[Link] = ()) -> str:
    """Return the page as HTML in the language of `voice`; `elsewhere` are links to its sister pages."""
    return _Writer(page, voice).document(tuple(elsewhere))


class _Writer:
    """Writes one page in one language; remembers which ids the page has, to link figures to them."""

    def __init__(self, page: Page, voice: Voice) -> None:
        self.page = page
        self.voice = voice
        self.links = Links.of(page)
        self.blocks: Mapping[type, Callable[[Any], Markup]] = {
            Paragraph: self._paragraph,
            Listing: self._listing,
            Tiles: self._tiles,
            Table: self._table,
            Chart: self._chart,
        }

    def document(self, elsewhere: tuple[Link, ...]) -> str:
        page, voice = self.page, self.voice
        sections: list[dict[str, Any]] = [
            {
                "id": section.id,
                "listed": section.listed,
                "heading": voice.say(section.heading),
                "blocks": [self.blocks[type(block)](block) for block in section.blocks],
            }
            for section in page.sections
        ]
        if page.references:
            heading = voice.template("page.sources")
            sections.append({"id": "sources", "listed": True, "heading": heading, "blocks": [self._sources()]})
        made = [voice.evidence(page.as_of), *(voice.say(fact) for fact in page.facts)]
        return str(
            fill(
                "page",
                language=TAGS[voice.language],
                title=voice.say(page.title),
                headline=_joined(voice.say(page.title)),
                description=" ".join(voice.say(text) for text in page.standfirst),
                faces=faces(),
                style=Markup(resource("style.css")),  # noqa: S704 - our own style sheet
                skip=voice.template("page.skip"),
                kicker=voice.say(page.kicker),
                standfirst=[self.text(text) for text in page.standfirst],
                facts=" · ".join(made),
                contents=voice.template("page.contents"),
                sections=sections,
                links=[{"text": one.text, "attributes": _away(one)} for one in elsewhere],
            )
            + "\n"
        )

    def text(self, text: Text, numbered: bool = True) -> Markup:
        """Return running text, its figures linked and (outside tables) numbered by source."""
        return Markup().join(self._part(part, numbered) for part in self.voice.parts(text))

    def _part(self, part: Part, numbered: bool) -> Markup:
        if isinstance(part, Basis):
            return Markup("<sup>{}</sup>").format(self._basis(part))
        return _joined(part) if isinstance(part, str) else self.figure(part, numbered)

    def figure(self, value: Figure | Span, numbered: bool = False, unit: str = "", here: str = "") -> Markup:
        """Return a figure linked to what it rests on, unless that is the very row (`here`) it stands in."""
        first = value.low if isinstance(value, Span) else value
        shown = self.voice.bare(value) if unit and first.unit == unit else self.voice.quantity(value)
        target = next((link for name in first.basis if (link := self.links.target(name)) not in (None, here)), None)
        if target is None:
            return escape(shown) if unit else Markup('<span class="fig">{}</span>').format(shown)
        numbers = sorted({n for name in first.basis if (n := self.links.number(name))}) if numbered else []
        mark = Markup("<sup>{}</sup>").format(",".join(map(str, numbers[:3]))) if numbers else Markup()
        return Markup('<a class="fig" href="#{}">{}{}</a>').format(target, shown, mark)

    def _paragraph(self, block: Paragraph) -> Markup:
        return Markup(_TONES[block.tone]).format(self.text(block.text))  # noqa: S704 - a constant

    def _listing(self, block: Listing) -> Markup:
        items = Markup("\n").join(Markup("<li>{}</li>").format(self.text(item)) for item in block.items)
        return Markup("<ul>\n{}\n</ul>").format(items)

    def _tiles(self, block: Tiles) -> Markup:
        tiles = [
            {"label": self.text(t.label), "value": self.figure(t.figure, numbered=True), "note": self.text(t.note)}
            for t in block.tiles
        ]
        return fill("tiles", tiles=tiles)

    def _table(self, table: Table) -> Markup:
        anchors = table.anchors or ("",) * len(table.rows)
        kinds = [self._kind(table, index) for index in range(len(table.columns))]
        pads = [columns.padding(table, index, self.voice) for index in range(len(table.columns))]
        layout = self._layout(table)
        labels = [self.voice.say(column.heading) if "stack" in layout else "" for column in table.columns]
        rows = []
        for index, (row, anchor) in enumerate(zip(table.rows, anchors, strict=False)):
            attributes = Markup(' id="{}"').format(anchor) if anchor else Markup()
            attributes += Markup(' class="strong"') if index in table.strong else Markup()
            cells = []
            for cell, column, kind, pad, label in zip(row, table.columns, kinds, pads, labels, strict=True):
                name = "th" if column.kind == "head" else "td"
                tag = Markup('th scope="row"') if column.kind == "head" else "td"
                content = self._cell(cell, column.unit, anchor)
                if pad[index]:
                    content += Markup('<span class="pad" aria-hidden="true">{}</span>').format(pad[index])
                label = Markup(' data-label="{}"').format(label) if label and name == "td" else Markup()
                cells.append({"name": name, "tag": tag, "kind": kind, "label": label, "content": content})
            rows.append({"attributes": attributes, "cells": cells})
        headings = [
            {"kind": column.kind + self._room(column.heading), "heading": self.text(column.heading)}
            for column in table.columns
        ]
        notes = [self.text(table.note)] if table.note else []
        said = {"caption": self.text(table.caption), "columns": headings, "rows": rows, "notes": notes}
        return fill("table", id=table.id, layout=layout, **said)

    def _layout(self, table: Table) -> str:
        """Return how a table that is too wide is set: `broad` in the margins of a desk, `stack` on a phone.

        Stacked, a row is a block of lines, a cell each, named by its heading.
        """
        layout = "scroll" if columns.fits(table, self.voice, columns.DESK) else "scroll broad"
        worded = any(column.kind in ("text", "prose") for column in table.columns)
        if (worded or len(table.rows) <= HANDFUL) and not columns.fits(table, self.voice, columns.PHONE):
            return f"{layout} stack"
        return layout

    def _kind(self, table: Table, index: int) -> str:
        """Return how a column is set; heads and names in words get room, so that they do not break at every letter."""
        kind = table.columns[index].kind
        limit = {"head": columns.BRIEF, "text": columns.SPLIT}.get(kind)
        if limit and any(columns.wide(columns.shown(row[index], "", self.voice)) > limit for row in table.rows):
            return f"{kind} long"
        return kind

    def _room(self, heading: Text) -> str:
        """Return the class of a heading that could break at every letter: a few stay together, many get room."""
        said = self.voice.say(heading)
        many = columns.wide(said) - len(said)
        return " named" if many >= NAMED else " terse" if many else ""

    def _cell(self, cell: Cell, unit: str, here: str) -> Markup:
        if isinstance(cell, (Figure, Span)):
            return self.figure(cell, unit=unit, here=here)
        if isinstance(cell, Mark):
            first, space, rest = self.voice.cell(cell).partition(" ")
            held = Markup('<span class="fig">{}&nbsp;{}</span>').format(glyphs.glyph(cell.status), first)
            return held + space + rest
        if isinstance(cell, Basis):
            return self._basis(cell)
        if isinstance(cell, Jump):
            return Markup('<a href="#{}">{}</a>').format(self.links.target(cell.target) or "", cell.name)
        if isinstance(cell, (Period, Day)):
            return _joined(self.voice.cell(cell))
        text = self.text(cell, numbered=False)
        return Markup("<bdi>{}</bdi>").format(text) if isinstance(cell, Literally) else text

    def _basis(self, basis: Basis) -> Markup:
        """Return the numbers of the sources, each linked to the first statement the row takes from it."""
        first: dict[int, str] = {}
        for name in basis.ids:
            number, target = self.links.number(name), self.links.target(name)
            if number and target:
                first.setdefault(number, target)
        links = [Markup('<a href="#{}">{}</a>').format(target, number) for number, target in sorted(first.items())]
        return Markup(", ").join(links)

    def _chart(self, chart: Chart) -> Markup:
        title, description = self.voice.say(chart.finding), self.voice.say(chart.description)
        drawings = []
        for size in (WIDE, NARROW):
            drawn = draw(chart.drawing, self.voice, size)
            name = f"{chart.id}-{size.name}"
            drawings.append({"size": size.name, "svg": Markup(svg.inline(drawn, name, title, description))})  # noqa: S704
        return fill(
            "chart",
            id=chart.id,
            finding=self.text(chart.finding),
            subtitle=self.text(chart.subtitle),
            drawings=drawings,
            key=[
                {"glyph": glyphs.glyph(name), "label": self.voice.template(f"status.{name}")}
                for name in chart.drawing.marks
            ],
            note=self.text(chart.note),
        )

    def _sources(self) -> Markup:
        voice = self.voice
        sources = [
            {
                "anchor": self.links.target(f"{WHOLE}{reference.id}"),
                "number": reference.number,
                "title": voice.say(reference.title),
                "language": reference.language,
                "publisher": voice.say(reference.publisher),
                "date": voice.cell(reference.published),
                "role": voice.template(f"role.{reference.role}"),
                "address": _address(reference.address),
                "entries": [
                    {
                        "anchor": self.links.target(entry.id),
                        "id": entry.id,
                        "period": voice.when(entry.period),
                        "kind": voice.template(f"kind.{entry.kind}"),
                        "printed": entry.printed,
                        "told": voice.say(entry.told),
                    }
                    for entry in reference.entries
                ],
            }
            for reference in self.page.references
        ]
        words = {
            name: voice.template(f"page.{key}") for name, key in (("lead", "sources_lead"), ("printed", "printed"))
        }
        marks = {name: voice.mark(name) for name in ("comma", "semicolon", "stop")}
        return fill("sources", sources=sources, **words, **marks)


def _away(link: Link) -> Markup:
    """Return the attributes of a link that leads off the page."""
    attributes = Markup('href="{}"').format(link.address)
    if link.language is not None:
        attributes += Markup(' lang="{0}" hreflang="{0}"').format(TAGS[link.language])
    return attributes


def _joined(text: str) -> Markup:
    """Return text in which a number and the Chinese unit after it stay on one line."""
    parts = _COUNTED.split(text)
    return Markup().join(
        Markup('<span class="fig">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def _address(address: str) -> Markup:
    """Return a web address as a link; anything else as the text it is."""
    if address.startswith(("https://", "http://")):
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)
    return escape(address)
