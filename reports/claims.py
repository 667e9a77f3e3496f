"""Claims: what a published claim says, what it would need, and how likely that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.page import Block, Cell, Column, Listing, Literally, Paragraph, Section, Table, Text, Tile, words

Document = Mapping[str, Any]


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """Return one section a claim."""
    return tuple(_section(claim, inputs) for claim in inputs.claims)


def tiles(inputs: Inputs) -> tuple[Tile, ...]:
    """Return the probability of the first claim as a key figure, where it has one."""
    for claim in inputs.claims:
        if claim.get("probability") is not None:
            figure = Figure.fixed(claim["probability"], "probability", 4, (f"claim:{claim['id']}",))
            return (Tile(words("claim.tile"), figure, words("claim.tile_note")),)
    return ()


def _section(claim: Document, inputs: Inputs) -> Section:
    blocks: list[Block] = []
    if claim.get("text"):
        blocks.append(Paragraph(_both(claim["text"]), "quote"))
    readings = claim.get("readings") or ()
    if readings:
        blocks.append(_readings(claim, readings, inputs))
    reasons = tuple(_both(reason) for reason in claim.get("reasons") or ())
    if reasons:
        blocks += [Paragraph(words("claim.reasons"), "note"), Listing(reasons)]
    title = claim.get("title")
    heading: Text = _both(title) if title else words("claim.heading", id=str(claim["id"]))
    return Section(f"claim-{claim['id']}", heading, tuple(blocks))


def _readings(claim: Document, readings: Sequence[Document], inputs: Inputs) -> Table:
    """Return one row a reading: the level claimed, the growth still needed, and the probability then and now."""
    rows: list[tuple[Cell, ...]] = []
    for reading in readings:
        unit = str(reading.get("unit") or _unit(str(reading["subject"])))
        basis = tuple(str(name) for name in reading.get("statements", claim.get("statements", ())))
        name = f"claim:{claim['id']}"
        rows.append(
            (
                inputs.title(str(reading["subject"])),
                Literally(str(reading["base"]), str(reading["base"])),
                _figure(reading.get("claimed_2030"), unit, basis),
                _percent(reading.get("required_growth"), basis),
                _base_rate(reading.get("base_rate"), basis),
                _chance(reading.get("probability_then"), name),
                _chance(reading.get("probability_now"), name),
            )
        )
    return Table(
        f"readings-{claim['id']}",
        words("claim.caption"),
        (
            Column(words("column.reading"), "head"),
            Column(words("column.base"), "text"),
            Column(words("column.claimed")),
            Column(words("column.required"), unit="percent"),
            Column(words("column.base_rate"), "text"),
            Column(words("column.then"), unit="probability"),
            Column(words("column.now"), unit="probability"),
        ),
        tuple(rows),
        note=words("claim.note"),
        anchors=(f"claim-{claim['id']}-readings",),
    )


def _figure(value: Any, unit: str, basis: tuple[str, ...]) -> Figure:
    return Figure(None, unit) if value is None else Figure.rounded(float(value), unit, basis)


def _percent(value: Any, basis: tuple[str, ...]) -> Figure:
    return Figure(None, "percent") if value is None else Figure.fixed(float(value), "percent", 1, basis)


def _chance(value: Any, name: str) -> Cell:
    if value is None:
        return Figure(None, "probability")
    if isinstance(value, Sequence):
        low, high = (Figure.fixed(float(end), "probability", 4, (name,)) for end in value)
        return Span(low, high)
    return Figure.fixed(float(value), "probability", 4, (name,))


def _base_rate(value: Any, basis: tuple[str, ...]) -> Text:
    """Return how often there was such a run, as a count out of a count."""
    if isinstance(value, Mapping) and "runs" in value:
        return words(
            "claim.base_rate",
            hits=Figure.fixed(float(value["hits"]), "count", 0, basis),
            runs=Figure.fixed(float(value["runs"]), "count", 0, basis),
        )
    return Literally("–", "–")


def _both(text: Any) -> Text:
    if isinstance(text, Mapping):
        return Literally(str(text["en"]), str(text["zh"]))
    return Literally(str(text), str(text))


def _unit(subject: str) -> str:
    return {"usd": "USD 100m", "cny": "CNY 100m", "share": "percent"}.get(subject.rpartition(".")[2], "")
