"""Runs: write-once folders, complete or not there at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from forecast.archive import manifests
from forecast.archive.manifests import NAME, Manifest
from forecast.errors import EvidenceError, InputError, LockedError, near
from series.files import sync

STAGING = ".staging-"
LOCKS = ".locks"
DAMAGED = ".damaged"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an archive holds: the runs that verify, oldest slot first, and one line for each that does not."""

    runs: tuple[Manifest, ...]
    findings: tuple[str, ...]

    def of(self, job: str) -> tuple[Manifest, ...]:
        """Return the runs of one job, oldest slot first."""
        return tuple(run for run in self.runs if run.job == job)


def scan(root: Path) -> Shelf:
    """Return what the archive at `root` holds; a bad run is a finding, never an error."""
    runs: list[Manifest] = []
    findings: list[str] = []
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            runs.append(manifests.check(folder))
        except EvidenceError as error:
            findings.append(str(error))
        except OSError as error:
            findings.append(f"run {folder.name}: {error.strerror or error}")
    return Shelf(tuple(sorted(runs, key=lambda run: (run.slot, run.id))), tuple(findings))


def find(root: Path, name: str) -> Manifest:
    """Return the run called `name`.

    Raises:
        InputError: if there is none; the nearest name is suggested.
        EvidenceError: if it does not verify.
    """
    folder = root / name
    if not name or folder.parent != root or not folder.is_dir():
        known = [path.name for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
        raise InputError(f"run '{name}' is not in {root}.{near(name, known)} List them with: forecast archive list")
    return manifests.check(folder)


def write(root: Path, manifest: Manifest, fill: Callable[[Path], None]) -> Manifest:
    """Make the run: `fill` writes its files into a staging folder, which is sealed, synced and renamed.

    A run that exists already is left as it is and returned; one that exists but does not verify is put aside under
    `DAMAGED` first. A kill at any moment leaves a staging folder, which no
    reader looks at and the next writer of the same job removes, or the complete run.

    Raises:
        OSError: naming the file, or the archive where the system names none.
    """
    final = root / manifest.id
    if final.is_dir():
        try:
            return manifests.check(final)
        except EvidenceError:
            _put_aside(final)
    root.mkdir(parents=True, exist_ok=True)
    staging = root / f"{STAGING}{manifest.job}.{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir()
        fill(staging)
        sealed = manifests.describe(staging, manifest)
        (staging / NAME).write_text(sealed.sealed(), encoding="utf-8")
        for path in (*sorted(staging.rglob("*"), reverse=True), staging):
            sync(path)
        staging.rename(final)
        sync(root)
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror or str(error), str(root)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return sealed


@contextlib.contextmanager
def locked(root: Path, job: str) -> Iterator[None]:
    """Hold the lock of a job, and clear what a killed run of it left behind.

    Raises:
        LockedError: if another process holds it.
    """
    folder = root / LOCKS
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"{job}.lock", timeout=0):
            for left in root.glob(f"{STAGING}{job}.*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except Timeout:
        raise LockedError(f"job '{job}' is running already; try later") from None


def _put_aside(folder: Path) -> None:
    """Move a run that cannot be trusted to where no reader looks, so that nothing of it is lost."""
    place = folder.parent / DAMAGED
    place.mkdir(exist_ok=True)
    number = sum(1 for path in place.iterdir() if path.name.startswith(folder.name)) + 1
    folder.rename(place / f"{folder.name}.{number}")
