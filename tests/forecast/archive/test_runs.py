from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from forecast.archive import runs
from forecast.archive.manifests import Manifest
from forecast.errors import InputError, LockedError

WRITER = """
import sys, pathlib
from forecast.archive import runs
from forecast.archive.manifests import Manifest
root = pathlib.Path(sys.argv[1])
def fill(folder):
    for number in range(40):
        (folder / f"{number}.txt").write_text("x" * 20_000)
        if number == 20: print("half", flush=True)
slot = "2026-11-01T01:00:00+00:00"
print("start", flush=True)
made = Manifest("run-1", "outlook", slot, slot, "2026-11-01", "complete", "", "ab", 0, "batch", {}, ())
with runs.locked(root, "outlook"):
    runs.write(root, made, fill)
print("done", flush=True)
"""


def make(name: str, slot: str = "2026-11-01T01:00:00+00:00") -> Manifest:
    return Manifest(name, "outlook", slot, slot, "2026-11-01", "complete", "", "ab", 0, "batch", {}, ())


def test_runs_come_oldest_slot_first_and_one_bad_run_hides_no_other(tmp_path: Path) -> None:
    runs.write(tmp_path, make("b", "2026-12-01T01:00:00+00:00"), lambda _folder: None)
    runs.write(tmp_path, make("a"), lambda _folder: None)
    (tmp_path / "bad").mkdir()
    shelf = runs.scan(tmp_path)
    assert [run.id for run in shelf.runs] == ["a", "b"]
    assert len(shelf.findings) == 1


def test_a_run_is_written_once(tmp_path: Path) -> None:
    first = runs.write(tmp_path, make("a"), lambda _folder: None)
    again = dataclasses.replace(make("a"), inputs="other")
    assert runs.write(tmp_path, again, lambda _folder: None) == first


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "x").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        runs.write(tmp_path, make("a"), fail)
    assert list(tmp_path.iterdir()) == []


def test_two_writers_of_one_job_are_kept_apart(tmp_path: Path) -> None:
    with (
        runs.locked(tmp_path, "outlook"),
        pytest.raises(LockedError, match="try later"),
        runs.locked(tmp_path, "outlook"),
    ):
        pass


def test_an_unknown_run_suggests_the_near_one(tmp_path: Path) -> None:
    runs.write(tmp_path, make("20261101T0100Z-outlook-1a"), lambda _folder: None)
    with pytest.raises(InputError, match="Did you mean '20261101T0100Z-outlook-1a'"):
        runs.find(tmp_path, "20261101T0100Z-outlook-1b")
    with pytest.raises(InputError):
        runs.find(tmp_path, "../x")


@pytest.mark.slow
def test_killed_writers_leave_nothing_visible_and_the_next_completes(tmp_path: Path) -> None:
    seen = set()
    for number in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        if number % 3:
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        shelf = runs.scan(tmp_path)
        assert shelf.findings == ()
        seen.add(len(shelf.runs))
        if shelf.runs:
            break
    done = subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("done\n")
    assert [run.id for run in runs.scan(tmp_path).runs] == ["run-1"]
    assert not list(tmp_path.glob(".staging*"))
