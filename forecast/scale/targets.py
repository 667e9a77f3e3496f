"""Targets: whether a run may write where it is asked to, looked at before it begins, so that nothing is lost."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from forecast.errors import InputError
from forecast.scale.chunks import LISTED, LONG
from forecast.scale.deliveries import CSV, FAILED, lists_of, place_of, root_of
from forecast.scale.runs import PLAN
from forecast.scale.stores import Store
from series.files import real

FILES = (".xlsx", ".xls", ".parquet", ".pq", ".json", ".jsonl", ".tsv", ".txt", ".gz", ".zip", ".feather", ".html")
"""Ends of files of other kinds than a run writes."""
LISTS = (LISTED, FAILED)
"""Heads of the lists beside a CSV: whatever has one was written by a run."""


def check(out: str, inputs: Iterable[object] = (), resume: bool = False, empty: bool = False) -> None:
    """Check that `out` can be written and that nothing is there which a run did not write.

    Args:
        out: the folder, or the CSV, that is asked for.
        inputs: files and folders that are read: none of them is written to, nor anything in them.
        resume: whether a run that was stopped there is to go on.
        empty: whether a folder has to be empty, as nothing can go on in it.

    Raises:
        InputError: if `out` is an input or lies in one, is no place for such a run, or holds something else.
    """
    if out == "-":
        raise InputError(f"a run is written to a folder or a file {CSV}, not to '-'; name one with --out")
    if out.lower().endswith(FILES) and "://" not in out and not Path(out).exists():
        raise InputError(f"'{out}' would be a folder; name a file that ends in {CSV}, or a folder without such an end")
    single = out.lower().endswith(CSV)
    written = (out, *lists_of(out), root_of(out)) if single else (out,)
    for given in inputs:
        for one in written:
            _apart(one, str(given))
    if not single:
        if "://" not in out and Path(out).is_file():
            raise InputError(f"'{out}' is a file; name a new folder with --out, or a file that ends in {CSV}")
        if empty and Store(out).names(""):
            raise InputError(f"{out} is not empty; name another folder")
        return
    if "://" not in out and Path(out).is_dir():
        raise InputError(f"'{out}' is a folder; name a file in it, or a folder without {CSV} at its end")
    stopped = resume and Store(root_of(out)).exists(PLAN)
    if _exists(out) and not (stopped and _head(out) == LONG):
        raise InputError(f"'{out}' exists already and is not written over; name another file, or move it away")
    for one in lists_of(out):
        if _exists(one) and _head(one) not in LISTS:
            raise InputError(f"'{one}', which comes with {out}, exists already; name another file, or move it away")


def _apart(out: str, given: str) -> None:
    if "://" in out or "://" in given:
        same, within = out.rstrip("/") == given.rstrip("/"), out.startswith(f"{given.rstrip('/')}/")
    else:
        target, source = real(Path(out)), real(Path(given))
        same = target == source or (target.exists() and source.exists() and target.samefile(source))
        within = target.is_relative_to(source)
    if same:
        raise InputError(f"'{out}' is what is read; name another place to write to")
    if within:
        raise InputError(f"'{out}' lies in '{given}', which is read; name a place outside it")


def _exists(address: str) -> bool:
    store, name = place_of(address)
    return store.exists(name)


def _head(address: str) -> tuple[str, ...]:
    """Return the columns of a CSV, or none where it is not text."""
    store, name = place_of(address)
    with store.open(name) as file:
        start = file.read(1000)
    try:
        return tuple(next(csv.reader(start.decode("utf-8").splitlines()), ()))
    except (UnicodeDecodeError, csv.Error):
        return ()
