"""Outcomes: what came of the readings of a claim whose end is known, as far as the evidence says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.page import Cell, Column, Literally, Table, Text, words
from series.periods import Period
from series.precision import decimals

Document = Mapping[str, Any]
NOTHING = Literally("–", "–")


def table(claim: Document, readings: Sequence[Document], inputs: Inputs) -> Table:
    """Return one row a reading whose end is known: what was claimed, what came, and the chance it had then."""
    rows: list[tuple[Cell, ...]] = []
    for reading in readings:
        outcome = reading["outcome"]
        rows.append(
            (
                named(reading, inputs),
                Period.parse(outcome["period"]),
                demanded(reading),
                came(outcome, reading["unit"]),
                words(f"verdict.{outcome['verdict']}"),
                chance(reading["then"], claim) if reading["then"] else NOTHING,
            )
        )
    return Table(
        f"outcomes-{claim['id']}",
        words("claim.outcome_caption", id=str(claim["id"])),
        (
            Column(words("column.reading"), "head"),
            Column(words("column.span")),
            Column(words("column.claimed")),
            Column(words("column.came")),
            Column(words("column.verdict"), "text"),
            Column(words("column.then"), unit="probability"),
        ),
        tuple(rows),
        sheet="outcomes",
        subject=str(claim["id"]),
    )


def came(outcome: Document, unit: str) -> Span | Text:
    """Return what came: one value where the evidence pins it down, else the whole range that it allows."""
    basis = tuple(outcome["statements"])
    low, high = outcome["low"], outcome["high"]
    if high is None:
        return words("claim.at_least", value=Figure.exact(round(low, 1), unit, basis))
    if not outcome["pinned"]:
        return Span.outward(low, high, unit, min(1, decimals(low, high)), basis)
    value = Figure.exact(round(outcome["value"], 1), unit, basis)
    return Span(value, value)


def named(reading: Document, inputs: Inputs) -> Text:
    """Return what a reading is about and, where "N times" can mean two things, which of them."""
    title, sense = inputs.title(reading["subject"]), reading.get("sense")
    if not sense:
        return title
    return words("claim.in_sense", subject=title, sense=words(f"claim.sense.{sense.replace(' ', '_')}"))


def demanded(reading: Document) -> Figure:
    """Return the level, rate or multiple that a reading of a claim names."""
    return Figure.estimate(reading["demanded"]["value"], reading["unit"], tuple(reading["statements"]))


def chance(outlook: Document, claim: Document) -> Figure:
    """Return the probability that an outlook gives a claim."""
    return Figure.fixed(outlook["probability"], "probability", 4, (claim_id(claim),))


def claim_id(claim: Document) -> str:
    """Return the id of a claim in a page, which is its section's too."""
    return f"claim-{claim['id']}"
