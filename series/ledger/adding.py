"""Adding: append a statement, its source where that is new, or a decision to a ledger folder; all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from series.errors import InputError, LockedError
from series.files import replace_file, replace_folder
from series.ledger import columns
from series.ledger.decisions import Decision
from series.ledger.evidence import Ledger
from series.ledger.loading import load
from series.ledger.locking import locked
from series.statements import Source, Statement

ADDED = "statements-added.csv"


def next_id(ledger: Ledger) -> str:
    """Return the id that the next statement gets: one more than the greatest number in use."""
    numbers = [int(match[1]) for key in ledger.by_id if (match := re.fullmatch(r"s(\d{1,9})", key))]
    return f"s{max(numbers, default=0) + 1:04d}"


def preview(ledger: Ledger, statement: Statement, source: Source | None = None) -> Ledger:
    """Return the ledger as it would be with this statement; nothing is written.

    Raises:
        InputError: if the id is taken, the source or the subject is unknown, or the unit or the digits do not fit.
    """
    if statement.id in ledger.by_id:
        raise InputError(f"statement id '{statement.id}' is taken; the next free one is {next_id(ledger)}")
    if source is not None and ledger.sources.get(source.id, source) != source:
        raise InputError(f"source id '{source.id}' belongs to another document; give the new one its own id")
    sources = {**ledger.sources, **({source.id: source} if source else {})}
    if statement.source not in sources:
        raise InputError(f"source '{statement.source}' is not in the ledger; give the document with its date")
    entry = ledger.catalog.entry(statement.subject)
    if statement.kind in ("level", "share", "bound") and statement.unit != entry.unit:
        raise InputError(f"unit '{statement.unit}' does not fit {statement.subject}; it must be {entry.unit}")
    if statement.value % Decimal(1).scaleb(statement.exponent):
        raise InputError(f"value {statement.value} has digits below 10^{statement.exponent}, its last printed one")
    return replace(ledger, sources=sources, statements=(*ledger.statements, statement))


def add(root: Path, statement: Statement, source: Source | None = None) -> Ledger:
    """Append a statement to the ledger folder `root` and return the ledger with it.

    New statements go to `statements.csv`, or to `statements-added.csv` where the folder splits them by topic. The
    source is written first, so that a crash in between leaves a source that nothing refers to, and no defect.

    Raises:
        InputError: if the statement does not fit the ledger; nothing is written then.
    """
    return add_all(root, (statement,), source)


def add_all(root: Path, statements: Sequence[Statement], source: Source | None = None) -> Ledger:
    """Append statements of one source to the ledger folder `root`, all of them or none, and return the ledger so far.

    Raises:
        InputError: if one of them does not fit the ledger; nothing is written then.
        LockedError: if another writer holds the ledger.
    """
    with locked(root):
        ledger = grown = load(root)
        for statement in statements:
            grown = preview(grown, statement, source)
        if source is not None and source.id not in ledger.sources:
            _append(root / "sources.csv", columns.SOURCE, [_source_cells(source)])
        whole = root / "statements.csv"
        cells = [{n: columns.cell(item, n) for n in columns.STATEMENT if n != "record"} for item in statements]
        _append(whole if whole.is_file() else root / ADDED, columns.STATEMENT, cells)
    return grown


def decide(root: Path, decision: Decision) -> Ledger:
    """Append a decision to the ledger folder `root` and return the ledger with it.

    Raises:
        InputError: if the statement is unknown or the id is taken; nothing is written then.
    """
    with locked(root):
        ledger = load(root)
        statement = ledger.statement(decision.statement)
        if any(item.id == decision.id for item in ledger.decisions):
            raise InputError(f"decision id '{decision.id}' is taken; give this one its own")
        if decision.act == "reinterpret":
            columns.parse(decision.field, decision.becomes)
            now = next((item for item in ledger.in_force if item.id == statement.id), statement)
            if decision.field not in columns.STATEMENT or columns.cell(now, decision.field) != decision.was:
                raise InputError(f"decision {decision.id}: {decision.field} of {statement.id} is not '{decision.was}'")
        cells = {name: str(getattr(decision, name)) for name in columns.DECISION}
        _append(root / "decisions.csv", columns.DECISION, [cells])
    return replace(ledger, decisions=(*ledger.decisions, decision))


def start(root: Path) -> Ledger:
    """Copy the shipped ledger into a new folder, where statements and decisions can be added, and return it.

    Raises:
        InputError: if the folder exists already or cannot be made there.
    """
    if root.exists():
        raise InputError(f"'{root}' exists already; name a new folder for the copy of the ledger")

    def write(folder: Path) -> None:
        for path in files("series.ledger").iterdir():
            if path.name.endswith(".csv"):
                (folder / path.name).write_bytes(path.read_bytes())

    replace_folder(root, write)
    return load(root)


def ensure(root: Path) -> None:
    """Make sure that there is a ledger folder `root`: a copy of the shipped one, unless another writer makes it first.

    Raises:
        InputError: if it cannot be made there.
    """
    if root.exists():
        return
    try:
        start(root)
    except (InputError, LockedError, OSError):
        if not root.is_dir():
            raise


def _source_cells(source: Source) -> dict[str, str]:
    shown = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}[source.precision]
    cells = {name: str(getattr(source, name)) for name in columns.SOURCE if name not in ("published", "note")}
    return cells | {"published": source.published.strftime(shown)}


def _append(path: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    before = path.read_bytes() if path.is_file() else f"{','.join(header)}\n".encode()
    lines = io.StringIO(newline="")
    csv.DictWriter(lines, header, restval="", lineterminator="\n").writerows(rows)
    joint = b"" if before.endswith(b"\n") else b"\n"
    replace_file(path, lambda beside: _fill(beside, before + joint + lines.getvalue().encode()))


def _fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)
