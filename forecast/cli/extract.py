"""`forecast extract`: from a press text to proposed statements."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.options import day
from forecast.cli.output import Json, document, note, table

if TYPE_CHECKING:
    from series.extract import Candidate

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command(epilog="Example: forecast extract release.txt --published 2020-09-18")
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Text, HTML, Markdown or PDF; - is stdin.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When it was published: 2020-09-18, 2020-09 or 2020."),
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Name of the source; else the file's name.")] = None,
    as_json: Json = False,
) -> int:
    """Propose statements from press texts; nothing enters the ledger unreviewed."""
    from forecast.errors import InputError
    from series.extract import extract as read
    from series.extract import load_file, load_stream

    date = day(published)
    known = (date.year, date.month if len(published or "") > 4 else None) if date else None
    found: list[Candidate] = []
    failed = 0
    for path in files:
        try:
            text = load_stream(sys.stdin.buffer, "stdin") if str(path) == "-" else load_file(path)
        except InputError as error:
            if len(files) == 1:
                raise
            note(str(error))
            failed += 1
            continue
        extraction = read(text, published=known, source=source or path.stem if str(path) != "-" else source or "stdin")
        found += extraction.candidates
        if extraction.undated:
            note(f"{text.name}: {extraction.undated} figures left out, their year is not known; give --published DATE")
    if failed == len(files):
        raise InputError("none of the files could be read; see the lines above")
    if as_json or not sys.stdout.isatty():
        document({"statements": [candidate.document() for candidate in found]})
    else:
        rows = [
            [
                c.subject.area,
                c.subject.scope,
                c.subject.measure,
                c.subject.part or "",
                str(c.period),
                c.kind,
                *_figure(c),
            ]
            for c in found
        ]
        columns = ["area", "scope", "measure", "part", "period", "kind", "value", "unit", "printed", "hedge"]
        table(f"{len(found)} proposed statements", columns, rows, "nothing is in the ledger yet; --json for spans")
    return 3 if failed else 0


def _figure(candidate: Candidate) -> list[str]:
    return [f"{candidate.value:f}", candidate.unit, candidate.printed, candidate.hedge]
