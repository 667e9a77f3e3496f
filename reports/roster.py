"""Roster: every series of a panel with its forecast, each to its own last period, and those that have none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from forecast.errors import InputError
from forecast.models import DEFAULT
from forecast.outlook import Outlook
from reports import names
from reports.figures import Figure, Span
from reports.page import Cell, Column, Listing, Literally, Section, Table, Text, words
from reports.voice import catalogue
from series import catalog, precision
from series.catalog import Catalog
from series.observations import Observation, Series
from series.periods import Period

UNIT = "count"
LISTED = 1000
"""Rows beyond which a page would be no page; the rest is counted."""
NAMED = 40
"""Remarks on the data that are listed; the rest is counted."""
BANDS = {50: (0.25, 0.75), 80: (0.1, 0.9), 95: (0.025, 0.975)}
Steps: TypeAlias = Mapping[Period, Mapping[float, float]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A series, what it is called, the model that its forecast is by, and its quantiles by period and level."""

    series: Series
    name: Text
    model: str
    steps: Steps
    unit: str

    @property
    def last(self) -> Period:
        """The last period that is forecast."""
        return max(self.steps)


def preferred(outlook: Outlook) -> str:
    """Return the model that the report is by: the default, or the first one asked for."""
    return DEFAULT if DEFAULT in outlook.answers else next(iter(outlook.answers))


def entries(outlook: Outlook, known: Catalog | None = None) -> tuple[Entry, ...]:
    """Return every series that has a forecast, the largest newest value first; `known` has the titles of subjects.

    Where the preferred model refuses a series, its forecast is that of the first model that does not.
    """
    found: dict[tuple[str, str], dict[Period, dict[float, float]]] = {}
    for row in outlook.rows:
        steps = found.setdefault((row["series"], row["model"]), {})
        steps.setdefault(Period.parse(row["period"]), {})[row["quantile"]] = row["value"]
    order = dict.fromkeys((preferred(outlook), *outlook.answers))
    listed = [
        Entry(one, named(one, known or catalog.load()), model, found[one.id, model], one.unit or outlook.panel.measure)
        for one in outlook.panel.series
        if (model := next((name for name in order if (one.id, name) in found), None))
    ]
    return tuple(sorted(listed, key=lambda entry: -entry.series.observations[-1].value))


def sections(outlook: Outlook, listed: Sequence[Entry]) -> tuple[Section, ...]:
    """Return the table of series, what was noticed about the data, and which series have no forecast and why."""
    found = [Section("series", words("panel.series"), (_table(listed),))]
    failed = [f"{name}: {reason}" for name, reason in outlook.failures.items()]
    if failed:
        found.append(Section("failures", words("panel.failures"), (_listing(failed, LISTED),)))
    noticed = [f"{one.kind}: {one.series}: {one.message}" for one in outlook.panel.findings]
    noticed += outlook.warnings
    if noticed:
        found.append(Section("findings", words("panel.findings"), (_listing(noticed, NAMED),)))
    return tuple(found)


def named(series: Series, known: Catalog) -> Text:
    """Return what a series is called: a subject of the catalog by its title, any other by its id."""
    try:
        return names.titled(known.entry(series.id).title)
    except InputError:
        return Literally(series.id, series.id)


def measured(unit: str) -> Literally:
    """Return a unit in each language: those of the ledger have words, any other is what the data say."""
    known = catalogue().get(f"panel.units.{re.sub(r'[ ,]+', '_', unit.lower())}", {"en": unit, "zh": unit})
    return Literally(known["en"], known["zh"])


def bracketed(unit: str) -> Text:
    """Return a unit in brackets, or nothing where it is not known."""
    name = measured(unit)
    return Literally(f" ({name.en})", f"（{name.zh}）") if unit else Literally("", "")


def figure(number: float) -> Figure:
    """Return a forecast with the digits it deserves."""
    return Figure.estimate(number, UNIT)


def given(one: Observation) -> Figure:
    """Return a value of the data: whole numbers as they stand, others with six digits, on the chart and beside it.

    One that is known within a range has the digits that its range bears.
    """
    if one.low < one.high:
        return Figure.of(precision.value(one), UNIT)
    number = one.value
    return Figure.exact(number, UNIT) if float(number).is_integer() else Figure.rounded(number, UNIT, digits=6)


def span(levels: Mapping[float, float], coverage: int) -> Span:
    """Return an interval of a forecast."""
    low, high = BANDS[coverage]
    return Span(figure(levels[low]), figure(levels[high]))


def _table(listed: Sequence[Entry]) -> Table:
    """Return one row a series; model, last period and unit have columns only where series differ in them."""
    models, lasts, units = ({key(one) for one in listed} for key in (_model, _last, _unit))
    period = listed[0].last
    caption = words("panel.caption", period=period, unit=bracketed(listed[0].unit if len(units) == 1 else ""))
    if len(lasts) > 1:
        caption = words("panel.caption_own", unit=bracketed(listed[0].unit if len(units) == 1 else ""))
    optional = (
        (len(models) > 1, Column(words("panel.column.model"), "text"), lambda one: names.model(one.model)),
        (len(lasts) > 1, Column(words("panel.column.for"), "text"), _last),
        (len(units) > 1, Column(words("column.unit"), "text"), lambda one: measured(one.unit)),
    )
    shown = [(column, cell) for there, column, cell in optional if there]
    rows: list[tuple[Cell, ...]] = []
    for one in listed[:LISTED]:
        newest, levels = one.series.observations[-1], one.steps[one.last]
        rows.append(
            (
                one.name,
                newest.period,
                given(newest),
                *(cell(one) for _, cell in shown),
                figure(levels[0.5]),
                *(span(levels, coverage) for coverage in (80, 95)),
            )
        )
    return Table(
        "series",
        caption,
        (
            Column(words("panel.column.series"), "head"),
            Column(words("panel.column.newest"), "text"),
            Column(words("panel.column.value"), unit=UNIT),
            *(column for column, _ in shown),
            Column(words("column.median"), unit=UNIT),
            *(Column(words("column.band", coverage=str(c)), unit=UNIT) for c in (80, 95)),
        ),
        tuple(rows),
        note=words("panel.more", n=str(len(listed) - LISTED)) if len(listed) > LISTED else None,
        sheet="series",
    )


def _listing(texts: Sequence[str], most: int) -> Listing:
    """Return the first texts as points, and how many more there are."""
    points: list[Text] = [Literally(text, text) for text in texts[:most]]
    if len(texts) > most:
        points.append(words("panel.more", n=str(len(texts) - most)))
    return Listing(tuple(points))


def _model(one: Entry) -> str:
    return one.model


def _last(one: Entry) -> Period:
    return one.last


def _unit(one: Entry) -> str:
    return one.unit
