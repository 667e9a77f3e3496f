from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from forecast.archive import runs
from reports import gather, jobs, schedule
from reports.inputs import Inputs
from reports.schedule import Due, Job

NOW = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)


@pytest.fixture
def job(tmp_path: Path, inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(gather, "inputs", lambda *_args, **_kwargs: inputs)
    base = next(one for one in schedule.load() if one.name == "outlook")
    return dataclasses.replace(
        base, reports=("outlook",), languages=("en",), formats=("md",), copy_to=str(tmp_path / "sent")
    )


def test_a_due_job_is_made_archived_and_handed_over_once(job: Job, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    (due,) = schedule.due([job], runs.scan(root), NOW, str)
    made = jobs.make(due, root, NOW, "batch", 0)
    assert made.run.outcome == "complete"
    left = [kept.path for kept in made.run.files]
    assert left == ["basis.json", "claims.json", "forecasts.parquet", "reports/outlook.md"]
    assert [path.name for path in (tmp_path / "sent").iterdir()] == ["outlook.md"]
    rows = pd.read_parquet(root / made.run.id / "forecasts.parquet")
    assert {"output_type", "output_type_id", "target_end_date", "value"} <= set(rows.columns)
    assert schedule.due([job], runs.scan(root), NOW, str) == ()
    assert "already" in jobs.make(due, root, NOW, "batch", 0).line


def test_nothing_new_is_recorded_and_not_sent(job: Job, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    first = jobs.make(Due(job, NOW - dt.timedelta(days=31)), root, NOW, "batch", 0)
    (tmp_path / "sent" / "outlook.md").unlink()
    second = jobs.make(Due(job, NOW), root, NOW, "batch", 0)
    assert (second.run.outcome, second.run.same_as, second.run.files) == ("unchanged", first.run.id, ())
    assert list((tmp_path / "sent").iterdir()) == []


def test_news_that_another_scheduler_reported_meanwhile_is_not_made_again(job: Job, tmp_path: Path) -> None:
    root, news = tmp_path / "archive", dataclasses.replace(job, rule="evidence")
    first = jobs.make(Due(news, NOW), root, NOW, "batch", 0)
    later = jobs.make(Due(news, NOW + dt.timedelta(minutes=1)), root, NOW, "batch", 0)
    assert (later.run, len(runs.scan(root).runs)) == (first.run, 1)
    assert "already" in later.line


def test_a_job_is_about_the_series_that_it_names(
    job: Job, inputs: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(gather, "inputs", lambda _day, _ledger, subjects, **_more: asked.append(subjects) or inputs)
    for one in (job, dataclasses.replace(job, name="own", series=("cn.total.execution.cny",))):
        jobs.make(Due(one, NOW), tmp_path / "archive", NOW, "batch", 0)
    assert asked == [gather.SUBJECTS, ("cn.total.execution.cny",)]
