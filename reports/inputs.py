"""Inputs: what the layers below hand to a report, as nouns of this layer; nothing is computed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from forecast.archive.changes import Changes
from forecast.archive.scoring import Scored, Tally
from forecast.claims.sources import ClaimSource
from forecast.nowcast import Nowcast
from reports.page import Day, Literally, Text, words
from series.ledger import Decision
from series.observations import Series
from series.periods import Period
from series.statements import Source, Statement
from series.vintages import Revision


@dataclass(frozen=True, slots=True)
class Document:
    """A source as a reader meets it; `published` is a day as precise as it is known, or the words for none."""

    id: str
    publisher: str
    title: str
    published: Day | Text
    address: str
    language: str
    role: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one model says of one series from one origin: quantiles by period and level.

    `leaning` is how many values there were, where they are so few that the intervals lean on the error atlas, else 0.
    """

    series: str
    model: str
    origin: Period
    steps: Mapping[Period, Mapping[float, float]]
    leaning: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """One score of one model: by series and horizon, or over all of them (`all`)."""

    model: str
    series: str
    horizon: str
    metric: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the reports are built from.

    `warnings` are for whoever runs a report, `notes` say the same to readers.
    """

    as_of: dt.date | None
    sources: Mapping[str, Document]
    statements: Mapping[str, Statement]
    titles: Mapping[str, Text]
    series: tuple[Series, ...]
    forecasts: tuple[Forecast, ...]
    scores: tuple[Score, ...]
    verdicts: tuple[Mapping[str, Any], ...] = ()
    claims: tuple[Mapping[str, Any], ...] = ()
    decisions: tuple[Decision, ...] = ()
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    replayed: tuple[Scored, ...] = ()
    tallies: tuple[Tally, ...] = ()
    archived: tuple[Scored, ...] = ()
    changes: Changes | None = None
    nowcasts: tuple[Nowcast, ...] = ()
    conflicts: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    engine: str = ""

    def title(self, subject: str) -> Text:
        """Return what a subject is called; its id where nobody has named it."""
        return self.titles.get(subject, Literally(subject, subject))

    def forecast(self, series: str, model: str) -> Forecast | None:
        """Return what `model` says of `series`, or None where it said nothing."""
        return next((f for f in self.forecasts if (f.series, f.model) == (series, model)), None)

    def published(self, statement: str) -> dt.date:
        """Return the day from which a statement counts as known, the earliest day where its document has none."""
        day = self.sources[self.statements[statement].source].published
        return day.date if isinstance(day, Day) else dt.date.min

    def evidence(self) -> Day | Text | None:
        """Return up to when the evidence goes: the day asked for, or that of the newest document."""
        if self.as_of is not None:
            return Day(self.as_of)
        days = (self.sources[one.source].published for one in self.statements.values())
        newest = max((day for day in days if isinstance(day, Day)), key=lambda day: day.date, default=None)
        return None if newest is None else words("page.newest_evidence", day=newest)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the forecasts as the long rows they came from."""
        for one in self.forecasts:
            for period, levels in sorted(one.steps.items()):
                for level, value in levels.items():
                    yield {
                        "model": one.model,
                        "series": one.series,
                        "origin": one.origin,
                        "period": period,
                        "quantile": level,
                        "value": value,
                    }


def document(source: Source) -> Document:
    """Return a source of the ledger of figures."""
    day = Day(source.published, source.precision)
    return Document(source.id, source.publisher, source.title, day, source.address, source.language, source.role)


def forecasts(
    rows: Iterable[Mapping[str, Any]], leaning: Mapping[tuple[str, str], int] | None = None
) -> tuple[Forecast, ...]:
    """Group the long rows of a run (model, series, origin, horizon, period, quantile, value) by model and series.

    `leaning` counts, by series and model, the values of those that lean on the error atlas.
    """
    short = leaning or {}
    steps: dict[tuple[str, str, str], dict[Period, dict[float, float]]] = {}
    for row in rows:
        key = (str(row["series"]), str(row["model"]), str(row["origin"]))
        step = steps.setdefault(key, {}).setdefault(Period.parse(str(row["period"])), {})
        step[round(float(row["quantile"]), 6)] = float(row["value"])
    return tuple(
        Forecast(series, model, Period.parse(origin), s, short.get((series, model), 0))
        for (series, model, origin), s in steps.items()
    )


def claim_document(source: ClaimSource) -> Document:
    """Return a document of the ledger of claims, which may have no date."""
    year, month, day = (*(int(part) for part in source.published.split("-") if part), 0, 0, 0)[:3]
    when: Day | Text = words("date.undated")
    if year:
        precision: Literal["day", "month", "year"] = "day" if day else "month" if month else "year"
        when = Day(dt.date(year, month or 1, day or 1), precision)
    return Document(source.id, source.publisher, source.title, when, source.address, source.language, source.role)


def scores(rows: Iterable[Mapping[str, Any]]) -> tuple[Score, ...]:
    """Read the score rows of a backtest."""
    return tuple(
        Score(
            str(row["model"]),
            str(row["series"]),
            str(row["horizon"]),
            str(row["metric"]),
            float("nan") if row["value"] is None else float(row["value"]),
            int(row["n"]),
        )
        for row in rows
    )
