"""Running year: what the first year that is not yet known will come to, and what is known of its months."""

from __future__ import annotations

from forecast.nowcast import Nowcast
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import anchor
from reports.observations import valued
from reports.page import Block, Cell, Column, Listing, Paragraph, Section, Table, Text, words
from series.periods import Period

NOWCAST = "nowcast"


def sections(inputs: Inputs) -> tuple[Section, ...]:
    """Return the section on the running year, or none where every year is known."""
    if not inputs.nowcasts:
        return ()
    told = [_told(one, inputs) for one in inputs.nowcasts if one.basis == NOWCAST]
    waiting = [one for one in inputs.nowcasts if one.basis != NOWCAST]
    blocks: list[Block] = [Listing(tuple(told))] if told else []
    if waiting:
        key = "running.nothing" if len({one.year for one in waiting}) == 1 else "running.nothing_yet"
        blocks.append(Paragraph(words(key, year=Period.year(waiting[0].year))))
    return (Section("running", words("running.heading"), (*blocks, _table(inputs))),)


def has_months(subject: str, inputs: Inputs) -> bool:
    """Whether months are known of the first year of a series that is not."""
    return any(one.record.id == subject and one.basis == NOWCAST for one in inputs.nowcasts)


def _told(one: Nowcast, inputs: Inputs) -> Text:
    """Say what the months came to, what part of a year they carry, and what follows."""
    part, unit = one.latest, one.record.unit
    assert part is not None  # noqa: S101 - what a nowcast starts from
    slots = {
        "name": inputs.title(one.record.id),
        "months": part.period,
        "value": valued(one.record.id, part.period, part.value, part.statements, inputs, unit),
        "share": Figure.fixed(100 * one.share.value if one.share else float("nan"), "percent", 0, (_id(one),)),
        "year": Period.year(one.year),
        "median": Figure.estimate(one.point, unit, (_id(one),)),
        "span": _span(one),
    }
    if part.growth is None:
        return words("running.told", **slots)
    rate = Figure.fixed(abs(part.growth), "percent", 1, part.statements)
    way = "flat" if not rate.value else "up" if part.growth > 0 else "down"
    return words("running.told_growth", growth=words(f"running.growth.{way}", rate=rate), **slots)


def _table(inputs: Inputs) -> Table:
    """Return one row a series; what is known of the months has columns only where something is."""
    begun = any(one.latest for one in inputs.nowcasts)
    known = (Column(words("running.months"), "text"), Column(words("running.sum"))) if begun else ()
    return Table(
        "nowcasts",
        words("running.caption"),
        (
            Column(words("column.series"), "head"),
            Column(words("column.period")),
            *known,
            Column(words("column.median")),
            Column(words("column.band", coverage="80")),
            Column(words("running.basis"), "text"),
        ),
        tuple(_row(one, begun, inputs) for one in inputs.nowcasts),
        note=words("running.note") if begun else None,
        anchors=tuple(anchor(_id(one)) for one in inputs.nowcasts),
        sheet="nowcasts",
        subject="nowcasts",
    )


def _row(one: Nowcast, begun: bool, inputs: Inputs) -> tuple[Cell, ...]:
    part, unit = one.latest, one.record.unit
    under = _under(one, inputs)
    known: tuple[Cell, ...] = (words("running.none"), Figure(None, unit)) if begun else ()
    if part is not None:
        known = (part.period, valued(one.record.id, part.period, part.value, part.statements, inputs, unit))
    return (
        inputs.title(one.record.id),
        Period.year(one.year),
        *known,
        Figure.estimate(one.point, unit, under),
        Span.estimate(*one.interval, unit, under),
        words("running.nowcast" if one.basis == NOWCAST else "running.annual"),
    )


def _under(one: Nowcast, inputs: Inputs) -> tuple[str, ...]:
    """Return the statements that a row starts from: those of the months, else those of the newest year known."""
    if one.latest is not None:
        return one.latest.statements
    return next((s.observations[-1].statements for s in inputs.series if s.id == one.record.id), (_id(one),))


def _span(one: Nowcast) -> Span:
    return Span.estimate(*one.interval, one.record.unit, (_id(one),))


def _id(one: Nowcast) -> str:
    return f"nowcast:{one.record.id}:{one.year}"
