"""Scorecard: what forecasts made in earlier years would have said, and how that turned out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from forecast.archive.scoring import FEWEST, Scored, Tally, by_day, tally
from forecast.archive.width import judge
from reports import gaps, names, references
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import anchor
from reports.observations import valued
from reports.page import (
    Block,
    Cell,
    Chart,
    Column,
    Day,
    Listing,
    Outcome,
    Page,
    Paragraph,
    Record,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
    words,
)

MODEL = "combination"
YARDSTICK = "naive"
SHOWN = 1
"""Steps ahead of the forecasts in the chart."""


def page(inputs: Inputs) -> Page:
    """Return the report on earlier forecasts of the leading series."""
    series = inputs.series[0]
    ours = [row for row in inputs.replayed if row.model == MODEL]
    standfirst: list[Text] = [words("scorecard.lead", name=inputs.title(series.id))]
    sections: list[Section] = []
    whole = next((t for t in inputs.tallies if t.model == MODEL and t.horizon is None), None)
    if whole and ours:
        standfirst += [_result(whole), *_width(ours)]
        sections = [
            Section("result", words("scorecard.result"), (_tiles(whole), _chart(ours, series.unit, inputs))),
            Section(
                "models", words("scorecard.models"), (_tallies(inputs.tallies, "tallies", series.id), *_few(whole))
            ),
            Section("years", words("scorecard.years"), (_days(ours, series.id),)),
            Section("forecasts", words("scorecard.each"), (_each(ours, series.unit, inputs),)),
        ]
    else:
        sections = [Section("result", words("scorecard.result"), (Paragraph(words("scorecard.none")),))]
    sections.append(Section("archive", words("scorecard.archive"), _archived(inputs)))
    sections.append(Section("rules", words("scorecard.rules"), (Listing(_rules()),)))
    return Page(
        name="scorecard",
        kicker=words("scorecard.kicker"),
        title=words("scorecard.title"),
        standfirst=tuple(standfirst),
        sections=tuple(sections),
        references=references.collect((*standfirst, *sections), inputs),
        as_of=inputs.evidence(),
        facts=(words("outlook.facts", model=names.model(MODEL), engine=names.engine("batch")),),
    )


def _rules() -> tuple[Text, ...]:
    return tuple(words(f"scorecard.rule.{name}") for name in ("known", "actual", "score", "coverage"))


def _result(tally: Tally) -> Text:
    return words(
        "scorecard.held",
        n=_count(tally.n),
        inner=_share(tally.coverage[0]),
        outer=_share(tally.coverage[1]),
    )


def _width(rows: list[Scored]) -> list[Text]:
    """Say whether the intervals were too wide or too narrow, or that nobody can tell."""
    found = judge(rows)
    if found is None:
        return []
    chance = Figure.fixed(found.chance, "probability", 4, ("models",))
    return [words(f"scorecard.width.{found.finding}", years=_count(found.years), chance=chance)]


def _tiles(tally: Tally) -> Tiles:
    skill = float("nan") if tally.skill is None else tally.skill
    return Tiles(
        (
            Tile(words("scorecard.tile.n"), _count(tally.n), words("scorecard.tile.n_note")),
            Tile(words("scorecard.tile.inner"), _share(tally.coverage[0]), words("scorecard.tile.inner_note")),
            Tile(words("scorecard.tile.outer"), _share(tally.coverage[1]), words("scorecard.tile.outer_note")),
            Tile(
                words("scorecard.tile.skill"),
                Figure.fixed(100 * skill, "percent", 0, ("models",)),
                words("scorecard.tile.skill_note"),
            ),
        )
    )


def _few(tally: Tally) -> tuple[Block, ...]:
    if tally.enough:
        return ()
    return (Paragraph(words("scorecard.few", n=_count(tally.n), wanted=_count(FEWEST)), "note"),)


def _chart(rows: list[Scored], unit: str, inputs: Inputs) -> Chart:
    """Draw the forecasts one step ahead beside what came, by period."""
    shown = sorted((row for row in rows if row.horizon == SHOWN), key=lambda row: row.period)
    outcomes = tuple(
        Outcome(
            row.period,
            _decimal(row.median),
            (_decimal(row.inner[0]), _decimal(row.inner[1])),
            (_decimal(row.outer[0]), _decimal(row.outer[1])),
            _decimal(row.actual[0]),
        )
        for row in shown
    )
    held = [row.covered[0] for row in shown if row.covered[0] is not None]
    slots = {
        "name": inputs.title(rows[0].series),
        "held": _count(sum(held)),
        "n": _count(len(held)),
        "shown": _count(len(shown)),
        "first": shown[0].period,
        "last": shown[-1].period,
    }
    return Chart(
        "chart-record",
        words("scorecard.finding", **slots),
        words("chart.subtitle", unit=words(f"unit.long.{unit.lower().replace(' ', '_')}")),
        words("scorecard.description", **slots),
        gaps.chart_note([row.period for row in shown]),
        Record(unit, outcomes),
    )


def _archived(inputs: Inputs) -> tuple[Block, ...]:
    """Return how the forecasts that the archive kept did, series by series."""
    tallies = tally(inputs.archived)
    if not tallies:
        return (Paragraph(words("scorecard.archive_none")),)
    blocks: list[Block] = [Paragraph(words("scorecard.archive_lead", n=_count(len(inputs.archived))))]
    for name in dict.fromkeys(one.series for one in tallies):
        mine = tuple(one for one in tallies if one.series == name)
        blocks.append(_tallies(mine, f"archived-{anchor(name)}", name, inputs.title(name)))
        few = [one for one in mine if one.model == MODEL and one.horizon is None]
        blocks += _few(few[0]) if few else ()
    return tuple(blocks)


def _days(rows: list[Scored], subject: str) -> Table:
    """Return one row a day that forecasts looked out from: how they did, over all horizons."""
    found = by_day(rows, MODEL)
    return Table(
        "days",
        words("scorecard.years_caption"),
        (
            Column(words("column.as_of"), "head"),
            Column(words("metric.mase"), unit="score"),
            Column(words("metric.wis"), unit="score"),
            Column(words("metric.crps"), unit="score"),
            Column(words("metric.coverage_80"), unit="coverage"),
            Column(words("metric.coverage_95"), unit="coverage"),
            Column(words("column.n"), unit="count"),
        ),
        tuple(
            (
                Day(dt.date.fromisoformat(day)),
                Figure.fixed(one.mase, "score", 2, ("years",)),
                Figure.fixed(one.wis[0], "score", 2, ("years",)),
                Figure.fixed(one.crps, "score", 2, ("years",)),
                _share(one.coverage[0]),
                _share(one.coverage[1]),
                _count(one.n),
            )
            for day, one in found.items()
        ),
        note=gaps.years_note([dt.date.fromisoformat(day) for day in found]),
        sheet="days",
        subject=subject,
    )


def _tallies(tallies: tuple[Tally, ...], name: str, subject: str, title: Text | None = None) -> Table:
    """Return one row a model and horizon, all horizons first."""
    rows: list[tuple[Cell, ...]] = []
    strong: list[int] = []
    for one in tallies:
        ahead: Cell = words("scorecard.all") if one.horizon is None else _count(one.horizon)
        strong += [len(rows)] if one.horizon is None else []
        skill = float("nan") if one.skill is None or one.model == YARDSTICK else 100 * one.skill
        rows.append(
            (
                names.model(one.model),
                ahead,
                Figure.fixed(one.mase, "score", 2, ("models",)),
                Figure.fixed(one.wis[0], "score", 2, ("models",)),
                Span(*(Figure.fixed(end, "score", 2, ("models",)) for end in one.wis[1:])),
                Figure.fixed(one.crps, "score", 2, ("models",)),
                Figure.fixed(skill, "percent", 0, ("models",)),
                _share(one.coverage[0]),
                _share(one.coverage[1]),
                _count(one.n),
            )
        )
    return Table(
        name,
        words("scorecard.archive_caption", name=title) if title else words("scorecard.caption"),
        (
            Column(words("column.model"), "head"),
            Column(words("column.ahead"), unit="count"),
            Column(words("metric.mase"), unit="score"),
            Column(words("metric.wis"), unit="score"),
            Column(words("column.wis_range"), unit="score"),
            Column(words("metric.crps"), unit="score"),
            Column(words("column.skill"), unit="percent"),
            Column(words("metric.coverage_80"), unit="coverage"),
            Column(words("metric.coverage_95"), unit="coverage"),
            Column(words("column.n"), unit="count"),
        ),
        tuple(rows),
        note=words("scorecard.note"),
        strong=frozenset(strong),
        sheet="scores",
        subject=subject,
    )


def _each(rows: list[Scored], unit: str, inputs: Inputs) -> Table:
    """Return every forecast that was scored, by the day it could have been made."""
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        name = (anchor(f"replay:{row.as_of}:{row.period}"),)
        held = {True: "yes", False: "missed", None: "unclear"}[row.covered[0]]
        made.append(
            (
                Day(dt.date.fromisoformat(row.as_of)),
                row.period,
                Figure.estimate(row.median, unit, name),
                Span.estimate(*row.inner, unit, name),
                valued(row.series, row.period, row.actual[0], row.statements, inputs, unit),
                words(f"scorecard.{held}"),
            )
        )
    return Table(
        "replayed",
        words("scorecard.each_caption"),
        (
            Column(words("column.as_of"), "head"),
            Column(words("column.period")),
            Column(words("column.median"), unit=unit),
            Column(words("column.band", coverage="80"), unit=unit),
            Column(words("column.came"), unit=unit),
            Column(words("column.held"), "text"),
        ),
        tuple(made),
        sheet="replayed",
        subject=rows[0].series,
        anchors=tuple(anchor(f"replay:{row.as_of}:{row.period}") for row in rows),
    )


def _count(number: int) -> Figure:
    return Figure.fixed(float(number), "count", 0, ("models",))


def _share(share: float) -> Figure:
    return Figure.fixed(share, "coverage", 3, ("models",))


def _decimal(number: float) -> Decimal:
    return Figure.rounded(number, "", digits=6).value or Decimal(0)
