"""Changes: what became known since the last run, how the forecasts moved, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal

from forecast.archive.changes import Altered, Changes, Moved, Surprise
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import anchor
from reports.observations import about, observed, quoted, valued
from reports.page import (
    Basis,
    Block,
    Cell,
    Column,
    Day,
    Listing,
    Literally,
    Paragraph,
    Section,
    Table,
    Text,
    words,
)
from series.observations import Observation

SHOWN = 30
"""Statements listed by name; the rest is counted."""


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """Return what changed in short, or nothing where there is nothing to compare with."""
    changes = inputs.changes
    if changes is None:
        return ()
    new, excluded = _new(changes, inputs), {one.statement for one in inputs.decisions if one.act == "exclude"}
    left = [name for name in new if name in excluded]
    lead = words(
        "changes.since_run" if changes.since else "changes.since_day",
        run=changes.since,
        day=Day(changes.since_day),
        statements=_count(len(changes.statements)),
        shown=_count(len(new) - len(left)),
        left=words("changes.left_out", n=_count(len(left))) if left else Literally("", ""),
        decisions=_count(len(changes.decisions)),
    )
    blocks: list[Block] = [Paragraph(lead)]
    reasons = (*_moves(changes, inputs), *_surprises(changes.surprises, inputs))
    if reasons:
        blocks.append(Listing(reasons))
    if changes.moved:
        blocks.append(_forecasts(changes, inputs))
    if not (changes.statements or changes.decisions or changes.altered or changes.moved):
        blocks.append(Paragraph(words("changes.none"), "note"))
    return (Section("changes", words("changes.heading", day=Day(changes.since_day)), tuple(blocks)),)


def details(inputs: Inputs) -> tuple[Section, ...]:
    """Return every value and statement that is new or another, or nothing where none is."""
    changes = inputs.changes
    if changes is None:
        return ()
    new = _new(changes, inputs)
    blocks: list[Block] = [_values(changes.altered, inputs)] if changes.altered else []
    blocks += [_statements(new, inputs)] if new else []
    if not blocks:
        return ()
    return (Section("changed", words("changes.details", day=Day(changes.since_day)), tuple(blocks)),)


def _surprises(surprises: Iterable[Surprise], inputs: Inputs) -> list[Text]:
    """Say how each outcome compares with what had been forecast for it."""
    found: list[Text] = []
    for one in surprises:
        unit = _unit(one.series, inputs)
        inside = one.inner[0] <= one.value <= one.inner[1]
        side = "above" if one.value > one.inner[1] else "within" if inside else "below"
        found.append(
            words(
                f"changes.surprise.{side}",
                name=inputs.title(one.series),
                period=one.period,
                value=valued(one.series, one.period, one.value, one.statements, inputs, unit),
                median=Figure.estimate(one.median, unit, ("changes",)),
                span=Span.estimate(*one.inner, unit, ("changes",)),
            )
        )
    return found


def _moves(changes: Changes, inputs: Inputs) -> list[Text]:
    """Say how the middle forecast of each series moved, and what moved it."""
    found: list[Text] = []
    for one in changes.moved:
        unit = _unit(one.series, inputs)
        why: Text = words("changes.why.news")
        if changes.since and abs(one.tools) > abs(one.news):
            why = words("changes.why.tools")
        elif one.origin[0] != one.origin[1]:
            why = words("changes.why.origin", before=one.origin[0], after=one.origin[1])
        found.append(
            words(
                f"changes.moved.{'hardly' if _hardly(one, unit) else 'up' if one.after > one.before else 'down'}",
                name=inputs.title(one.series),
                period=one.period,
                before=Figure.estimate(one.before, unit, ("changes",)),
                after=Figure.estimate(one.after, unit, (_forecast(one),)),
                change=_change(one.after - one.before, one, unit),
                why=why,
            )
        )
    return found


def _forecasts(changes: Changes, inputs: Inputs) -> Table:
    """Return one row a series: the forecast before and after, and what each cause did to its middle."""

    def causes(one: Moved, unit: str) -> tuple[Figure, ...]:
        """Tell news from tools, where there was a run with tools of its own."""
        parts = (one.news, one.tools) if changes.since else (one.after - one.before,)
        return tuple(_change(part, one, unit) for part in parts)

    names = ("by_news", "by_tools") if changes.since else ("change",)
    rows: list[tuple[Cell, ...]] = []
    for one in changes.moved:
        unit, now = _unit(one.series, inputs), (_forecast(one),)
        rows.append(
            (
                inputs.title(one.series),
                one.period,
                Figure.estimate(one.before, unit, ("changes",)),
                Figure.estimate(one.after, unit, now),
                *causes(one, unit),
            )
        )
    return Table(
        "changed-forecasts",
        words("changes.forecasts.caption"),
        (
            Column(words("column.series"), "head"),
            Column(words("column.period")),
            Column(words("changes.before")),
            Column(words("changes.after")),
            *(Column(words(f"changes.{name}")) for name in names),
        ),
        tuple(rows),
        note=words("changes.forecasts.note" if changes.since else "changes.forecasts.note_day"),
        sheet="changed_forecasts",
        subject="changes",
    )


def _values(altered: Iterable[Altered], inputs: Inputs) -> Table:
    """Return one row a value that is new, another, or gone."""
    rows: list[tuple[Cell, ...]] = []
    for one in altered:
        unit = _unit(one.series, inputs)
        under = one.statements or (one.after.statements if one.after else ())
        rows.append(
            (
                inputs.title(one.series),
                one.period,
                _value(one.before, unit, ("changes",)),
                _value(one.after, unit, under),
                words(f"changes.kind.{one.kind}"),
                Basis(under),
            )
        )
    return Table(
        "changed-values",
        words("changes.values.caption"),
        (
            Column(words("column.series"), "head"),
            Column(words("column.period")),
            Column(words("changes.before")),
            Column(words("changes.after")),
            Column(words("column.kind"), "text"),
            Column(words("column.sources"), "text"),
        ),
        tuple(rows),
        sheet="changed_values",
        subject="changes",
    )


def _hardly(one: Moved, unit: str) -> bool:
    """Whether a move is too small to be seen in the digits that the forecast has."""
    return not Figure.beside(one.after - one.before, one.after, unit).value


def _change(part: float, one: Moved, unit: str) -> Figure:
    """Return a change with the digits of the forecast, or its own first where they would show nothing of the move."""
    basis = (_forecast(one),)
    if not _hardly(one, unit):
        return Figure.beside(part, one.after, unit, basis)
    places = -Decimal(repr(one.after - one.before)).adjusted()
    return Figure.exact(round(part, places), unit, basis)


def _statements(new: tuple[str, ...], inputs: Inputs) -> Table:
    """Return the statements about the series shown that were not known before, newest first."""
    rows: list[tuple[Cell, ...]] = []
    for name in new[:SHOWN]:
        statement = inputs.statements[name]
        rows.append(
            (
                Literally(name, name),
                inputs.title(statement.subject),
                about(statement),
                quoted(statement),
                _decided(name, inputs),
                inputs.sources[statement.source].published,
                Basis((name,)),
            )
        )
    rest = len(new) - SHOWN
    return Table(
        "new-statements",
        words("changes.statements.caption"),
        (
            Column(words("column.statement"), "head"),
            Column(words("column.series"), "text"),
            Column(words("column.kind"), "text"),
            Column(words("column.printed"), "text"),
            Column(words("column.act"), "text"),
            Column(words("column.published"), "text"),
            Column(words("column.source"), "text"),
        ),
        tuple(rows),
        note=words("changes.statements.rest", n=_count(rest)) if rest > 0 else None,
        anchors=tuple(anchor(f"new-{name}") for name in new[:SHOWN]),
        sheet="new_statements",
        subject="changes",
    )


def _decided(statement: str, inputs: Inputs) -> Text:
    """Return what was decided on a statement, and where that is recorded; a dash where nothing was."""
    for one in inputs.decisions:
        if one.statement == statement:
            return words("evidence.conflicts.settled", act=words(f"settled.{one.act}"), decision=one.id)
    return Literally("–", "–")


def _new(changes: Changes, inputs: Inputs) -> tuple[str, ...]:
    """Return the new statements that are about a series shown or stand under one of its values, newest first."""
    shown = {series.id for series in inputs.series}
    under = {name for one in changes.altered for name in one.statements}
    mine = [
        name
        for name in changes.statements
        if name in inputs.statements and (inputs.statements[name].subject in shown or name in under)
    ]
    return tuple(sorted(mine, key=lambda name: (inputs.published(name), name), reverse=True))


def _value(one: Observation | None, unit: str, basis: tuple[str, ...]) -> Figure:
    return Figure(None, unit) if one is None else dataclasses.replace(observed(one, unit), basis=basis)


def _unit(name: str, inputs: Inputs) -> str:
    return next(series.unit for series in inputs.series if series.id == name)


def _forecast(one: Moved) -> str:
    """Return the id that the forecast carries in the rest of the page."""
    return f"combination:{one.series}:{one.origin[1]}:{one.period}"


def _count(number: int) -> Figure:
    return Figure.fixed(float(number), "count", 0, ("changes",))
