"""`forecast extract`: from a press text to proposed statements, and to reviewed ones in a ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.options import day
from forecast.cli.output import Json, document, note, table, working
from forecast.errors import InputError

if TYPE_CHECKING:
    from series.extract import Candidate, Document
    from series.review import Check, Proposal

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
PARTIAL = 3


@app.command(epilog="Example: forecast extract release.txt --published 2020-09-18")
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Text, HTML, Markdown or PDF; - is stdin.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When it was published: 2020-09-18, 2020-09 or 2020."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Id of the source; else the file's name.")
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="Answer for each candidate, then write.")] = False,
    accept_consistent: Annotated[
        bool,
        typer.Option("--accept-consistent", help="Write what agrees with the ledger or is new without a conflict."),
    ] = False,
    ledger: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Your ledger folder, to check against and to write to.")
    ] = None,
    publisher: Annotated[str, typer.Option(metavar="TEXT", help="Who published it: of a new source.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Of a new source.")] = "",
    address: Annotated[str, typer.Option(metavar="URL", help="Of a new source.")] = "",
    role: Annotated[
        str, typer.Option(metavar="NAME", help="originator, reprint, translation or secondary.")
    ] = "originator",
    check: Annotated[bool, typer.Option("--check/--no-check", help="Compare each candidate with the ledger.")] = True,
    as_json: Json = False,
) -> int:
    """Propose statements from press texts; nothing enters the ledger unreviewed."""
    if review and accept_consistent:
        raise InputError("both --review and --accept-consistent are given; answer one by one, or let the rule decide")
    if not check and (review or accept_consistent):
        raise InputError("what enters the ledger is compared with it first; leave --no-check out")
    if review or accept_consistent:
        from forecast.cli import review as reviewing

        if len(files) != 1 or ledger is None or (review and str(files[0]) == "-"):
            raise InputError(
                "a review takes one file and the ledger folder that it goes to; give FILE and --ledger DIR"
            )
        case = reviewing.opened(files[0], ledger, source, publisher, title, published, address, role)
        return reviewing.walk(case, as_json) if review else reviewing.take(case, as_json)
    read = _read(files, published, source)
    shown: list[tuple[Candidate, Proposal | None, Check | None]] = [(one, None, None) for one in read.candidates]
    if check and read.candidates:
        with working("comparing with the ledger"):
            shown = _checked(read.candidates, ledger, role)
    if as_json or not sys.stdout.isatty():
        document({"statements": [_content(*one) for one in shown]})
    else:
        _table(shown)
    return PARTIAL if read.failed else 0


class _Read:
    """What all files yielded, and how many could not be read."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.failed = 0


def _read(files: list[Path], published: str | None, source: str | None) -> _Read:
    from series.extract import extract as extraction_of

    read = _Read()
    for path in files:
        try:
            text = load(path)
        except InputError as error:
            if len(files) == 1:
                raise
            note(str(error))
            read.failed += 1
            continue
        name = source or ("stdin" if str(path) == "-" else path.stem)
        extraction = extraction_of(text, published=known(published), source=name)
        read.candidates += extraction.candidates
        if extraction.undated:
            note(f"{text.name}: {extraction.undated} figures left out, their year is not known; give --published DATE")
    if read.failed == len(files):
        raise InputError("none of the files could be read; see the lines above")
    return read


def load(path: Path) -> Document:
    """Read a document from a file, or from stdin for `-`."""
    from series.extract import load_file, load_stream

    return load_stream(sys.stdin.buffer, "stdin") if str(path) == "-" else load_file(path)


def known(published: str | None) -> tuple[int, int | None] | None:
    """Return the year and, where it was given, the month of publication."""
    date = day(published)
    return (date.year, date.month if len(published or "") > 4 else None) if date else None


def _checked(candidates: list[Candidate], root: Path | None, role: str) -> list[Any]:
    import datetime as dt

    from series import ledger as ledgers
    from series.review import Checker, propose
    from series.statements import Source

    whole = ledgers.load(root)
    checker = Checker(whole)
    shown = []
    for candidate in candidates:
        source = whole.sources.get(candidate.source) or Source(
            candidate.source, "", "", dt.date.max, "day", "", "", role  # type: ignore[arg-type]
        )  # fmt: skip
        (proposal,) = propose([candidate], whole, source)
        found = checker.check(proposal.statement, source) if proposal.statement else None
        shown.append((candidate, proposal, found))
    return shown


def _content(candidate: Candidate, proposal: Proposal | None, check: Check | None) -> dict[str, Any]:
    content = candidate.document()
    if proposal is None:
        return content
    content["subject"] = proposal.statement.subject if proposal.statement else None
    content["obstacle"] = proposal.obstacle or None
    content["check"] = check.as_json() if check else None
    content["alternatives"] += [dict(one) for one in check.alternatives] if check else []
    return content


def _table(shown: list[tuple[Candidate, Proposal | None, Check | None]]) -> None:
    rows = []
    for one, _, check in shown:
        subject = one.subject
        stem = ".".join(name for name in (subject.area, subject.scope, subject.measure, subject.part) if name)
        figure = [f"{one.value:f}", one.unit, printable(one.printed), one.hedge, check.verdict if check else ""]
        rows.append([stem, str(one.period), one.kind, *figure])
    columns = ["subject", "period", "kind", "value", "unit", "printed", "hedge", "ledger"]
    table(f"{len(rows)} proposed statements", columns, rows, "nothing is in the ledger yet; --json for spans")


def printable(text: str) -> str:
    """Return a text that cannot move the cursor or turn the writing around."""
    return "".join(character if character.isprintable() else " " for character in text)
