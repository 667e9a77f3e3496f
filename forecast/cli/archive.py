"""`forecast archive`: what was run when, whether it can be trusted, and how it did."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.options import ARCHIVE, AsOf, Ledger, day, kept, own_ledger
from forecast.cli.output import Json, document, note, plain, say, table
from forecast.errors import EvidenceError

if TYPE_CHECKING:
    from forecast.archive.scoring import Tally

app = typer.Typer(
    help="Look into the archive of runs.",
    epilog="Example: forecast archive list",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
EMPTY = "No run in {} yet. `forecast report due` makes those that the schedules want."
Root = Annotated[Path, typer.Option("--archive", metavar="DIR", help="Where runs are kept.")]


@app.command("list", epilog="Example: forecast archive list")
def listing(archive: Root = ARCHIVE, as_json: Json = False) -> None:
    """List the runs whose manifest verifies, oldest slot first."""
    from forecast.archive import runs

    shelf = runs.scan(kept(archive))
    if as_json:
        document({"runs": [asdict(run) for run in shelf.runs], "findings": list(shelf.findings)})
        return
    for finding in shelf.findings:
        note(finding)
    if not shelf.runs:
        say(EMPTY.format(archive))
        return
    rows = [[run.id, run.job, run.as_of, run.outcome, len(run.files)] for run in shelf.runs]
    table(f"Runs in {archive}", ["run", "job", "as of", "outcome", "files"], rows)


@app.command(epilog="Example: forecast archive show 20261201T0100Z-outlook-1a2b3c4d")
def show(
    run: Annotated[str, typer.Argument(help="A run of `archive list`.")],
    archive: Root = ARCHIVE,
    _as_json: Annotated[bool, typer.Option("--json", help="As without it.")] = False,
) -> None:
    """Print the manifest of a run as JSON, after checking every file against it."""
    from forecast.archive import runs

    document(asdict(runs.find(kept(archive, there=True), run)))


@app.command(epilog="Example: forecast archive verify")
def verify(archive: Root = ARCHIVE, as_json: Json = False) -> None:
    """Check every run against its manifest; exit 4 where one cannot be trusted."""
    from forecast.archive import runs

    shelf = runs.scan(kept(archive, there=True))
    if as_json:
        document({"runs": len(shelf.runs), "findings": list(shelf.findings)})
    else:
        plain("1 run verifies" if len(shelf.runs) == 1 else f"{len(shelf.runs)} runs verify")
        for finding in shelf.findings[1:]:
            note(finding)
    if shelf.findings:
        raise EvidenceError(shelf.findings[0])


@app.command(epilog="Example: forecast archive score cn.offshore.execution.usd --first 2015 --last 2024")
def score(
    subject: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A series of `series list`; the archive's runs if left out.")
    ] = None,
    first: Annotated[int, typer.Option(metavar="YEAR", help="First year to look out from.")] = 2012,
    last: Annotated[int, typer.Option(metavar="YEAR", help="Last year to look out from.")] = 2030,
    rule: Annotated[
        str, typer.Option(metavar="NAME", help="Which outcome counts: latest, or first as printed.")
    ] = "latest",
    as_of: AsOf = None,
    archive: Root = ARCHIVE,
    ledger: Ledger = None,
    as_json: Json = False,
) -> None:
    """Score forecasts whose outcome is known: of archived runs, or of a series replayed from earlier years."""
    from forecast.archive import runs
    from forecast.archive.outcomes import arrived
    from forecast.archive.replays import replay
    from forecast.archive.scoring import rule_of, tally

    held = own_ledger(ledger)
    if subject is None:
        scored, findings = arrived(kept(archive), rule_of(rule), day(as_of), held)
        for finding in findings:
            note(finding)
    else:
        scored = replay(subject, first, last, engine="batch", rule=rule_of(rule), as_of=day(as_of), ledger=held)
    tallies = tally(scored)
    if as_json:
        document({"scored": len(scored), "rule": rule, "tallies": [_tallied(one) for one in tallies]})
        return
    if not tallies:
        some = runs.scan(archive).runs
        say(f"No forecast of the runs in {archive} has met its outcome yet." if some else EMPTY.format(archive))
        return
    columns = ["model", "ahead", "n", "MASE", "WIS", "CRPS", "skill", "80 %", "95 %"]
    for name in dict.fromkeys(one.series for one in tallies):
        rows = [
            [one.model, one.horizon or "all", one.n, one.mase, one.wis[0], one.crps, one.skill, *_coverage(one)]
            for one in tallies
            if one.series == name
        ]
        table(f"{name}: {'forecasts of earlier years' if subject else 'archived forecasts'}", columns, rows)
    if not all(one.enough for one in tallies):
        plain("Rows with few forecasts say little about coverage.")


def _tallied(one: Tally) -> dict[str, Any]:
    return asdict(one) | {"coverage": _coverage(one)}


def _coverage(one: Tally) -> list[float | None]:
    """Return how often each interval held, None where no outcome tells."""
    return [None if math.isnan(share) else share for share in one.coverage]


@app.command("export-hub", epilog="Example: forecast archive export-hub build/hub")
def export_hub(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the hub.")],
    archive: Root = ARCHIVE,
    maintainer: Annotated[str, typer.Option(metavar="NAME", help="Who keeps the hub.")] = "outsourcing-forecast",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to reach them.")] = "",
    repository: Annotated[str, typer.Option(metavar="OWNER/NAME", help="Where the hub is to live.")] = "",
    as_json: Json = False,
) -> None:
    """Export the forecasts of all runs as a forecast hub (hubverse schema v6, months as the unit of time)."""
    from forecast.archive.hub import Keeper, export

    made = export(kept(archive, there=True), folder, Keeper(maintainer=maintainer, email=email, repository=repository))
    for finding in made.findings:
        note(finding)
    if as_json:
        document(asdict(made) | {"folder": str(made.folder)})
        return
    plain(f"Wrote {made.folder}: {made.rows} rows, {len(made.rounds)} rounds, models {', '.join(made.models)}")
