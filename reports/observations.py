"""Observations: every value of a series with its range, its status and its statements, and figures as printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports import voice
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import anchor
from reports.page import Basis, Column, Literally, Mark, Table, Text, words
from series import precision
from series.observations import Observation, Series
from series.periods import Period
from series.statements import Statement

SIGNS = {"percent": "%", "x": "×"}
YEAR = 12
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
    if observation.low == observation.high and observation.last_digit is None:
        return Figure.exact(observation.value, unit, observation.statements)
    return Figure.of(precision.value(observation), unit, observation.statements)


def valued(series: str, period: Period, value: float, statements: tuple[str, ...], inputs: Inputs, unit: str) -> Figure:
    """Return a value as the page shows it elsewhere: as the series has it, as it was printed, or with two decimals."""
    known = next((o for one in inputs.series if one.id == series for o in one.observations if o.period == period), None)
    if known is not None and known.value == value:
        return replace(observed(known, unit), basis=statements)
    for name in statements:
        told = inputs.statements.get(name)
        if told is not None and told.unit == unit and float(told.value) == value:
            return Figure.of(told.value.quantize(Decimal(1).scaleb(told.exponent)), unit, statements)
    return Figure.exact(round(value, 2), unit, statements)


def _range(observation: Observation, unit: str) -> Span | Figure:
    """Return what the evidence allows the value: for a published one, what its rounding leaves."""
    if observation.low == observation.high:
        return Figure(None, unit)
    return Span.of(precision.ends(observation), unit, observation.statements)


def printed(statement: Statement, language: str = "en") -> str:
    """Return a figure as it was printed, with the percent sign or unit that the print may leave to the sentence."""
    text = " ".join(statement.printed.split())
    bare = text.replace(".", "").replace(",", "").lstrip("-−+").isdigit()
    if not bare:
        return text
    if statement.kind in ABOUT_RATES and statement.unit in SIGNS:
        return f"{text}{SIGNS[statement.unit]}"
    return f"{text}（{voice.of(language).unit(statement.unit)}）" if language == "zh" else f"{text} ({statement.unit})"


def quoted(statement: Statement) -> Text:
    """Return a figure as it was printed; what the print left to the sentence stands in brackets."""
    return Literally(printed(statement), printed(statement, "zh"))


def about(statement: Statement) -> Text:
    """Return what kind of figure a statement is, and of which period; of growth over years, from which to which."""
    if statement.base is not None and statement.period.end - statement.base.end > YEAR:
        kind = words(f"kind.{statement.kind}")
        return words("evidence.about_since", kind=kind, base=statement.base, period=statement.period)
    return words("evidence.about", kind=words(f"kind.{statement.kind}"), period=statement.period)


def about_for(statement: Statement, series: Series, inputs: Inputs) -> Text:
    """Return the same under a value of `series`, and of what the figure is where that is something else."""
    if statement.subject == series.id:
        return about(statement)
    return words("evidence.about_other", subject=inputs.title(statement.subject), about=about(statement))
