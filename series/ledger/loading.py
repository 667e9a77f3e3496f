"""Loading: read a ledger folder and name everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from series import catalog
from series.catalog import Catalog
from series.errors import InputError, near
from series.findings import UNREAD, DefectsError, Finding
from series.ledger import columns
from series.ledger.decisions import Decision
from series.ledger.evidence import Ledger
from series.rows import Row, read, unique
from series.statements import Source, Statement

BESIDE = ("sources.csv", "decisions.csv", "reasons.csv", "subjects.csv")
"""Files of a ledger folder beside those of statements."""
Item = TypeVar("Item", Source, Statement, Decision)


def load(root: str | Path | None = None) -> Ledger:
    """Return the ledger in the folder `root`, or the shipped one.

    A folder holds `sources.csv`, one or more `statements*.csv`, `decisions.csv`, and, where it speaks of subjects
    that the catalog does not have, `subjects.csv`. In `reasons.csv` the reasons of decisions may stand in other
    languages.

    Raises:
        InputError: if the folder is missing.
        DefectsError: if anything in it is wrong; it lists every finding with file and line.

    Example:
        >>> len(load().statements) > 2000
        True
    """
    if root is None:
        return _shipped()
    folder = Path(root)
    if not folder.is_dir():
        raise InputError(
            f"'{root}' is not a folder; give one that holds sources.csv, statements*.csv and decisions.csv"
        )
    return _assembled(_content(folder))


def assemble(folder: Traversable) -> Ledger:
    """Read and check a folder.

    Raises:
        DefectsError: if anything in it is wrong.
    """
    findings: list[Finding] = []
    subjects = catalog.load()
    if folder.joinpath("subjects.csv").is_file():
        subjects = catalog.extend(subjects, folder, findings)
    files_held = sorted(path.name for path in folder.iterdir() if _holds_statements(path.name)) or ["statements.csv"]
    statement_rows = [row for name in files_held for row in read(folder, name, columns.STATEMENT, findings)]
    source_rows = read(folder, "sources.csv", columns.SOURCE, findings)
    decision_rows = read(folder, "decisions.csv", columns.DECISION, findings)
    sources = _made(source_rows, columns.source, findings)
    statements = _made(statement_rows, columns.statement, findings)
    decisions = _made(decision_rows, columns.decision, findings)
    by_id = {item.id: item for _, item in statements}
    unread = {one.file for one in findings if one.kind in UNREAD}
    known = _Known(
        None if "sources.csv" in unread else {row["id"] for row in source_rows},
        None if unread.intersection(files_held) else {row["id"] for row in statement_rows},
        None if "decisions.csv" in unread else {row["id"] for row in decision_rows},
        None if "subjects.csv" in unread else subjects,
    )
    for row in statement_rows:
        _check_references(row, known, findings)
    for row, item in statements:
        if item.value % (Decimal(1).scaleb(item.exponent)):
            findings.append(row.finding("exponent", f"value {item.value} has digits below 10^{item.exponent}"))
    _check_decisions(decisions, by_id, known, findings)
    translated = _translations(folder, known, findings)
    if findings:
        raise DefectsError(f"the ledger in {folder}", findings)
    return Ledger(
        {item.id: item for _, item in sources},
        tuple(by_id.values()),
        tuple(replace(item, translated=translated.get(item.id, ())) for _, item in decisions),
        subjects,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that other files may refer to, those of defective rows too; None where a file could not be read."""

    sources: Collection[str] | None
    statements: Collection[str] | None
    decisions: Collection[str] | None
    subjects: Catalog | None


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a folder: equal where every file is, wherever the folder is."""

    digest: str
    folder: Traversable = field(compare=False)


def unended(root: Path) -> list[str]:
    """Return the files of a ledger folder whose last line has no end: it may have been cut short."""
    return sorted(
        path.name
        for path in root.glob("*.csv")
        if (_holds_statements(path.name) or path.name in BESIDE)
        and path.stat().st_size
        and not path.read_bytes().endswith((b"\n", b"\r"))
    )


def _content(folder: Traversable) -> _Content:
    digest = hashlib.sha256()
    for path in sorted((path for path in folder.iterdir() if path.name.endswith(".csv")), key=lambda path: path.name):
        if _holds_statements(path.name) or path.name in BESIDE:
            digest.update(f"{path.name} ".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return _Content(digest.hexdigest(), folder)


@lru_cache(maxsize=4)
def _assembled(content: _Content) -> Ledger:
    return assemble(content.folder)


@cache
def _shipped() -> Ledger:
    return _assembled(_content(files("series.ledger")))


def _holds_statements(name: str) -> bool:
    return name.startswith("statements") and name.endswith(".csv")


def _made(rows: Iterable[Row], make: Callable[[Row], Item], findings: list[Finding]) -> list[tuple[Row, Item]]:
    made = []
    every = list(rows)
    first = {id(row) for row in unique(every, findings)}
    for row in every:
        try:
            item = make(row)
        except InputError as error:
            findings += [row.finding("value", one) for one in getattr(error, "reasons", (str(error),))]
        else:
            made += [(row, item)] if id(row) in first else []
    return made


def _check_references(row: Row, known: _Known, findings: list[Finding]) -> None:
    """Find what a row of a statement refers to and is not there, and a unit that is not its subject's."""
    source, subject, original = row["source"], row["subject"], row["original"]
    if known.sources is not None and source not in known.sources:
        findings.append(row.finding("source", f"source '{source}' is not in sources.csv.{near(source, known.sources)}"))
    if known.subjects is not None and not known.subjects.knows(subject):
        findings.append(row.finding("subject", f"subject '{subject}' is not in the catalog"))
    elif known.subjects is not None:
        unit, wanted = row["unit"], known.subjects.entry(subject).unit
        if row["kind"] in ("level", "share", "bound") and unit != wanted:
            findings.append(row.finding("unit", f"unit '{unit}' does not fit {subject}; it must be {wanted}"))
    if original and known.statements is not None and original not in known.statements:
        findings.append(row.finding("original", f"original '{original}' is not a statement"))


