"""Evidence: every observation with the statements it rests on, how figures were revised, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports import references
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import WHOLE, anchor
from reports.observations import about, about_for, figures, quoted, valued
from reports.page import Basis, Block, Cell, Column, Day, Literally, Page, Paragraph, Section, Slot, Table, Text, words
from series import precision
from series.observations import Series
from series.periods import Period

NO_REPAIR: Mapping[str, Any] = {"statements": [], "bounds": [None, None]}


def page(inputs: Inputs) -> Page:
    """Return the report on evidence: one section a series, then the decisions."""
    standfirst: tuple[Text, ...] = (words("evidence.lead"), words("evidence.order"))
    sections = tuple(_series(series, inputs) for series in inputs.series)
    decided = _decisions(inputs)
    sections = (*sections, *_conflicts(inputs))
    if decided.rows:
        sections = (*sections, Section("decisions", words("evidence.decisions.heading"), (decided,)))
    return Page(
        name="evidence",
        kicker=words("evidence.kicker"),
        title=words("evidence.title"),
        standfirst=standfirst,
        sections=sections,
        references=references.collect((*standfirst, *sections), inputs),
        as_of=inputs.evidence(),
    )


def _series(series: Series, inputs: Inputs) -> Section:
    """Return the observations of a series, the statements under each, and the revisions of its levels."""
    blocks: list[Block] = [figures(series, inputs), _statements(series, inputs)]
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
                    about_for(statement, series, inputs),
                    quoted(statement),
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


def _revisions(series: Series, inputs: Inputs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for revision in inputs.revisions[series.id]:
        one = revision.first
        first = valued(series.id, revision.period, one.value, (one.statement,), inputs, series.unit)
        revised = Span.of(precision.between(revision.low, revision.high), series.unit, revision.statements)
        rows.append(
            (
                revision.period,
                first,
                Day(revision.first.published),
                revised,
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


def _conflicts(inputs: Inputs) -> tuple[Section, ...]:
    """Return the figures of the series shown that cannot be true beside others, and what was decided."""
    shown = {series.id for series in inputs.series}
    mine = [
        conflict
        for conflict in inputs.conflicts
        if any(inputs.statements[name].subject in shown for name in conflict["statements"])
    ]
    counts = {
        "all": len(inputs.conflicts),
        "settled": sum(conflict["resolved_by"] is not None for conflict in inputs.conflicts),
        "shown": len(mine),
    }
    if not inputs.conflicts:
        return ()
    slots = {name: Figure.fixed(count, "count", 0, ("conflicts",)) for name, count in counts.items()}
    blocks: tuple[Block, ...] = (Paragraph(words("evidence.conflicts.lead", **slots)),)
    if mine:
        blocks = (*blocks, _disputed(mine, inputs))
    return (Section("conflicts", words("evidence.conflicts.heading"), blocks),)


def _disputed(conflicts: list[Mapping[str, Any]], inputs: Inputs) -> Table:
    """Return one row a conflict: the figure that yields, what the others leave it, and who settled it."""
    rows: list[tuple[Cell, ...]] = []
    for conflict in conflicts:
        repair: Mapping[str, Any] = conflict["repairs"][0] if conflict["repairs"] else NO_REPAIR
        yields = inputs.statements[str((repair["statements"] or conflict["statements"])[0])]
        others = tuple(name for name in conflict["statements"] if name != yields.id)
        decided = conflict["resolved_by"]
        rows.append(
            (
                Literally(*[conflict["id"]] * 2),
                inputs.title(yields.subject),
                about(yields),
                quoted(yields),
                _allowed(repair["bounds"], yields.unit, others),
                words("evidence.conflicts.settled", act=words(f"settled.{conflict['act']}"), decision=decided)
                if decided
                else words("evidence.conflicts.open"),
                Basis((yields.id, *others)),
            )
        )
    return Table(
        "conflicts-table",
        words("evidence.conflicts.caption"),
        (
            Column(words("column.conflict"), "head"),
            Column(words("column.subject"), "text"),
            Column(words("column.statement"), "text"),
            Column(words("column.printed"), "text"),
            Column(words("column.allowed")),
            Column(words("column.act"), "text"),
            Column(words("column.sources"), "text"),
        ),
        tuple(rows),
        note=words("evidence.conflicts.note"),
        sheet="conflicts",
        subject="conflicts",
    )


def _allowed(bounds: Sequence[float | None], unit: str, basis: tuple[str, ...]) -> Figure | Span:
    """Return what the other figures leave; one end alone where they bound it on one side only."""
    low, high = bounds
    if low is not None and high is not None:
        return Span.of(precision.between(low, high), unit, basis)
    end = high if low is None else low
    return Figure(None, unit) if end is None else Figure.rounded(end, unit, basis, 5)


def _reading(field: str, value: str, inputs: Inputs) -> Slot:
    """Return what a field of a statement held, as a page says it."""
    match field:
        case "subject":
            return inputs.title(value)
        case "period" | "base" if value:
            return Period.parse(value)
        case "hedge" | "rounding":
            return words(f"reading.{value}")
    return value


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
                Literally(decision.id, decision.id),
                about(statement),
                inputs.title(statement.subject),
                quoted(statement),
                words(
                    f"act.{decision.act}",
                    was=_reading(decision.field, decision.was, inputs),
                    becomes=_reading(decision.field, decision.becomes, inputs),
                ),
                Literally(decision.reason, decision.reason_in("zh")),
                Basis((decision.statement, f"{WHOLE}{statement.source}")),
            )
        )
    return Table(
        "decisions-table",
        words("evidence.decisions.caption"),
        (
            Column(words("column.decision"), "head"),
            Column(words("column.statement"), "text"),
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
