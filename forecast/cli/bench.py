"""`forecast bench`: measure speed and accuracy beside the peers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from forecast.cli.output import Json, document, say, table

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: forecast bench start")
def bench(
    suite: Annotated[str, typer.Argument(help="Which benchmark to run.")] = "start",
    peers: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Python of the peers' environment, where a suite asks peers.",
            show_default=".bench-venv",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run a benchmark and print its tables."""
    from forecast.bench import PEERS, measure
    from forecast.bench.records import content

    tables = measure(suite, peers or PEERS)
    if as_json:
        document(content(tables))
        return
    for entry in tables:
        columns = list(dict.fromkeys(column for row in entry.rows for column in row))
        table(entry.title, columns, [[row.get(column) for column in columns] for row in entry.rows])
        if entry.remark:
            say(entry.remark)