def _translations(
    folder: Traversable, known: _Known, findings: list[Finding]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the reasons of decisions in other languages, by decision; there may be none."""
    if not folder.joinpath("reasons.csv").is_file():
        return {}
    told: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in read(folder, "reasons.csv", columns.REASON, findings):
        decision, language = row["decision"], row["language"]
        if known.decisions is None:
            continue
        if decision not in known.decisions:
            suggested = near(decision, known.decisions)
            findings.append(row.finding("decision", f"decision '{decision}' is not in decisions.csv.{suggested}"))
        elif not language or not row["reason"].strip() or language in dict(told.get(decision, ())):
            message = "a reason needs a language and words, once a decision and language"
            findings.append(row.finding("reason", message))
        else:
            told[decision] = (*told.get(decision, ()), (language, row["reason"]))
    return told


def _check_decisions(
    decisions: Iterable[tuple[Row, Decision]], by_id: Mapping[str, Statement], known: _Known, findings: list[Finding]
) -> None:
    read_as = dict(by_id)
    for row, item in decisions:
        statement = read_as.get(item.statement)
        if statement is None:
            if known.statements is not None and item.statement not in known.statements:
                message = f"statement '{item.statement}' is not in the ledger.{near(item.statement, by_id)}"
                findings.append(row.finding("decision", message))
        elif item.act == "reinterpret":
            if item.field not in columns.STATEMENT:
                findings.append(row.finding("decision", f"'{item.field}' is not a column of a statement"))
                continue
            now = columns.cell(statement, item.field)
            if now != item.was:
                message = f"{item.field} of {item.statement} is '{now}', not '{item.was}' as the decision expects"
                findings.append(row.finding("decision", message))
            try:
                changed = {item.field: columns.parse(item.field, item.becomes)}
                read_as[item.statement] = replace(statement, **changed)
            except InputError as error:
                findings.append(row.finding("decision", str(error)))
