from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from forecast.archive import forecasts, hub, runs
from forecast.archive.hub import Keeper
from forecast.archive.manifests import Manifest
from forecast.errors import EvidenceError, InputError
from forecast.quantiles import LEVELS

RULES = json.loads((Path(__file__).parent / "hubverse_v6.json").read_text("utf-8"))
UNITS = {"cn.offshore.execution.usd": "USD 100m", "cn.offshore.execution.kpo.share": "percent"}


def archived(root: Path, day: str, made: str = "", lift: float = 0.0) -> Manifest:
    slot = f"{day}T01:00:00+00:00"
    name = f"{day}-{made or 'one'}"
    rows = [
        {"model": model, "series": series, "origin": "2025", "period": str(year), "quantile": level, "value": value}
        for model in ("combination", "naive")
        for series, middle in (("cn.offshore.execution.usd", 1600.0), ("cn.offshore.execution.kpo.share", 40.0))
        for year in (2026, 2027)
        for level, value in zip(LEVELS, middle + lift + LEVELS, strict=True)
    ]
    table = forecasts.table(rows, UNITS, dt.date.fromisoformat(day))

    def fill(folder: Path) -> None:
        table.to_parquet(folder / forecasts.FILE, index=False)

    manifest = Manifest(name, "outlook", slot, f"{slot}{made}", day, "complete", "", "ab", 0, "batch", {}, ())
    return runs.write(root, manifest, fill)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    archived(tmp_path / "runs", "2026-11-01")
    archived(tmp_path / "runs", "2026-12-01")
    keeper = Keeper(email="desk@example.org", repository="office/hub")
    return hub.export(tmp_path / "runs", tmp_path / "hub", keeper).folder


def test_a_horizon_counts_months_to_the_end_of_the_period(tmp_path: Path) -> None:
    archived(tmp_path, "2026-11-01")
    (run,) = runs.scan(tmp_path).runs
    found = forecasts.read(tmp_path, run)
    assert sorted(found["horizon"].unique()) == [1, 13]
    assert sorted(map(str, found["target_end_date"].unique())) == ["2026-12-31", "2027-12-31"]


@pytest.mark.parametrize("name", ["tasks", "admin"])
def test_the_configuration_keeps_the_rules_of_the_hubverse(exported: Path, name: str) -> None:
    content = json.loads((exported / "hub-config" / f"{name}.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(RULES[name], format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(content)] == []


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("tasks", ("rounds", 0, "model_tasks", 0, "target_metadata", 0, "time_unit"), "year"),
        ("tasks", ("rounds", 0, "model_tasks", 0, "target_metadata", 0, "target_id"), "x" * 31),
        ("tasks", ("rounds", 0, "model_tasks", 0, "task_ids", "location", "optional"), [1]),
        ("tasks", ("rounds", 0, "model_tasks", 0, "task_ids", "target_end_date", "optional"), ["2026"]),
        ("tasks", ("rounds", 0, "model_tasks", 0, "task_ids", "horizon"), {"required": None}),
        ("tasks", ("rounds", 0, "submissions_due", "end"), "never"),
        ("admin", ("model_output_dir",), "model-output"),
        ("admin", ("contact", "email"), "nobody"),
        ("admin", ("file_format",), ["xlsx"]),
    ],
)
def test_the_rules_can_be_broken(exported: Path, name: str, path: tuple[str | int, ...], value: object) -> None:
    content: Any = json.loads((exported / "hub-config" / f"{name}.json").read_text("utf-8"))
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    checker = jsonschema.Draft202012Validator(RULES[name], format_checker=jsonschema.FormatChecker())
    assert not checker.is_valid(content)


def test_every_row_is_a_task_that_the_hub_allows(exported: Path) -> None:
    groups = json.loads((exported / "hub-config" / "tasks.json").read_text("utf-8"))["rounds"][0]["model_tasks"]
    files = sorted((exported / "model-output").rglob("*.parquet"))
    assert [path.name for path in files if "naive" in path.name] == [
        "2026-11-01-outsourcing-naive.parquet",
        "2026-12-01-outsourcing-naive.parquet",
    ]
    for path in files:
        rows = pd.read_parquet(path)
        assert set(map(str, rows["reference_date"])) == {path.name[:10]}
        for group in groups:
            allowed = {name: {str(one) for one in ids["optional"]} for name, ids in group["task_ids"].items()}
            own = rows[rows["target"].isin(allowed["target"])]
            assert len(own) > 0
            assert all(set(map(str, own[name])) <= values for name, values in allowed.items())
            quantile = group["output_type"]["quantile"]
            assert set(own["output_type_id"]) == set(quantile["output_type_id"]["required"])
            assert own["value"].between(quantile["value"]["minimum"], quantile["value"].get("maximum", 1e9)).all()
            (keys,) = (one["target_keys"].items() for one in group["target_metadata"])
            assert all(value in allowed[key] for key, value in keys)


def test_the_hub_loads_with_the_tools_of_the_hubverse(exported: Path) -> None:
    connect = pytest.importorskip("hubdata", reason="hubdata is not installed").connect_hub
    table = connect(exported).get_dataset().to_table()
    assert sorted(set(table["model_id"].to_pylist())) == ["outsourcing-combination", "outsourcing-naive"]
    assert table.num_rows == 2 * 2 * 2 * 2 * len(LEVELS)
    assert set(table["target"].to_pylist()) == {"amount_usd", "share"}
    assert str(table.schema.field("target_end_date").type) == "date32[day]"


def test_of_two_runs_of_one_day_the_later_made_counts(tmp_path: Path) -> None:
    archived(tmp_path / "runs", "2026-11-01", "b", lift=9.0)
    archived(tmp_path / "runs", "2026-11-01", "a")
    made = hub.export(tmp_path / "runs", tmp_path / "hub")
    (path,) = (made.folder / "model-output" / "outsourcing-naive").iterdir()
    rows = pd.read_parquet(path)
    assert made.rounds == ("2026-11-01",)
    assert rows.loc[rows["target"] == "share", "value"].max() == pytest.approx(49.99)


def test_what_cannot_be_exported_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="holds no forecasts"):
        hub.export(tmp_path / "none", tmp_path / "hub")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(InputError, match="holds something already"):
        hub.export(tmp_path / "none", tmp_path / "full")
    with pytest.raises(InputError, match="OWNER/NAME"):
        Keeper(repository="hub")


def test_a_run_with_other_columns_is_left_out_and_named(tmp_path: Path) -> None:
    archived(tmp_path / "runs", "2026-11-01")

    def fill(folder: Path) -> None:
        pd.DataFrame({"model_id": ["x"], "value": [1.0]}).to_parquet(folder / forecasts.FILE)

    slot = "2026-10-01T01:00:00+00:00"
    old = Manifest("old", "outlook", slot, slot, "2026-10-01", "complete", "", "ab", 0, "batch", {}, ())
    runs.write(tmp_path / "runs", old, fill)
    made = hub.export(tmp_path / "runs", tmp_path / "hub")
    assert made.rounds == ("2026-11-01",)
    assert "run old: its forecasts lack" in made.findings[0]


@pytest.mark.skipif(os.name != "posix", reason="this system has no masks of rights")
def test_a_hub_is_as_private_as_the_user_wants_it(tmp_path: Path) -> None:
    archived(tmp_path / "runs", "2026-11-01")
    before = os.umask(0o077)
    try:
        made = hub.export(tmp_path / "runs", tmp_path / "hub")
    finally:
        os.umask(before)
    assert made.folder.stat().st_mode & 0o077 == 0
