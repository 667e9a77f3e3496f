"""`forecast run`: forecast series of the ledger or of the user's own data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from forecast.cli.options import (
    Address,
    AsOf,
    ColumnNames,
    Data,
    EngineName,
    Ids,
    Ledger,
    Models,
    Out,
    Reconcile,
    Resume,
    Seed,
    Sheet,
    Sums,
    Workers,
    day,
    names,
    on_disk,
    own_data,
)
from forecast.cli.output import Json, document, note, plain, rounded, say, table, tell_findings, working
from forecast.errors import InputError

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
LISTED = 12
"""Failures that are told; the rest is counted."""
SHOWN = (0.025, 0.1, 0.5, 0.9, 0.975)


@app.command(epilog="Example: forecast run cn.offshore.execution.usd --to 2030   or   forecast run --data my.csv")
def run(
    ids: Ids = None,
    data: Data = None,
    columns: ColumnNames = None,
    sheet: Sheet = None,
    models: Models = None,
    horizon: Annotated[int | None, typer.Option(metavar="N", help="Steps ahead.")] = None,
    to: Annotated[str | None, typer.Option(metavar="PERIOD", help="Last period wanted, such as 2030.")] = None,
    as_of: AsOf = None,
    engine: EngineName = None,
    seed: Seed = 0,
    ledger: Ledger = None,
    reconcile: Reconcile = False,
    sums: Sums = None,
    report: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write a report on the forecasts: HTML and Markdown.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="A,B", help="Languages of --report: en, zh.  [default: en]")
    ] = None,
    out: Out = None,
    resume: Resume = False,
    workers: Workers = 0,
    engine_address: Address = None,
    as_json: Json = False,
) -> int:
    """Forecast series by several models and rank the models on earlier origins.

    Without ids, all series of --data are forecast, or the main series of the ledger. With --out the panel may be larger
    than memory: the default combination alone unless --models says more, no ranking, one file a chunk. With --reconcile
    all series are forecast at once, and their wholes with them.
    """
    own_data(data, columns, sheet)
    together = reconcile or sums is not None
    if out is not None and not together and report is None:
        if data is None or ids:
            raise InputError("--out writes the whole panel of --data; name a file with --data and no ids")
        if as_of is not None:
            raise InputError(f"{data} does not say when its values were known; leave the date {as_of} out")
        if ledger is not None:
            raise InputError("both --data and --ledger are given; name the one that series are taken from")
        from forecast.cli.panel import Ask, run_panel

        ask = Ask(data, out, names(models), horizon, to, engine or "batch", seed, columns, sheet)
        return run_panel(ask, workers, engine_address, resume, as_json)
    if resume or workers or engine_address:
        raise InputError(
            "--resume, --workers and --engine-address are for panels in chunks; name a folder with --out, "
            "and leave --reconcile, --sums and --report out"
        )
    if lang is not None and report is None:
        raise InputError("--lang is about the report; name its folder with --report, or leave it out")
    from forecast import outlook
    from forecast.cli.panel import report_files, write_report
    from forecast.tables import Columns

    if out is not None:
        from forecast.scale import targets

        targets.check(out, [one for one in (data, ledger) if one is not None], empty=True)
    files = [] if report is None else report_files(names(lang) or ["en"])
    if report is not None:
        from reports.targets import check

        check(report, [name for _, _, name in files], "name another folder with --report")
    named, path = Columns.parse(columns), on_disk(data)
    with working("forecasting"):
        made = outlook.ask(
            ids,
            path,
            names(models),
            horizon,
            to,
            day(as_of),
            engine or "reference",
            seed=seed,
            columns=named,
            sheet=sheet,
            ledger=ledger,
            reconcile=together,
            sums=sums,
        )
        answer = made.document(rows=as_json or out is None)
        written = [] if report is None else write_report(made, report, files, data, together, ledger)
    if out is not None:
        from forecast.scale.deliveries import Held, write_answers

        write_answers(Held(made.answers, made.names, made.origins, made.steps), made.failures, out)
    if as_json:
        document(answer | {"files": written} if written else answer)
    else:
        _show(answer)
        if out is not None:
            plain(f"{len(made.forecast):,} series are forecast: {out}")
        for name in written:
            plain(f"Wrote {name}")
    return 3 if answer["failures"] else 0


def _show(answer: dict[str, Any]) -> None:
    tell_findings(answer["findings"])
    for series in dict.fromkeys(row["series"] for row in answer["forecasts"]):
        cells: dict[tuple[str, str], dict[float, float]] = {}
        for row in answer["forecasts"]:
            if row["series"] == series:
                cells.setdefault((row["model"], row["period"]), {})[row["quantile"]] = row["value"]
        rows = [[*key, *(rounded(found.get(level)) for level in SHOWN)] for key, found in cells.items()]
        table(series, ["model", "period", *(f"{100 * level:g} %" for level in SHOWN)], rows)
        if made := _made(answer["produced"], series):
            say(f"Made by {'; '.join(made)}.")
    if answer["ranking"]:
        rows = [
            [row["rank"], row["model"], row["value"], row["n"], row["verdict"], *_against(row)]
            for row in answer["ranking"]
        ]
        heads = ["rank", "model", "CRPS", "n", "against naive", "against the default", "truly better, %"]
        table("Ranking on earlier origins", heads, rows)
    for warning in answer["warnings"]:
        note(warning)
    for failure in answer["failures"][:LISTED]:
        note(f"{failure['series']}: {failure['reason']}")
    if len(answer["failures"]) > LISTED:
        note(f"and {len(answer['failures']) - LISTED:,} more series failed; --json lists them all")


def _against(row: Mapping[str, Any]) -> list[str]:
    """Return how a model stands against the default: the verdict, and the chance that it truly is better."""
    from series.precision import chance

    found = row["beats_default"]
    return [row["against_default"] or "–", "–" if found is None else chance(found)]


def _made(produced: list[dict[str, Any]], series: str) -> list[str]:
    """Return what made the forecasts of a series, where that says more than the model's name."""
    rows = [row for row in produced if row["series"] == series and not row["refusal"]]
    return [row["produced"] for row in rows if row["produced"] not in ("", row["model"])]
