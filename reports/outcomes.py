"""Outcomes: what came of the readings of a claim whose end is known, as far as the evidence says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.page import Cell, Column, Literally, Table, Text, words
from series import precision
from series.periods import Period

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
        note=_only_others(readings, inputs),
        sheet="outcomes",
        subject=str(claim["id"]),
    )


def _only_others(readings: Sequence[Document], inputs: Inputs) -> Text | None:
    """Say of which readings no forecast of their own gave the chance of then."""
    alone = [one for one in readings if one["then"] and one["then"]["views"]["inside"] is None]
    if not alone:
        return None
    subjects = reduce(
        lambda one, other: words("claim.either", first=one, second=other), [named(one, inputs) for one in alone]
    )
    return words("claim.then_outside", subjects=subjects)


def came(outcome: Document, unit: str) -> Span | Text:
    """Return what came: one value where one tells why the verdict is what it is, else the range that is allowed."""
    basis = tuple(outcome["statements"])
    low, high = outcome["low"], outcome["high"]
    if high is None:
        return words("claim.at_least", value=Figure.of(precision.least(low), unit, basis))
    close = outcome.get("verdict") == "consistent"
    return Span.of(precision.came(outcome["value"], low, high, outcome.get("last_digit"), close), unit, basis)


def named(reading: Document, inputs: Inputs) -> Text:
    """Return what a reading is about and, where "N times" can mean two things, which of them."""
    title, sense = inputs.title(reading["subject"]), reading.get("sense")
    if not sense:
        return title
    return words("claim.in_sense", subject=title, sense=words(f"claim.sense.{sense.replace(' ', '_')}"))


def demanded(reading: Document) -> Figure:
    """Return the level, rate or multiple that a reading of a claim names."""
    asked, unit, basis = reading["demanded"], reading["unit"], tuple(reading["statements"])
    if asked.get("last_digit") is None:
        return Figure.estimate(asked["value"], unit, basis)
    return Figure.of(precision.rounded(asked["value"], asked["last_digit"]), unit, basis)


def chance(outlook: Document, claim: Document) -> Figure:
    """Return the probability that an outlook gives a claim."""
    return Figure.fixed(outlook["probability"], "probability", 4, (claim_id(claim),))


def claim_id(claim: Document) -> str:
    """Return the id of a claim in a page, which is its section's too."""
    return f"claim-{claim['id']}"
