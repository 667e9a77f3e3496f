"""Forecasts of a run as a table in the columns of a forecast hub, written with it and read back from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.archive.manifests import Manifest
from forecast.errors import EvidenceError
from series.dates import month_end
from series.periods import Period

FILE = "forecasts.parquet"
TASKS = ("reference_date", "target", "location", "horizon", "target_end_date")
COLUMNS = ("model_id", *TASKS, "output_type", "output_type_id", "value", "origin", "period")


@dataclass(frozen=True, slots=True)
class Target:
    """What is forecast, in the words of a hub: `id` stands in the column `target`."""

    id: str
    name: str
    unit: str


TARGETS = {
    target.unit: target
    for target in (
        Target("amount_usd", "Amount over the period in US dollars", "USD 100m"),
        Target("amount_cny", "Amount over the period in yuan", "CNY 100m"),
        Target("share", "Part of its whole over the period", "percent"),
        Target("persons", "Persons employed", "persons"),
        Target("count", "Number", "count"),
    )
}


def table(rows: Iterable[Mapping[str, Any]], units: Mapping[str, str], as_of: dt.date) -> pd.DataFrame:
    """Return the long rows of a run (model, series, origin, period, quantile, value) in hub columns.

    A horizon counts months, from the month of `as_of` to the last one of the period, so that it is below one where the
    period was over before anything of it was published. `origin` and `period` are kept for whoever scores.
    """
    made = [
        {
            "model_id": str(row["model"]),
            "reference_date": as_of,
            "target": target_of(units[str(row["series"])]).id,
            "location": str(row["series"]),
            "horizon": months_ahead(as_of, period),
            "target_end_date": month_end(period.end),
            "output_type": "quantile",
            "output_type_id": float(row["quantile"]),
            "value": float(row["value"]),
            "origin": str(row["origin"]),
            "period": str(period),
        }
        for row in rows
        for period in (Period.parse(str(row["period"])),)
    ]
    frame = pd.DataFrame(made, columns=list(COLUMNS))
    return frame.astype({"horizon": "int32", "output_type_id": "float64", "value": "float64"})


def target_of(unit: str) -> Target:
    """Return the target of series in `unit`; a unit that has none is its own."""
    return TARGETS.get(unit) or Target("".join(c if c.isalnum() else "_" for c in unit.lower())[:30], unit, unit)


def months_ahead(day: dt.date, period: Period) -> int:
    """Return the months from that of `day` to the last one of `period`."""
    return period.end - (day.year * 12 + day.month - 1)


def read(root: Path, run: Manifest) -> pd.DataFrame:
    """Return the forecasts of a run, or an empty table where it made none.

    Raises:
        EvidenceError: if the table is there but has not the columns of a hub.
    """
    path = root / run.id / FILE
    if not any(kept.path == FILE for kept in run.files):
        return pd.DataFrame(columns=list(COLUMNS))
    frame = pd.read_parquet(path)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise EvidenceError(f"run {run.id}: its forecasts lack {', '.join(missing)}; they are left out")
    return frame
