"""Evidence: every observation with the statements it rests on, how figures were revised, and what was decided."""

from __future__ import annotations

from reports import outlook, references
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import WHOLE, anchor
from reports.page import Basis, Block, Cell, Column, Day, Literally, Page, Paragraph, Section, Table, Text, words
from series.observations import Series
from series.statements import Statement

ABOUT_RATES = ("growth", "share", "cagr", "multiple")


def page(inputs: Inputs) -> Page:
    """Return the report on evidence: one section a series, then the decisions."""
    standfirst: tuple[Text, ...] = (words("evidence.lead"), words("evidence.order"))
    sections = tuple(_series(series, inputs) for series in inputs.series)
    decided = _decisions(inputs)
    if decided.rows:
        sections = (*sections, Section("decisions", words("evidence.decisions.heading"), (decided,)))
    return Page(
        name="evidence",
        kicker=words("evidence.kicker"),
        title=words("evidence.title"),
        standfirst=standfirst,
        sections=sections,
        references=references.collect((*standfirst, *sections), inputs.sources, inputs.statements),
        as_of=Day(inputs.as_of) if inputs.as_of else None,
    )


def _series(series: Series, inputs: Inputs) -> Section:
    """Return the observations of a series, the statements under each, and the revisions of its levels."""
    blocks: list[Block] = [outlook.figures(series, inputs), _statements(series, inputs)]
    revised = inputs.revisions.get(series.id, ())
    if revised:
        blocks.append(_revisions(series, inputs))
    elif series.unit != "percent":
        blocks.append(Paragraph(words("evidence.revisions.none"), "note"))
    return Section(anchor(series.id), inputs.title(series.id), tuple(blocks))


def _statements(series: Series, inputs: Inputs) -> Table:
    """Return one row a statement under each observation, newest observation first."""
    rows: list[tuple[Cell, ...]] = []
    for observation in reversed(series.observations):
        for name in observation.statements:
            statement = inputs.statements[name]
            rows.append(
                (
                    observation.period,
                    words("evidence.about", kind=words(f"kind.{statement.kind}"), period=statement.period),
                    Literally(*[_printed(statement)] * 2),
                    inputs.sources[statement.source].published,
                    words(f"role.{inputs.sources[statement.source].role}"),
                    Basis((name,)),
                )
            )
    return Table(
        f"statements-{anchor(series.id)}",
        words("evidence.statements.caption", name=inputs.title(series.id)),
        (
            Column(words("column.period"), "head"),
            Column(words("column.kind"), "text"),
            Column(words("column.printed"), "text"),
            Column(words("column.published"), "text"),
            Column(words("column.role"), "text"),
            Column(words("column.source"), "text"),
        ),
        tuple(rows),
        sheet="statements",
        subject=series.id,
    )


def _printed(statement: Statement) -> str:
    """Return a figure as it was printed, with the percent sign or unit that the print may leave to the sentence."""
    text = " ".join(statement.printed.split())
    bare = text.replace(".", "").replace(",", "").lstrip("-−+").isdigit()
    if not bare:
        return text
    return f"{text}%" if statement.kind in ABOUT_RATES and statement.unit == "percent" else f"{text} ({statement.unit})"


def _revisions(series: Series, inputs: Inputs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for revision in inputs.revisions[series.id]:
        first = Figure.exact(revision.first.value, series.unit, (revision.first.statement,))
        low, high = (Figure.rounded(end, series.unit, revision.statements, 5) for end in (revision.low, revision.high))
        rows.append(
            (
                revision.period,
                first,
                Day(revision.first.published),
                Span(low, high),
                Day(revision.published),
                Figure.fixed(revision.change, "percent", 1, revision.statements),
                words(f"evidence.revisions.{revision.kind}"),
            )
        )
    return Table(
        f"revisions-{anchor(series.id)}",
        words("evidence.revisions.caption", name=inputs.title(series.id)),
        (
            Column(words("column.period"), "head"),
            Column(words("column.first"), unit=series.unit),
            Column(words("column.on"), "text"),
            Column(words("column.revised"), unit=series.unit),
            Column(words("column.by"), "text"),
            Column(words("column.change"), unit="percent"),
            Column(words("column.kind"), "text"),
        ),
        tuple(rows),
        note=words("evidence.revisions.note"),
        sheet="revisions",
        subject=series.id,
    )


def _decisions(inputs: Inputs) -> Table:
    """Return the recorded decisions on statements of the subjects shown, oldest first."""
    rows: list[tuple[Cell, ...]] = []
    shown = {series.id for series in inputs.series}
    for decision in inputs.decisions:
        statement = inputs.statements[decision.statement]
        if statement.subject not in shown:
            continue
        rows.append(
            (
                words("evidence.about", kind=words(f"kind.{statement.kind}"), period=statement.period),
                inputs.title(statement.subject),
                Literally(*[_printed(statement)] * 2),
                words(f"act.{decision.act}", was=decision.was, becomes=decision.becomes),
                Literally(decision.reason, decision.reason),
                Basis((decision.statement, f"{WHOLE}{statement.source}")),
            )
        )
    return Table(
        "decisions-table",
        words("evidence.decisions.caption"),
        (
            Column(words("column.statement"), "head"),
            Column(words("column.subject"), "text"),
            Column(words("column.printed"), "text"),
            Column(words("column.act"), "text"),
            Column(words("column.reason"), "prose"),
            Column(words("column.source"), "text"),
        ),
        tuple(rows),
        note=words("evidence.decisions.note"),
        sheet="decisions",
        subject="decisions",
    )
