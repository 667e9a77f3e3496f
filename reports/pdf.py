"""PDF: a page typeset with Typst, tagged, with every glyph embedded; a glyph that no face has stops the build."""

from __future__ import annotations

import importlib.resources
import importlib.util
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from forecast.errors import EvidenceError, InputError
from reports import columns
from reports.charts import svg
from reports.charts.drawing import draw
from reports.charts.theme import FACES, PAPER, WIDE
from reports.figures import Figure, Span
from reports.links import WHOLE, Links
from reports.page import Basis, Block, Cell, Chart, Day, Jump, Listing, Mark, Page, Paragraph, Part, Table, Text, Tiles
from reports.voice import Voice
from series.periods import Period

FACES_OF = ("pylopdf_fonts_zh_cn", "pylopdf_fonts_ko", "pylopdf_fonts_ar")
"""Packages with the typefaces of the scripts that sources are written in, Latin and Greek apart."""
STANDARD: Literal["ua-1"] = "ua-1"
Run = dict[str, Any]
PICTURE = """#set document(title: sys.inputs.title)
#set text(lang: "{lang}")
#set page(width: {width}pt, height: auto, margin: 0pt, fill: rgb("#fffffe"))
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)
"""


def render(page: Page, voice: Voice) -> bytes:
    """Return the page as PDF/UA in the language of `voice`; the same page always gives the same bytes.

    Raises:
        InputError: if the typefaces of the sources' scripts are not installed.
        EvidenceError: if a text has a glyph that no typeface at hand can show.
    """
    import typst

    data = json.dumps(_Writer(page, voice).document(), ensure_ascii=False)
    source = importlib.resources.files("reports").joinpath("templates", "page.typ").read_bytes()
    try:
        made = typst.compile(
            source,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=faces()),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=[STANDARD],
            timestamp=page.moment,
        )
    except typst.TypstError as error:
        message = str(error).splitlines()[0]
        if "could not be displayed" in message:
            raise EvidenceError(
                f"PDF of {page.name}: {message}; add a typeface that has it, or mend the text"
            ) from None
        raise
    return bytes(made)


def picture(chart: Chart, voice: Voice, density: float = 144) -> bytes:
    """Return a chart as PNG with our own typefaces, for readers that show no SVG.

    Raises:
        EvidenceError: if a label has a glyph that no typeface at hand can show.
    """
    import typst

    title, description = voice.say(chart.finding), voice.say(chart.description)
    drawn = svg.alone(draw(chart.drawing, voice, WIDE), chart.id, title, description, FACES)
    source = PICTURE.format(width=WIDE.width, lang=voice.language).encode()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=faces())
    inputs = {"svg": drawn, "title": title, "alt": description}
    try:
        typst.compile(source, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs, pdf_standards=[STANDARD])
        made = typst.compile(
            source, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs, format="png", ppi=density
        )
    except typst.TypstError as error:
        raise EvidenceError(f"picture of {chart.id}: {str(error).splitlines()[0]}") from None
    return bytes(made)


def faces() -> list[Path]:
    """Return the folders of our own typefaces and of those for other scripts.

    Raises:
        InputError: if a package with typefaces is not installed.
    """
    folders = [Path(str(importlib.resources.files("reports").joinpath("fonts")))]
    for package in FACES_OF:
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            raise InputError(f"a PDF needs the typefaces of {package}; install outsourcing-forecast[reports]")
        folders.append(Path(found.origin).parent)
    return folders


