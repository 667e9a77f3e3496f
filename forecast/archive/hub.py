"""Hub: the archive as a forecast hub (hubverse schema v6), which others can load, score and plot.

Each day of evidence is a round, each model a team member, and months are the unit of time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.archive import forecasts, runs
from forecast.archive.forecasts import TARGETS, TASKS, Target, target_of
from forecast.errors import EvidenceError, InputError
from series.files import replace_folder

SCHEMA = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v6.0.0/{}-schema.json"
MODEL_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
TEAM = "outsourcing"
LATE = 366
"""Days after the day of the evidence within which a round is taken: a missed schedule is caught up within a year."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps the hub.

    Attributes:
        name: of the hub.
        maintainer: the person or office.
        email: where to reach them, or empty.
        repository: owner/name where the hub is to live, or empty.
        zone: time zone of its days.
    """

    name: str = "China service outsourcing forecasts"
    maintainer: str = "outsourcing-forecast"
    email: str = ""
    repository: str = ""
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if self.repository and self.repository.count("/") != 1:
            raise InputError(f"repository '{self.repository}' is not of the form OWNER/NAME")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and one line for each run that could not be."""

    folder: Path
    rounds: tuple[str, ...]
    models: tuple[str, ...]
    rows: int
    findings: tuple[str, ...]


def export(root: Path, folder: Path, keeper: Keeper | None = None) -> Exported:
    """Write the forecasts of every run in the archive at `root` that verifies as a hub into the new `folder`.

    Where several runs share a day of evidence, the one made last counts.

    Raises:
        InputError: if the folder exists and holds something.
        EvidenceError: if the archive has no forecasts.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"'{folder}' holds something already; name a new folder for the hub")
    shelf = runs.scan(root)
    findings = list(shelf.findings)
    rounds: dict[tuple[str, str, str], pd.DataFrame] = {}
    for run in sorted(shelf.runs, key=lambda run: (run.made, run.id)):
        try:
            frame = forecasts.read(root, run)
        except EvidenceError as error:
            findings.append(str(error))
            continue
        for (day, model, series), rows in frame.groupby(["reference_date", "model_id", "location"], sort=True):
            rounds[str(day), str(model), str(series)] = rows
    if not rounds:
        raise EvidenceError(f"the archive {root} holds no forecasts; make some with: forecast report due")
    whole = pd.concat([rounds[key] for key in sorted(rounds)], ignore_index=True)
    _write(folder, whole, keeper or Keeper())
    days = tuple(sorted({day for day, _, _ in rounds}))
    models = tuple(sorted({model for _, model, _ in rounds}))
    return Exported(folder, days, models, len(whole), tuple(findings))


def tasks(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the contents of `tasks.json`: one group of tasks a target, whose locations and days are all allowed."""
    groups = [_group(target, rows) for target, rows in _by_target(frame)]
    return {
        "schema_version": SCHEMA.format("tasks"),
        "rounds": [
            {
                "round_id_from_variable": True,
                "round_id": "reference_date",
                "model_tasks": groups,
                "submissions_due": {"relative_to": "reference_date", "start": 0, "end": LATE},
            }
        ],
        "output_type_id_datatype": "double",
        "derived_task_ids": ["target_end_date"],
    }


def admin(keeper: Keeper) -> dict[str, Any]:
    """Return the contents of `admin.json`.

    The folder of the forecasts is not named: where it is not, it is `model-output`, and not every text of version 6.0.0
    lets it be.
    """
    owner, _, name = keeper.repository.partition("/")
    return {
        "schema_version": SCHEMA.format("admin"),
        "name": keeper.name,
        "maintainer": keeper.maintainer,
        "contact": {"name": keeper.maintainer} | ({"email": keeper.email} if keeper.email else {}),
        "repository": {"host": "github", "owner": owner, "name": name} if name else {},
        "file_format": ["parquet"],
        "timezone": keeper.zone,
    }


def _by_target(frame: pd.DataFrame) -> list[tuple[Target, pd.DataFrame]]:
    known = {target.id: target for target in TARGETS.values()}
    return [(known.get(str(name)) or target_of(str(name)), rows) for name, rows in frame.groupby("target", sort=True)]


def _group(target: Target, rows: pd.DataFrame) -> dict[str, Any]:
    ids = {name: {"required": None, "optional": _values(rows[name])} for name in TASKS}
    value: dict[str, Any] = {"type": "double", "minimum": 0}
    if target.id == "share":
        value["maximum"] = 100
    levels = sorted(float(level) for level in rows["output_type_id"].unique())
    return {
        "task_ids": ids,
        "output_type": {"quantile": {"output_type_id": {"required": levels}, "is_required": True, "value": value}},
        "target_metadata": [
            {
                "target_id": target.id,
                "target_name": target.name,
                "target_units": target.unit,
                "target_keys": {"target": target.id},
                "target_type": "continuous",
                "is_step_ahead": True,
                "time_unit": "month",
            }
        ],
    }


def _values(column: pd.Series) -> list[Any]:
    found = sorted(column.unique())
    return [int(one) for one in found] if column.name == "horizon" else [str(one) for one in found]


def _write(folder: Path, frame: pd.DataFrame, keeper: Keeper) -> None:
    """Write the hub, all of it or nothing."""

    def write(beside: Path) -> None:
        for name, content in (
            ("tasks", tasks(frame)),
            ("admin", admin(keeper)),
            ("model-metadata-schema", _metadata_schema()),
        ):
            _put(beside / "hub-config" / f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        for model, rows in frame.groupby("model_id", sort=True):
            name = f"{TEAM}-{model}"
            _put(beside / "model-metadata" / f"{name}.yml", _metadata({"team_abbr": TEAM, "model_abbr": str(model)}))
            for day, own in rows.groupby("reference_date", sort=True):
                path = beside / "model-output" / name / f"{day}-{name}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                own[[*TASKS, "output_type", "output_type_id", "value"]].to_parquet(path, index=False)

    folder.parent.mkdir(parents=True, exist_ok=True)
    replace_folder(folder, write)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _metadata(entries: Mapping[str, str]) -> str:
    """Return what is known of a model as the YAML that a hub expects beside its output."""
    return "".join(f'{key}: "{value}"\n' for key, value in entries.items())


def _metadata_schema(names: Sequence[str] = ("team_abbr", "model_abbr")) -> dict[str, Any]:
    return {
        "$schema": MODEL_SCHEMA,
        "title": "What is known of a model",
        "type": "object",
        "properties": {name: {"type": "string", "pattern": "^[A-Za-z0-9_]+$", "maxLength": 16} for name in names},
        "required": list(names),
    }
