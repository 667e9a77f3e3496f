"""`forecast nowcast`: the running year from its first months."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from forecast.cli.options import (
    AsOf,
    ColumnNames,
    Data,
    Engine,
    Ledger,
    Sheet,
    day,
    engine_known,
    on_disk,
    own_data,
    own_ledger,
)
from forecast.cli.output import Json, document, say, table, tell_findings
from forecast.errors import InputError

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
SHOWN = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
ROUTES = {
    "share": "months over their share of the year",
    "annual": "forecast from earlier years",
    "growth": "last year and the growth of the months",
    "whole": "that growth, corrected by the nowcast of the whole",
}


@app.command(epilog="Example: forecast nowcast cn.offshore.execution.usd --year 2020 --as-of 2020-09-30 --reach 1000")
def nowcast(
    subject: Annotated[str, typer.Argument(metavar="ID", help="A series id, as `series list` prints it.")],
    year: Annotated[int, typer.Option("--year", metavar="Y", help="Which year.")],
    as_of: AsOf = None,
    data: Data = None,
    columns: ColumnNames = None,
    sheet: Sheet = None,
    reach: Annotated[
        float | None, typer.Option(metavar="LEVEL", help="Also tell the probability that the year reaches this level.")
    ] = None,
    ledger: Ledger = None,
    engine: Engine = "batch",
    as_json: Json = False,
) -> None:
    """Nowcast a year from its first months, its growth so far, and the annual forecast of the same day.

    With --data the series is one of your own, monthly or quarterly.
    """
    from forecast import nowcast as nowcasts
    from forecast import panels
    from forecast.tables import Columns

    if reach is not None and not 0 < reach < float("inf"):
        raise InputError(f"the level {reach:g} is impossible for an amount; give one above zero")
    own_data(data, columns, sheet)
    engine_known(engine)
    if data is not None:
        if ledger is not None:
            raise InputError("both --data and --ledger are given; a nowcast takes one of them")
        panel = panels.collect([subject], on_disk(data), day(as_of), Columns.parse(columns), sheet)
        tell_findings([asdict(one) for one in panel.findings if one.kind == "gap"])
        told = nowcasts.of_data(panel.series[0], year, engine)
    else:
        told = nowcasts.nowcast(subject, year, day(as_of), own_ledger(ledger), engine)
    answer = told.document(reach)
    if as_json:
        document(answer)
    else:
        _show(answer)


def _show(answer: dict[str, Any]) -> None:
    quantiles = {row["quantile"]: row["value"] for row in answer["quantiles"]}
    cells = [quantiles[level] for level in SHOWN]
    unit = f" ({answer['unit']})" if answer["unit"] else ""
    table(f"{answer['id']} {answer['year']}{unit}", [f"{100 * level:g} %" for level in SHOWN], [cells])
    if answer["routes"]:
        rows = [[ROUTES[row["route"]], row["value"], f"{100 * row['weight']:.0f} %"] for row in answer["routes"]]
        table("Routes", ["route", "says", "weight"], rows)
    history = [row for row in answer["history"] if answer["year_to_date"] is not None]
    same = [row for row in history if row["months"] == answer["year_to_date"]["months"]]
    if same:
        rows = [
            [
                row["period"],
                row["value"],
                row["growth"],
                row["total"],
                _percent(row["share"]),
                ", ".join(row["statements"]),
            ]
            for row in same
        ]
        table("The same months", ["months", "value", "growth %", "year", "share", "statements"], rows)
    say(f"\n{answer['text']['en']}\n\n{answer['text']['zh']}\n\n{answer['method']}")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
