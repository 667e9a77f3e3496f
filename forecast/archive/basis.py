"""Basis: what a run knew and what it made of it, kept so that a later run can say what changed and why."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecast import outlook, panels
from forecast.archive import forecasts, runs
from forecast.archive.manifests import Manifest
from forecast.errors import EvidenceError
from series import show
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Period

FILE = "basis.json"
MODEL = "combination"


@dataclass(frozen=True, slots=True)
class Belief:
    """What the model said of one series: quantiles by period and level, from one origin."""

    origin: Period
    steps: Mapping[Period, Mapping[float, float]]


@dataclass(frozen=True, slots=True)
class Basis:
    """What was known and believed at one time.

    Attributes:
        run: the run it was kept with, or empty where it was worked out afterwards.
        as_of: the last day whose publications count.
        statements: ids of every statement known.
        decisions: ids of every decision on them.
        series: the series by id.
        beliefs: what the default model said of each series that it could forecast.
    """

    run: str
    as_of: dt.date
    statements: frozenset[str]
    decisions: frozenset[str]
    series: Mapping[str, Series]
    beliefs: Mapping[str, Belief]


def gathered(
    ledger: Ledger, series: Iterable[Series], rows: Iterable[Mapping[str, Any]], as_of: dt.date, run: str = ""
) -> Basis:
    """Return the basis of a run: `ledger` as it was then, the `series`, and the long rows of the forecasts."""
    return Basis(
        run,
        as_of,
        frozenset(item.id for item in ledger.statements),
        frozenset(item.id for item in ledger.decisions),
        {one.id: one for one in series},
        _beliefs(rows),
    )


def replayed(
    ledger: Ledger, subjects: Iterable[str], as_of: dt.date, end: Period, engine: str = "reference", seed: int = 0
) -> Basis | None:
    """Return what today's tools make of what had been published by `as_of`; None where that gives no forecast."""
    then = ledger.as_of(as_of)
    found: list[Series] = []
    for name in subjects:
        try:
            found.append(show(name, "annual", as_of, ledger))
        except EvidenceError:
            continue
    try:
        made = outlook.make(
            panels.from_series(found), [MODEL], to=end, as_of=as_of, engine=engine, rank=False, seed=seed
        )
    except EvidenceError:
        return None
    return gathered(then, found, made.rows, as_of)


def write(folder: Path, basis: Basis) -> None:
    """Keep what a run knew in its folder; what it believed stands in its table of forecasts."""
    content = {
        "as_of": basis.as_of.isoformat(),
        "statements": sorted(basis.statements),
        "decisions": sorted(basis.decisions),
        "series": [
            {
                "id": one.id,
                "unit": one.unit,
                "observations": [seen.cells() for seen in one.observations],
            }
            for one in basis.series.values()
        ],
    }
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def read(root: Path, run: Manifest) -> Basis:
    """Return the basis that was kept with a run.

    Raises:
        EvidenceError: if the run kept none.
    """
    try:
        content = json.loads((root / run.id / FILE).read_text(encoding="utf-8"))
        table = forecasts.read(root, run)
        rows = table.rename(columns={"model_id": "model", "location": "series", "output_type_id": "quantile"})
        return Basis(
            run.id,
            dt.date.fromisoformat(content["as_of"]),
            frozenset(content["statements"]),
            frozenset(content["decisions"]),
            {one["id"]: _series(one) for one in content["series"]},
            _beliefs({str(key): value for key, value in row.items()} for row in rows.to_dict("records")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise EvidenceError(f"run {run.id}: what it was based on was not kept") from None


def newest(root: Path, by: dt.date | None = None, job: str | None = None) -> Basis | None:
    """Return the basis of the newest complete run in the archive that verifies, or None where there is none.

    `by` leaves out runs on later evidence, `job` the runs of other schedules.
    """
    for run in reversed(runs.scan(root).runs):
        fits = run.outcome == "complete" and job in (None, run.job)
        if fits and (by is None or dt.date.fromisoformat(run.as_of) <= by):
            try:
                return read(root, run)
            except EvidenceError:
                continue
    return None


def _series(content: Mapping[str, Any]) -> Series:
    observations = tuple(map(Observation.of_cells, content["observations"]))
    return Series(content["id"], content["unit"], "annual", None, observations)


def _beliefs(rows: Iterable[Mapping[str, Any]]) -> dict[str, Belief]:
    origins: dict[str, Period] = {}
    steps: dict[str, dict[Period, dict[float, float]]] = {}
    for row in rows:
        if row["model"] == MODEL:
            name = str(row["series"])
            origins[name] = Period.parse(str(row["origin"]))
            levels = steps.setdefault(name, {}).setdefault(Period.parse(str(row["period"])), {})
            levels[round(float(row["quantile"]), 6)] = float(row["value"])
    return {name: Belief(origins[name], steps[name]) for name in steps}
