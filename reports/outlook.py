"""Outlook: where each series stands, where it is going, how far to trust that, and what the growth claim needs."""

from __future__ import annotations

from decimal import Decimal

from reports import changes, claims, names, references, running, track
from reports.figures import Figure, Span
from reports.inputs import Forecast, Inputs
from reports.links import anchor
from reports.observations import figures, observed, unit_of
from reports.outcomes import Document
from reports.page import (
    Block,
    Chart,
    Column,
    Fan,
    Interval,
    Listing,
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
from series.observations import Series
from series.periods import Period
from series.precision import PRINTED

MODEL = "combination"
MAIN = "cn.offshore.execution.usd"
"""The series that the page has words of its own for; another that leads is called by its title."""
TESTED = ("C02",)
TABLED = (80, 95)
WIDE = 10
"""Upper over lower end of an 80 % interval from which on a heading names the interval, and no middle."""
BANDS = {50: (0.25, 0.75), 80: (0.1, 0.9), 95: (0.025, 0.975)}


def page(inputs: Inputs) -> Page:
    """Return the outlook: the first series leads, the others follow in their order."""
    lead = inputs.series[0]
    tested = _tested(inputs)
    sections = (
        Section("key", words("outlook.key.heading"), (_tiles(lead, inputs),)),
        _series(lead, inputs),
        *changes.sections(inputs),
        *running.sections(inputs),
        *(_series(series, inputs) for series in inputs.series[1:]),
        *claims.sections(tested, inputs, lambda subject: drawn(subject, inputs)),
        track.section(inputs),
        *changes.details(inputs),
        Section("figures", words("outlook.figures.heading"), tuple(figures(s, inputs) for s in inputs.series)),
        _reading(inputs),
    )
    standfirst = tuple(_standfirst(lead, inputs))
    return Page(
        name="outlook",
        kicker=words("outlook.kicker"),
        title=_title(lead, inputs),
        standfirst=standfirst,
        sections=sections,
        references=references.collect((*standfirst, *sections), inputs),
        as_of=inputs.evidence(),
        facts=(words("outlook.facts", model=names.model(MODEL), engine=names.engine(inputs.engine or "reference")),),
    )


def forecast_id(forecast: Forecast, period: Period) -> str:
    """Return the id that a forecast figure carries: model, series, origin and period."""
    return f"{forecast.model}:{forecast.series}:{forecast.origin}:{period}"


def _tested(inputs: Inputs) -> list[Document]:
    """Return the claims that the outlook tests in passing."""
    return [claim for claim in inputs.claims if claim["id"] in TESTED]


def _title(lead: Series, inputs: Inputs) -> Text:
    forecast = inputs.forecast(lead.id, MODEL)
    if not forecast:
        return words("outlook.title_without_forecast", name=_name(lead, inputs))
    period = max(forecast.steps)
    if _wide(forecast, period):
        return _led("outlook.title_wide", lead, inputs, span=_span(forecast, period, 80, lead.unit), period=period)
    return _led("outlook.title", lead, inputs, value=_estimate(forecast, period, 0.5, lead.unit), period=period)


def _led(key: str, lead: Series, inputs: Inputs, **slots: Slot) -> Text:
    """Return words about the series that leads the page."""
    return words(key, **slots) if lead.id == MAIN else words(f"{key}_of", name=_name(lead, inputs), **slots)


def _standfirst(lead: Series, inputs: Inputs) -> list[Text]:
    texts: list[Text] = []
    newest = lead.observations[-1]
    texts.append(_led("outlook.stands", lead, inputs, value=observed(newest, lead.unit), period=newest.period))
    forecast = inputs.forecast(lead.id, MODEL)
    if forecast:
        period = max(forecast.steps)
        middle = _estimate(forecast, period, 0.5, lead.unit)
        texts.append(words("outlook.goes", value=middle, span=_span(forecast, period, 80, lead.unit), period=period))
    return texts


def _tiles(lead: Series, inputs: Inputs) -> Tiles:
    newest = lead.observations[-1]
    tiles = [
        Tile(
            _led("outlook.tile.newest", lead, inputs, period=newest.period),
            observed(newest, lead.unit),
            words(f"outlook.tile.{newest.status}"),
        )
    ]
    forecast = inputs.forecast(lead.id, MODEL)
    if forecast:
        period = max(forecast.steps)
        tiles += [
            Tile(
                words("outlook.tile.median", period=period),
                _estimate(forecast, period, 0.5, lead.unit),
                words("outlook.tile.median_note"),
            ),
            Tile(
                words("outlook.tile.span", period=period),
                _span(forecast, period, 80, lead.unit),
                words("outlook.tile.span_note"),
            ),
        ]
    return Tiles((*tiles, *claims.tiles(_tested(inputs), lead.id, inputs)))


def _series(series: Series, inputs: Inputs) -> Section:
    """Return the chart of one series and its forecast by year."""
    forecast = inputs.forecast(series.id, MODEL)
    blocks: list[Block] = [_chart(series, forecast, inputs)]
    if forecast:
        blocks.append(_forecast_table(series, forecast, inputs))
    return Section(anchor(series.id), _name(series, inputs), tuple(blocks))


def _chart(series: Series, forecast: Forecast | None, inputs: Inputs) -> Chart:
    newest = series.observations[-1]
    first = series.observations[0]
    slots: dict[str, Slot] = {
        "name": _name(series, inputs),
        "first": first.period,
        "start": observed(first, series.unit),
        "newest": newest.period,
        "value": observed(newest, series.unit),
    }
    description: Text = words("chart.series_description", **slots)
    finding: Text = words("chart.series_finding", **slots)
    if forecast:
        period = max(forecast.steps)
        slots |= {
            "last": period,
            "median": _estimate(forecast, period, 0.5, series.unit),
            "inner": _span(forecast, period, 80, series.unit),
            "outer": _span(forecast, period, 95, series.unit),
        }
        description = words("chart.fan_description", **slots)
        finding = words("chart.fan_finding_wide" if _wide(forecast, period) else "chart.fan_finding", **slots)
    statuses = {observation.status for observation in series.observations}
    note = words("chart.note_derived" if statuses.difference(PRINTED) else "chart.note")
    if not forecast:
        note = words("chart.note_history")
    return Chart(
        f"chart-{anchor(series.id)}",
        finding,
        words("chart.subtitle_plain" if series.unit == "percent" else "chart.subtitle", unit=unit_of(series, "long")),
        description,
        note,
        fan(series, forecast),
    )


def fan(series: Series, forecast: Forecast | None) -> Fan:
    """Return the drawing of a series and the forecast after it."""
    points = tuple(
        Point(o.period, observed(o, series.unit).value or Decimal(0), _decimal(o.low), _decimal(o.high), o.status)
        for o in series.observations
    )
    intervals = tuple(
        Interval(
            period,
            _decimal(levels[0.5]),
            {c: (_decimal(levels[low]), _decimal(levels[high])) for c, (low, high) in BANDS.items()},
        )
        for period, levels in sorted(forecast.steps.items() if forecast else ())
    )
    return Fan(series.unit, points, intervals)


def drawn(subject: str, inputs: Inputs) -> Fan | None:
    """Return the fan of a subject that the outlook shows."""
    return next((fan(one, inputs.forecast(one.id, MODEL)) for one in inputs.series if one.id == subject), None)


def _forecast_table(series: Series, forecast: Forecast, inputs: Inputs) -> Table:
    periods = sorted(forecast.steps)
    return Table(
        f"forecast-{anchor(series.id)}",
        words("outlook.forecast.caption", name=_name(series, inputs), unit=unit_of(series, "name")),
        (
            Column(words("column.period"), "head"),
            Column(words("column.median"), unit=series.unit),
            *(Column(words("column.band", coverage=str(c)), unit=series.unit) for c in TABLED),
        ),
        tuple(
            (
                period,
                _estimate(forecast, period, 0.5, series.unit),
                *(_span(forecast, period, coverage, series.unit) for coverage in TABLED),
            )
            for period in periods
        ),
        note=_note(series, forecast, inputs),
        anchors=tuple(anchor(forecast_id(forecast, period)) for period in periods),
        sheet="forecasts",
        subject=series.id,
    )


def _note(series: Series, forecast: Forecast, inputs: Inputs) -> Text:
    """Return what made a forecast, and what its intervals rest on where the series is short."""
    note = words(
        "outlook.forecast.note_running" if running.has_months(series.id, inputs) else "outlook.forecast.note",
        model=names.model(forecast.model),
        origin=forecast.origin,
        next=forecast.origin.step(),
    )
    return words("outlook.forecast.leaning", note=note, count=str(forecast.leaning)) if forecast.leaning else note


def _reading(inputs: Inputs) -> Section:
    items: tuple[Text, ...] = tuple(
        words(f"outlook.reading.{name}") for name in ("value", "status", "fan", "scores", "claim")
    )
    blocks: tuple[Block, ...] = (Listing(items),)
    if inputs.notes:
        blocks = (*blocks, Paragraph(words("outlook.reading.notes"), "note"), Listing(inputs.notes))
    return Section("reading", words("outlook.reading.heading"), blocks)


def _wide(forecast: Forecast, period: Period) -> bool:
    """Whether the 80 % interval is too wide for its middle to make a heading."""
    low, high = (forecast.steps[period][level] for level in BANDS[80])
    return high > WIDE * low


def _name(series: Series, inputs: Inputs) -> Text:
    return inputs.title(series.id)


def _estimate(forecast: Forecast, period: Period, level: float, unit: str) -> Figure:
    return Figure.estimate(forecast.steps[period][level], unit, (forecast_id(forecast, period),))


def _span(forecast: Forecast, period: Period, coverage: int, unit: str) -> Span:
    low, high = BANDS[coverage]
    levels = forecast.steps[period]
    return Span.estimate(levels[low], levels[high], unit, (forecast_id(forecast, period),))


def _decimal(number: float) -> Decimal:
    return Figure.rounded(number, "", digits=6).value or Decimal(0)
