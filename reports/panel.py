"""Panel: the report on the user's own series: the widest whole or the largest first, then all, gains and findings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from forecast.outlook import Outlook
from reports import names
from reports.figures import Figure, Span
from reports.page import (
    Chart,
    Column,
    Day,
    Fan,
    Interval,
    Literally,
    Page,
    Paragraph,
    Point,
    Section,
    Slot,
    Table,
    Text,
    Tile,
    Tiles,
    words,
)
from reports.roster import (
    BANDS,
    UNIT,
    Entry,
    bracketed,
    entries,
    figure,
    given,
    measured,
    preferred,
    sections,
    span,
)
from series.catalog import Catalog
from series.observations import Observation
from series.precision import PRINTED

PUBLISHED = "published"
"""The status of a value that stood in the data."""
COVERED = (80, 95)


def page(
    outlook: Outlook, source: str = "", gains: Mapping[str, Any] | None = None, known: Catalog | None = None
) -> Page:
    """Return the report of a panel by its default model, or the first one asked for.

    Args:
        outlook: the forecasts.
        source: what the data are, as a reader should read it; the ledger's without it.
        gains: what `hierarchies.evaluation` says of adding up.
        known: the catalog of a ledger that is not the shipped one.
    """
    model, listed = preferred(outlook), entries(outlook, known)
    whole = outlook.panel.series[0].id if gains or not source else None  # the one that was named first
    lead = next((one for one in listed if one.series.id == whole), listed[0])
    newest, measure = lead.series.observations[-1], outlook.panel.measure
    table, *others = sections(outlook, listed)
    kind = "reading_sums" if gains else "reading" if {one.model for one in listed} == {model} else "reading_others"
    reading = words(f"panel.{kind}", model=names.model(model))
    return Page(
        name="panel",
        kicker=words("panel.kicker" if source else "panel.kicker_ledger"),
        title=words("panel.title", name=lead.name, value=_middle(lead), period=lead.last),
        standfirst=(
            words("panel.stands", name=lead.name, value=_newest(lead), period=newest.period),
            words("panel.goes", span=_amount(span(lead.steps[lead.last], 80), lead.unit), period=lead.last),
        ),
        sections=(
            Section("key", words("panel.key"), (_tiles(lead, source),)),
            Section("lead", lead.name, (_chart(lead, source),)),
            table,
            *([Section("gains", words("panel.gains"), (_gains(gains),))] if gains else []),
            *others,
            Section("reading", words("panel.how"), (Paragraph(reading),)),
        ),
        references=(),
        as_of=words("panel.source", name=Literally(source, source) if source else words("panel.ledger")),
        facts=(
            *([words("panel.as_of", date=Day(outlook.as_of))] if outlook.as_of else []),
            *([words("panel.measure", name=Literally(measure, measure))] if measure else []),
            words("outlook.facts", model=names.model(model), engine=names.engine(outlook.engine)),
        ),
    )


def _amount(value: Figure | Span, unit: str) -> Slot:
    """Return a figure with the unit of the data behind it, where that is known."""
    if not unit:
        return value
    name = measured(unit)
    apart = Literally(name.en, name.zh if name.zh != unit else f" {unit}")  # 亿美元 stands right behind its number
    return words("panel.amount", value=value, unit=apart)


def _newest(lead: Entry) -> Slot:
    return _amount(given(lead.series.observations[-1]), lead.unit)


def _middle(lead: Entry) -> Slot:
    return _amount(figure(lead.steps[lead.last][0.5]), lead.unit)


def _tiles(lead: Entry, source: str) -> Tiles:
    newest, levels = lead.series.observations[-1], lead.steps[lead.last]

    def label(text: Text) -> Text:
        return words("panel.labelled", label=text, unit=bracketed(lead.unit))

    return Tiles(
        (
            Tile(
                label(words("panel.newest", period=newest.period)),
                given(newest),
                words(f"panel.{_status(newest, source)}" if source else f"outlook.tile.{newest.status}"),
            ),
            Tile(
                label(words("outlook.tile.median", period=lead.last)),
                figure(levels[0.5]),
                words("outlook.tile.median_note"),
            ),
            Tile(
                label(words("outlook.tile.span", period=lead.last)), span(levels, 80), words("outlook.tile.span_note")
            ),
        )
    )


def _chart(lead: Entry, source: str) -> Chart:
    newest, first = lead.series.observations[-1], lead.series.observations[0]
    levels = lead.steps[lead.last]
    slots: dict[str, Slot] = {
        "name": lead.name,
        "first": first.period,
        "start": _amount(given(first), lead.unit),
        "newest": newest.period,
        "value": _newest(lead),
        "last": lead.last,
        "median": _middle(lead),
        "inner": _amount(span(levels, 80), lead.unit),
        "outer": _amount(span(levels, 95), lead.unit),
    }
    points = tuple(
        Point(
            o.period,
            given(o).value or Decimal(0),
            _decimal(o.low),
            _decimal(o.high),
            _status(o, source),
        )
        for o in lead.series.observations
    )
    intervals = tuple(
        Interval(
            period,
            _decimal(levels[0.5]),
            {c: (_decimal(levels[low]), _decimal(levels[high])) for c, (low, high) in BANDS.items()},
        )
        for period, levels in sorted(lead.steps.items())
    )
    return Chart(
        "chart-lead",
        words("chart.fan_finding", **slots),
        measured(lead.unit) if lead.unit else words("panel.no_unit"),
        words("chart.fan_description", **slots),
        _note(lead, source),
        Fan(UNIT, points, intervals),
    )


def _status(one: Observation, source: str) -> str:
    """Return how a value is marked: one of the ledger by its own status, others as given or summed."""
    if not source:
        return one.status
    return "given" if one.status == PUBLISHED else "summed"


def _note(lead: Entry, source: str) -> Text:
    if not source and any(one.status not in PRINTED for one in lead.series.observations):
        return words("chart.note_derived")
    return words("panel.note_gaps" if lead.series.missing else "panel.note")


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.6g}")


def _gains(found: Mapping[str, Any]) -> Table:
    kinds = ("unreconciled", "reconciled")
    return Table(
        "gains",
        words(
            "panel.gains_caption", parts=str(found["parts"]), origins=str(found["origins"]), steps=str(found["horizon"])
        ),
        (
            Column(words("panel.column.model"), "head"),
            Column(words("panel.column.level"), "text"),
            *(Column(words(f"panel.column.{kind}"), unit="score") for kind in kinds),
            Column(words("panel.column.gain"), unit="percent"),
            *(
                Column(words(f"panel.column.covered_{kind}", coverage=str(coverage)), unit="coverage")
                for coverage in COVERED
                for kind in kinds
            ),
        ),
        tuple(
            (
                names.model(row["model"]),
                Literally(row["level"], row["level"]),
                *(Figure.fixed(row[f"crps_{kind}"], "score", 3) for kind in kinds),
                Figure.fixed(row["gain_percent"], "percent", 1),
                *(Figure.fixed(row[f"coverage_{c}_{kind}"], "coverage", 3) for c in COVERED for kind in kinds),
            )
            for row in found["scores"]
        ),
        sheet="gains",
    )
