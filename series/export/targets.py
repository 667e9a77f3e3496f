"""Targets of an export: a file of the ledger is never written over, anything else only where an export wrote it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from series.errors import InputError
from series.export.package import DESCRIPTOR, NAME
from series.files import real


def check(target: Path, form: str, columns: Sequence[str], sheets: Sequence[str], ledger: Path | None = None) -> None:
    """Check that an export may be written to `target`.

    Args:
        target: the file, or the folder of a data package.
        form: the format.
        columns: of a CSV or Parquet file of that export.
        sheets: of its workbook, or files of its data package.
        ledger: the ledger folder that is read besides the shipped one.

    Raises:
        InputError: if the target is or lies in a ledger folder, is something that no export wrote, or `-`.
    """
    if str(target) == "-":
        raise InputError("an export is written to a file or a folder, not to '-'; name one, such as series.csv")
    for folder in _folders(ledger):
        if real(target).is_relative_to(folder):
            raise InputError(f"'{target}' lies in the ledger folder '{folder}', which is read; name a place outside it")
    if form == "datapackage":
        if target.is_dir() and any(target.iterdir()) and not _package(target, set(sheets)):
            raise InputError(f"'{target}' exists already and is no export of this kind; name a new folder")
    elif target.is_file() and not _written(target, form, list(columns), list(sheets)):
        raise InputError(f"'{target}' exists already and is no export of this kind; name another file, or move it away")


def _folders(ledger: Path | None) -> Iterable[Path]:
    yield Path(str(files("series.ledger"))).resolve()
    if ledger is not None:
        yield real(ledger)


def _package(target: Path, tables: set[str]) -> bool:
    """Whether an export wrote the folder, by the descriptor in it."""
    try:
        found = json.loads((target / DESCRIPTOR).read_text(encoding="utf-8"))
        return found["name"] == NAME and {one["path"] for one in found["resources"]} == {f"{n}.csv" for n in tables}
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _written(target: Path, form: str, columns: list[str], sheets: list[str]) -> bool:
    """Whether an export of that format wrote the file, by its columns or sheets."""
    from zipfile import BadZipFile

    if form == "csv":
        try:
            with target.open(encoding="utf-8", newline="") as file:
                return next(csv.reader(file), []) == columns
        except (UnicodeDecodeError, csv.Error):
            return False
    if form == "parquet":
        import pyarrow as pa
        from pyarrow import parquet

        try:
            return list(parquet.read_schema(target).names) == columns
        except pa.ArrowException:
            return False
    import openpyxl

    try:
        with target.open("rb") as opened:
            return list(openpyxl.load_workbook(opened, read_only=True).sheetnames) == sheets
    except (BadZipFile, KeyError):
        return False
