from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecast.archive import runs
from forecast.archive.manifests import Manifest
from forecast.errors import InputError, LockedError

KILLS = int(os.environ.get("OUTSOURCING_KILLS", "40"))
"""How often a writer is killed; a longer trial sets it higher."""

KILLER = """
import json, os, pathlib, random, signal, sys
from forecast.archive import runs
from forecast.archive.manifests import Manifest
root, kills = pathlib.Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(8)
slot = "2026-11-01T01:00:00+00:00"

def fill(folder):
    (folder / "reports").mkdir()
    for number in range(6):
        (folder / "reports" / f"{number}.txt").write_text("x" * 30_000)

def go(until):
    number = len(runs.scan(root).runs)
    while number < until:
        name = f"run-{number:05d}"
        with runs.locked(root, "outlook"):
            made = Manifest(name, "outlook", slot, slot, "2026-11-01", "complete", "", "ab", 0, "batch", {}, ())
            runs.write(root, made, fill)
        number += 1

def after(moments, strike):
    # Calls `strike` when that many functions have been called or left, those of the system among them.
    def count(*_event):
        nonlocal moments
        moments -= 1
        if moments == 0:
            strike()
    sys.setprofile(count)
    return lambda: moments

go(1)
left = after(10**9, None)
go(2)
sys.setprofile(None)
several = 3 * (10**9 - left())

cut, seen = 0, 2
for turn in range(kills):
    moments = chance.randrange(1, several)
    child = os.fork()
    if child == 0:
        after(moments, lambda: os.kill(os.getpid(), signal.SIGKILL))
        go(10**9)
    os.waitpid(child, 0)
    cut += any(root.glob(".staging-*"))
    shelf = runs.scan(root)
    assert shelf.findings == (), shelf.findings
    names = [run.id for run in shelf.runs]
    assert names == [f"run-{number:05d}" for number in range(len(names))], names[-3:]
    assert len(names) >= seen
    seen = len(names)
    if seen > 40:
        for run in shelf.runs:
            (root / run.id).rename(root.parent / f"{turn}-{run.id}")
        seen = 0
child = os.fork()
if child == 0:
    go(seen + 1)
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
left = [path.name for path in root.glob(".staging-*")]
print(json.dumps({"kills": kills, "cut": cut, "runs": len(runs.scan(root).runs) - seen, "left": left}))
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
    (tmp_path / "runs").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(tmp_path / "runs"), str(KILLS)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["kills"], told["runs"], told["left"]) == (KILLS, 1, [])
    assert told["cut"] > 0, "no kill fell into a write"


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "whole").write_text("x")
        (folder / "half").symlink_to("/dev/full")
        (folder / "half").write_text("x" * 100_000)

    with pytest.raises(OSError, match="No space left"):
        runs.write(tmp_path, make("a"), fill)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_run_is_put_aside_and_made_again(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "x").write_text("whole")

    for turn in ("1", "2"):
        runs.write(tmp_path, make("a"), fill)
        (tmp_path / "a" / "x").write_text("damaged")
        assert runs.scan(tmp_path).runs == ()
        assert runs.write(tmp_path, make("a"), fill).id == "a"
        assert (tmp_path / runs.DAMAGED / f"a.{turn}" / "x").read_text() == "damaged"
    assert (runs.scan(tmp_path).findings, (tmp_path / "a" / "x").read_text()) == ((), "whole")


@pytest.mark.parametrize("harm", ["manifest is gone", "manifest is cut", "manifest is altered", "a file is gone"])
def test_each_way_to_lose_part_of_a_run_is_one_finding(tmp_path: Path, harm: str) -> None:
    def fill(folder: Path) -> None:
        (folder / "x").write_text("whole")

    runs.write(tmp_path, make("a"), fill)
    runs.write(tmp_path, make("b"), fill)
    manifest = tmp_path / "a" / "manifest.json"
    text = manifest.read_text()
    if harm == "manifest is gone":
        manifest.unlink()
    elif harm == "manifest is cut":
        manifest.write_text(text[:40])
    elif harm == "manifest is altered":
        manifest.write_text(text.replace("batch", "botch"))
    else:
        (tmp_path / "a" / "x").unlink()
    shelf = runs.scan(tmp_path)
    assert [run.id for run in shelf.runs] == ["b"]
    (finding,) = shelf.findings
    assert finding.startswith("run a: ")
