from __future__ import annotations

import json
import resource
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from forecast.archive import runs
from forecast.cli import invoke
from forecast.errors import EvidenceError
from reports import gather, jobs
from series import ledger
from tests.forecast.cli.conftest import levels

NOW = "2026-11-23T05:00:00+00:00"
LATER = "2026-12-30T05:00:00+00:00"
SCHEDULE = """
title = "Outlook"
reports = ["outlook"]
languages = ["en"]
formats = ["md"]
{rule}
zone = "Asia/Shanghai"
{more}
"""
Due = Callable[..., int]


@pytest.fixture
def due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Due:
    """`forecast report due` on a schedule of one job (or several), with runs that are quick to make."""

    def fill(folder: Path, *_args: Any) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "outlook.md").write_text("x" * 100_000)

    monkeypatch.setattr(gather, "inputs", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(jobs, "_fill", fill)
    (tmp_path / "plans").mkdir()
    plan(tmp_path, "outlook")

    def call(*more: str, now: str = NOW, archive: Path | None = None) -> int:
        place = str(archive or tmp_path / "archive")
        return invoke(
            ["report", "due", "--now", now, "--schedules", str(tmp_path / "plans"), "--archive", place, *more]
        )

    return call


def plan(folder: Path, name: str, more: str = "", rule: str = 'rule = "monthly"\nafter = 22') -> None:
    (folder / "plans" / f"{name}.toml").write_text(SCHEDULE.format(rule=rule, more=more))


def archived(tmp_path: Path) -> list[str]:
    return [run.job for run in runs.scan(tmp_path / "archive").runs]


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file can grow past `most` bytes, as on a disk that is full: the kernel refuses the write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_what_is_due_is_made_once(due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert due("--json") == 0
    assert "made 20261123T0100Z-outlook-" in json.loads(capsys.readouterr().out)["due"][0]
    assert due() == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    assert archived(tmp_path) == ["outlook"]


def test_a_full_disk_is_one_line_and_the_next_call_completes_the_work(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with full_disk(20_000):
        assert due() == 2
    error = capsys.readouterr().err
    assert error.startswith(f"forecast: cannot use {tmp_path / 'archive'}")
    assert "File too large; check the path, its permissions and the space left" in error
    assert (error.count("\n"), archived(tmp_path)) == (1, [])
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [".locks"]
    assert due() == 0
    assert archived(tmp_path) == ["outlook"]


def test_a_folder_that_cannot_be_written_is_one_line(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert due(archive=tmp_path / "file" / "archive") == 2
    assert "Not a directory; check the path" in capsys.readouterr().err


def test_a_second_scheduler_is_sent_away(due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with runs.locked(tmp_path / "archive", "outlook"):
        assert due() == 75
    assert capsys.readouterr().err == "forecast: job 'outlook' is running already; try later\n"
    assert due() == 0


def test_one_job_that_fails_keeps_no_other_from_being_made(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(tmp_path, "weekly")
    with runs.locked(tmp_path / "archive", "outlook"):
        assert due() == 75
    assert archived(tmp_path) == ["weekly"]
    plan(tmp_path, "copied", f'copy_to = "{tmp_path / "plans" / "weekly.toml"}"')
    assert due() == 3
    assert "folder" in capsys.readouterr().err
    assert sorted(archived(tmp_path)) == ["copied", "outlook", "weekly"]


@pytest.mark.parametrize("harm", ["the manifest is corrupted", "half of the run is gone"])
def test_a_damaged_run_is_named_put_aside_and_made_again(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    assert due() == 0
    (run,) = runs.scan(tmp_path / "archive").runs
    folder = tmp_path / "archive" / run.id
    if harm == "the manifest is corrupted":
        (folder / "manifest.json").write_bytes(b"\x00\x01")
    else:
        (folder / "reports" / "outlook.md").unlink()
    capsys.readouterr()
    assert due() == 0
    told = capsys.readouterr()
    assert told.err.startswith(f"forecast: run {run.id}: ")
    assert "made 2026" in told.out
    assert [one.id for one in runs.scan(tmp_path / "archive").runs] == [run.id]
    assert [path.name for path in (tmp_path / "archive" / runs.DAMAGED).iterdir()] == [f"{run.id}.1"]


def test_a_clock_that_was_set_back_makes_nothing_twice_and_is_named(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert due(now=LATER) == 0
    capsys.readouterr()
    assert due(now=NOW) == 0
    told = capsys.readouterr()
    assert told.out == "Nothing is due.\n"
    assert "which is still to come; check the clock" in told.err
    assert due(now="2099-01-05T00:00:00+00:00") == 0
    assert due(now="2027-01-30T00:00:00+00:00") == 0
    assert [run.slot[:7] for run in runs.scan(tmp_path / "archive").runs] == ["2026-12", "2027-01", "2098-12"]


def test_a_mail_server_that_refuses_costs_no_second_forecast(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(tmp_path, "outlook", 'mail_to = ["a@example.org"]\nmail_from = "b@example.org"\nmail_server = "127.0.0.1:9"')
    assert due() == 3
    error = capsys.readouterr().err
    assert "was made, but mail a@example.org refused it" in error
    assert error.count("\n") == 1
    monkeypatch.setattr(gather, "inputs", lambda *_args, **_kwargs: pytest.fail("forecast a second time"))
    assert due() == 3
    assert archived(tmp_path) == ["outlook"]


def add(folder: Path, printed: str) -> None:
    """Put a figure that nobody has printed yet into a ledger."""
    new = ["--subject", "cn.offshore.execution.usd", "--period", "2026", "--printed", printed, "--source", "note"]
    of = ["--publisher", "A ministry", "--title", "A note", "--published", "2026-11-20"]
    assert invoke(["series", "add", "--ledger", str(folder), *new, *of]) == 0


def decide(folder: Path) -> None:
    with (folder / "decisions.csv").open("a", encoding="utf-8") as file:
        file.write("d999,2026-11-24,s0001,accept,,,,It was looked at again.\n")


def test_new_evidence_is_reported_once_whether_a_statement_or_a_decision(
    due: Due, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(tmp_path, "outlook", rule='rule = "evidence"')
    own = tmp_path / "ledger"
    shutil.copytree(Path(ledger.__file__).parent, own, ignore=shutil.ignore_patterns("*.py", "__pycache__"))

    def told(now: str, *more: str) -> str:
        capsys.readouterr()
        assert due("--ledger", str(own), *more, now=f"2026-11-24T{now}:00+08:00") == 0
        return capsys.readouterr().out.split("\n")[0]

    assert told("09:00").startswith("outlook: made 20261124T0100Z-outlook-")
    assert told("10:00") == "Nothing is due."
    add(own, "1700.0")
    assert "due 2026-11-24T03:00:00+00:00: there is evidence that 20261124T0100Z" in told("11:00", "--dry-run")
    assert told("11:00").startswith("outlook: made 20261124T0300Z-outlook-")
    assert told("12:00") == "Nothing is due."
    decide(own)
    assert told("08:00") == "Nothing is due.", "the clock was set back: a run lies ahead"
    assert told("13:00").startswith("outlook: made 20261124T0500Z-outlook-")
    assert told("14:00") == "Nothing is due."
    assert [run.outcome for run in runs.scan(tmp_path / "archive").runs] == ["complete"] * 3


@pytest.mark.parametrize("command", ["list", "score"])
def test_an_empty_archive_says_how_it_is_filled(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["archive", command, "--archive", str(tmp_path / "none")]) == 0
    assert "report due" in capsys.readouterr().out


def test_a_build_keeps_everything_of_the_user_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gather, "inputs", lambda *_args, **_kwargs: pytest.fail("it was begun all the same"))
    mine = {"outlook.md": b"# Notes\n", "outlook.zh.xlsx": b"PK", "outlook.pdf": b"%PDF-1.7"}
    for name, content in mine.items():
        (tmp_path / name).write_bytes(content)
    formats = ["--format", "html,pdf,xlsx,md", "--lang", "en,zh"]
    assert invoke(["report", "build", "outlook", *formats, "--out", str(tmp_path)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert all(f"{tmp_path}/{name}" in told[0] for name in mine)
    assert "exist already and are no reports; name another folder with --out" in told[0]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == mine


@pytest.mark.slow
def test_a_ledger_of_ones_own_need_not_have_the_documents_that_claims_stand_in(folder: Path, tmp_path: Path) -> None:
    levels(folder, (100, 103, 99, 108, 112, 111, 119, 125, 121, 130, 138, 137, 145, 151))
    words = ["report", "build", "outlook", "--ledger", str(folder), "--format", "md", "--out", str(tmp_path / "r")]
    assert invoke(words) == 0
    assert (tmp_path / "r" / "outlook.md").is_file()


def test_a_build_is_about_the_series_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def stop(_day: object, _ledger: object, subjects: Sequence[str], **_more: object) -> None:
        asked.append(tuple(subjects))
        raise EvidenceError("enough")

    monkeypatch.setattr(gather, "inputs", stop)
    words = ["report", "build", "outlook", "--out", str(tmp_path / "r")]
    for more in ([], ["--series", "cn.total.execution.cny,cn.offshore.execution.usd"]):
        assert invoke([*words, *more]) == 4
    assert asked == [gather.SUBJECTS, ("cn.total.execution.cny", "cn.offshore.execution.usd")]
    assert not (tmp_path / "r").exists()
    capsys.readouterr()


def test_a_series_that_is_none_is_told_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r"
    assert invoke(["report", "build", "outlook", "--series", "cn.nope.execution.usd", "--out", str(out)]) == 2
    assert "'cn.nope.execution.usd' is not a subject" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_without_schedules_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["report", "due", "--schedules", str(tmp_path), "--archive", str(tmp_path / "a")]) == 0
    assert "holds no schedule (*.toml)" in capsys.readouterr().err
