"""Observations: every value of a series with its range, its status and its statements, and figures as printed."""

from __future__ import annotations

from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import anchor
from reports.page import Basis, Column, Literally, Mark, Table, Text, words
from series.observations import Observation, Series
from series.statements import Statement

PRINTED = ("published", "narrowed")
DIGITS = 5
ABOUT_RATES = ("growth", "share", "cagr", "multiple")


def figures(series: Series, inputs: Inputs) -> Table:
    """Return every observation with its range, its status and its statements, newest first."""
    return Table(
        f"figures-{anchor(series.id)}",
        words("outlook.figures.caption", name=inputs.title(series.id), unit=unit_of(series, "name")),
        (
            Column(words("column.period"), "head"),
            Column(words("column.value"), unit=series.unit),
            Column(words("column.range"), unit=series.unit),
            Column(words("column.status"), "text"),
            Column(words("column.sources"), "text"),
        ),
        tuple(
            (
                observation.period,
                observed(observation, series.unit),
                _range(observation, series.unit),
                Mark(observation.status),
                Basis(observation.statements),
            )
            for observation in reversed(series.observations)
        ),
        note=words("outlook.figures.note"),
        sheet="observations",
        subject=series.id,
    )


def unit_of(series: Series, form: str) -> Text:
    """Return the unit of a series by its `name` (USD bn) or its `long` name."""
    return words(f"unit.{form}.{series.unit.lower().replace(' ', '_')}")


def observed(observation: Observation, unit: str) -> Figure:
    """Return the value of an observation with the digits it deserves."""
    if observation.low < observation.high and observation.status not in PRINTED:
        return Figure.rounded(observation.value, unit, observation.statements, digits=DIGITS)
    return Figure.exact(observation.value, unit, observation.statements)


def _range(observation: Observation, unit: str) -> Span | Figure:
    """Return what the evidence allows the value: for a published one, what its rounding leaves."""
    if observation.low == observation.high:
        return Figure(None, unit)
    ends = (observation.low, observation.high)
    if observation.status in PRINTED:
        return Span(*(Figure.exact(round(end, 6), unit, observation.statements) for end in ends))
    places = max(0, DIGITS - len(str(int(observation.high))))
    return Span(*(Figure.fixed(end, unit, places, observation.statements) for end in ends))


def printed(statement: Statement) -> str:
    """Return a figure as it was printed, with the percent sign or unit that the print may leave to the sentence."""
    text = " ".join(statement.printed.split())
    bare = text.replace(".", "").replace(",", "").lstrip("-−+").isdigit()
    if not bare:
        return text
    return f"{text}%" if statement.kind in ABOUT_RATES and statement.unit == "percent" else f"{text} ({statement.unit})"


def quoted(statement: Statement) -> Text:
    """Return a figure as it was printed, alike in every language."""
    text = printed(statement)
    return Literally(text, text)


def about(statement: Statement) -> Text:
    """Return what kind of figure a statement is, and of which period."""
    return words("evidence.about", kind=words(f"kind.{statement.kind}"), period=statement.period)