class _Writer:
    """Turns one page into the plain data that the typesetting template lays out."""

    def __init__(self, page: Page, voice: Voice) -> None:
        self.page = page
        self.voice = voice
        self.links = Links.of(page)
        self.kinds: Mapping[type, Callable[[Any], dict[str, Any]]] = {
            Paragraph: self._paragraph,
            Listing: self._listing,
            Tiles: self._tiles,
            Table: self._table,
            Chart: self._chart,
        }

    def document(self) -> dict[str, Any]:
        page, voice = self.page, self.voice
        made = [voice.evidence(page.as_of), *(voice.say(fact) for fact in page.facts)]
        return {
            "lang": voice.language,
            "leading": 0.68 if voice.language == "en" else 0.85,
            "title": voice.say(page.title),
            "kicker": voice.say(page.kicker),
            "standfirst": [self.runs(text) for text in page.standfirst],
            "facts": " · ".join(made),
            "sections": [
                {
                    "id": section.id,
                    "heading": voice.say(section.heading),
                    "blocks": [self._block(block) for block in section.blocks],
                }
                for section in page.sections
            ],
            "sources-heading": voice.template("page.sources"),
            "sources-lead": voice.template("page.sources_lead"),
            "sources": self._sources(),
        }

    def runs(self, text: Text, numbered: bool = True) -> list[Run]:
        """Return running text as pieces, each with what it links to."""
        return [self._part(part, numbered) for part in self.voice.parts(text)]

    def _part(self, part: Part, numbered: bool) -> Run:
        if isinstance(part, Basis):
            numbers = sorted({number for name in part.ids if (number := self.links.number(name))})
            return {"text": "", "target": self.links.target(part.ids[0]), "mark": ",".join(map(str, numbers))}
        return {"text": part, "target": None, "mark": ""} if isinstance(part, str) else self.figure(part, numbered)

    def figure(self, value: Figure | Span, numbered: bool = False, unit: str = "", here: str = "") -> Run:
        """Return a figure as a piece of text that links to what it rests on."""
        first = value.low if isinstance(value, Span) else value
        shown = self.voice.bare(value) if unit and first.unit == unit else self.voice.quantity(value)
        target = next((link for name in first.basis if (link := self.links.target(name)) not in (None, here)), None)
        numbers = sorted({n for name in first.basis if (n := self.links.number(name))}) if numbered else []
        return {"text": shown, "target": target, "mark": ",".join(map(str, numbers[:3])), "whole": True}

    def _block(self, block: Block) -> dict[str, Any]:
        return {"kind": type(block).__name__.lower()} | self.kinds[type(block)](block)

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        return {"tone": block.tone, "runs": self.runs(block.text)}

    def _listing(self, block: Listing) -> dict[str, Any]:
        return {"items": [self.runs(item) for item in block.items]}

    def _tiles(self, block: Tiles) -> dict[str, Any]:
        return {
            "tiles": [
                {
                    "label": self.runs(t.label),
                    "value": [self.figure(t.figure, numbered=True)],
                    "note": self.runs(t.note),
                }
                for t in block.tiles
            ]
        }

    def _table(self, table: Table) -> dict[str, Any]:
        anchors = table.anchors or ("",) * len(table.rows)
        pads = [columns.padding(table, index, self.voice) for index in range(len(table.columns))]
        widths = columns.widths(table, self.voice)
        return {
            "caption": self.runs(table.caption),
            "columns": [
                {
                    "heading": self.runs(c.heading, numbered=False),
                    "number": c.kind == "number",
                    "width": widths[index],
                }
                for index, c in enumerate(table.columns)
            ],
            "rows": [
                {
                    "anchor": anchor,
                    "strong": index in table.strong,
                    "cells": [
                        self._cell(cell, column.unit, anchor) | {"pad": pad[index]}
                        for cell, column, pad in zip(row, table.columns, pads, strict=True)
                    ],
                }
                for index, (row, anchor) in enumerate(zip(table.rows, anchors, strict=False))
            ],
            "note": self.runs(table.note) if table.note else [],
        }

    def _cell(self, cell: Cell, unit: str, here: str) -> dict[str, Any]:
        if isinstance(cell, (Figure, Span)):
            return {"mark": "", "runs": [self.figure(cell, unit=unit, here=here)]}
        if isinstance(cell, Basis):
            return {"mark": "", "runs": self._basis(cell)}
        target = self.links.target(cell.target) if isinstance(cell, Jump) else None
        plain: Run = {"text": self.voice.cell(cell), "target": target, "mark": ""}
        plain |= {"whole": True} if isinstance(cell, (Day, Period)) else {}
        return {"mark": cell.status if isinstance(cell, Mark) else "", "runs": [plain]}

    def _basis(self, basis: Basis) -> list[Run]:
        first: dict[int, str] = {}
        for name in basis.ids:
            number, target = self.links.number(name), self.links.target(name)
            if number and target:
                first.setdefault(number, target)
        runs: list[Run] = []
        for number, target in sorted(first.items()):
            runs += [{"text": ", ", "target": None, "mark": ""}] if runs else []
            runs.append({"text": str(number), "target": target, "mark": ""})
        return runs

    def _chart(self, chart: Chart) -> dict[str, Any]:
        title, description = self.voice.say(chart.finding), self.voice.say(chart.description)
        drawn = draw(chart.drawing, self.voice, PAPER)
        return {
            "finding": self.runs(chart.finding),
            "subtitle": self.runs(chart.subtitle),
            "svg": svg.alone(drawn, chart.id, title, description, FACES),
            "alt": description,
            "key": [{"mark": name, "label": self.voice.template(f"status.{name}")} for name in chart.drawing.marks],
            "note": self.runs(chart.note),
        }

    def _sources(self) -> list[dict[str, Any]]:
        voice = self.voice
        comma, semicolon, stop = (voice.mark(name) for name in ("comma", "semicolon", "stop"))
        return [
            {
                "anchor": self.links.target(f"{WHOLE}{reference.id}"),
                "number": reference.number,
                "title": voice.say(reference.title),
                "rest": f"{stop}{voice.say(reference.publisher)}{comma}{voice.cell(reference.published)}{semicolon}"
                f"{voice.template(f'role.{reference.role}')}{stop}{reference.address}",
                "entries": [
                    {
                        "anchor": self.links.target(entry.id),
                        "text": f"{voice.when(entry.period)} · {voice.template(f'kind.{entry.kind}')} · "
                        f"{voice.template('page.printed')} {entry.printed}{stop}{voice.say(entry.told)} [{entry.id}]",
                    }
                    for entry in reference.entries
                ],
            }
            for reference in self.page.references
        ]
