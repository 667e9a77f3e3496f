"""Panel: the report on the user's own series: the widest whole first, then the largest series, gains and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forecast.models import DEFAULT
from forecast.outlook import Outlook
from reports import names
from reports.figures import Figure, Span
from reports.page import (
    Chart,
    Column,
    Fan,
    Interval,
    Listing,
    Literally,
    Page,
    Paragraph,
    Point,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
    words,
)
from series.observations import Series
from series.periods import Period

UNIT = "count"
LARGEST = 40
BANDS = {50: (0.25, 0.75), 80: (0.1, 0.9), 95: (0.025, 0.975)}
Steps = Mapping[Period, Mapping[float, float]]


def page(outlook: Outlook, source: str, gains: Mapping[str, Any] | None = None) -> Page:
    """Return the report of a panel by its default model, or the first one asked for.

    Args:
        outlook: the forecasts.
        source: what the data are, as a reader should read it.
        gains: what `hierarchies.evaluation` says of adding up.
    """
    model = DEFAULT if DEFAULT in outlook.answers else next(iter(outlook.answers))
    steps = _steps(outlook, model)
    order = sorted(
        (one for one in outlook.panel.series if one.id in steps), key=lambda one: -one.observations[-1].value
    )
    lead = outlook.panel.series[0] if gains else order[0]
    last = max(steps[lead.id])
    middle, span = _figure(steps[lead.id][last][0.5]), _span(steps[lead.id][last], 80)
    newest = lead.observations[-1]
    measure = lead.unit or outlook.panel.measure
    sections = [
        Section("key", words("panel.key"), (_tiles(lead, steps[lead.id]),)),
        Section("lead", _name(lead), (_chart(lead, steps[lead.id], measure),)),
        Section("series", words("panel.largest"), (_table(order[:LARGEST], steps, last, measure),)),
    ]
    if gains:
        sections.append(Section("gains", words("panel.gains"), (_gains(gains),)))
    noticed = [f"{one.kind}: {one.series}: {one.message}" for one in outlook.panel.findings]
    noticed += [f"{name}: {reason}" for name, reason in outlook.failures.items()]
    noticed += outlook.warnings
    if noticed:
        listed = tuple(Literally(text, text) for text in noticed[:LARGEST])
        sections.append(Section("findings", words("panel.findings"), (Listing(listed),)))
    reading = words("panel.reading_sums" if gains else "panel.reading", model=names.model(model))
    sections.append(Section("reading", words("panel.how"), (Paragraph(reading),)))
    return Page(
        name="panel",
        kicker=words("panel.kicker"),
        title=words("panel.title", name=_name(lead), value=middle, period=last),
        standfirst=(
            words("panel.stands", name=_name(lead), value=_given(newest.value), period=newest.period),
            words("panel.goes", span=span, period=last),
        ),
        sections=tuple(sections),
        references=(),
        as_of=words("panel.source", name=Literally(source, source)),
        facts=(
            *([words("panel.measure", name=Literally(measure, measure))] if measure else []),
            words("outlook.facts", model=names.model(model), engine=names.engine(outlook.engine)),
        ),
    )


def _steps(outlook: Outlook, model: str) -> dict[str, dict[Period, dict[float, float]]]:
    found: dict[str, dict[Period, dict[float, float]]] = {}
    for row in outlook.rows:
        if row["model"] == model:
            period = Period.parse(row["period"])
            found.setdefault(row["series"], {}).setdefault(period, {})[row["quantile"]] = row["value"]
    return found


def _name(series: Series) -> Text:
    return Literally(series.id, series.id)


def _figure(number: float) -> Figure:
    return Figure.estimate(number, UNIT)


def _given(number: float) -> Figure:
    """Return a value of the data: whole numbers as they stand, others with six digits, on the chart and beside it."""
    return Figure.exact(number, UNIT) if float(number).is_integer() else Figure.rounded(number, UNIT, digits=6)


def _span(levels: Mapping[float, float], coverage: int) -> Span:
    low, high = BANDS[coverage]
    return Span(_figure(levels[low]), _figure(levels[high]))


def _tiles(lead: Series, steps: Steps) -> Tiles:
    newest, last = lead.observations[-1], max(steps)
    kind = words("panel.observed" if newest.status == "published" else "panel.summed")
    return Tiles(
        (
            Tile(words("panel.newest", period=newest.period), _given(newest.value), kind),
            Tile(
                words("outlook.tile.median", period=last),
                _figure(steps[last][0.5]),
                words("outlook.tile.median_note"),
            ),
            Tile(words("outlook.tile.span", period=last), _span(steps[last], 80), words("outlook.tile.span_note")),
        )
    )


def _chart(lead: Series, steps: Steps, measure: str) -> Chart:
    newest, first, last = lead.observations[-1], lead.observations[0], max(steps)
    slots = {
        "name": _name(lead),
        "first": first.period,
        "start": _given(first.value),
        "newest": newest.period,
        "value": _given(newest.value),
        "last": last,
        "median": _figure(steps[last][0.5]),
        "inner": _span(steps[last], 80),
        "outer": _span(steps[last], 95),
    }
    points = tuple(
        Point(o.period, _given(o.value).value or Decimal(0), _decimal(o.low), _decimal(o.high), o.status)
        for o in lead.observations
    )
    intervals = tuple(
        Interval(
            period,
            _decimal(levels[0.5]),
            {c: (_decimal(levels[low]), _decimal(levels[high])) for c, (low, high) in BANDS.items()},
        )
        for period, levels in sorted(steps.items())
    )
    return Chart(
        "chart-lead",
        words("chart.fan_finding", **slots),
        Literally(measure, measure),
        words("chart.fan_description", **slots),
        words("panel.note_gaps" if lead.missing else "panel.note"),
        Fan(UNIT, points, intervals),
    )


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.6g}")


def _table(order: Sequence[Series], steps: Mapping[str, Steps], last: Period, measure: str) -> Table:
    return Table(
        "series",
        words(
            "panel.caption",
            period=last,
            unit=Literally(*(form.format(measure) if measure else "" for form in (" ({})", "（{}）"))),
        ),
        (
            Column(words("panel.column.series"), "head"),
            Column(words("panel.column.newest"), "text"),
            Column(words("panel.column.value"), unit=UNIT),
            Column(words("column.median"), unit=UNIT),
            *(Column(words("column.band", coverage=str(c)), unit=UNIT) for c in (80, 95)),
        ),
        tuple(
            (
                _name(one),
                one.observations[-1].period,
                _given(one.observations[-1].value),
                _figure(steps[one.id][last][0.5]),
                *(_span(steps[one.id][last], c) for c in (80, 95)),
            )
            for one in order
            if last in steps[one.id]
        ),
        sheet="series",
    )


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
            *(Column(words(f"panel.column.covered_{kind}"), unit="coverage") for kind in kinds),
        ),
        tuple(
            (
                names.model(row["model"]),
                Literally(row["level"], row["level"]),
                *(Figure.fixed(row[f"crps_{kind}"], "score", 3) for kind in kinds),
                Figure.fixed(row["gain_percent"], "percent", 1),
                *(Figure.fixed(row[f"coverage_95_{kind}"], "coverage", 3) for kind in kinds),
            )
            for row in found["scores"]
        ),
        sheet="gains",
    )
