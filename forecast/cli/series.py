"""`forecast series`: the series of the ledger and their evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from forecast.cli import adding, evidence
from forecast.cli.options import CACHE, AsOf, Ledger, day
from forecast.cli.output import Json, document, say, table, working

app = typer.Typer(
    help="Look at the series of the ledger and at their evidence.",
    epilog="Example: forecast series show cn.offshore.execution.usd",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Frequency = Annotated[str, typer.Option(metavar="NAME", help="annual, quarterly or monthly.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The series' id, as `series list` prints it.")]


@app.command("list", epilog="Example: forecast series list --as-of 2020-12-31")
def listing(as_of: AsOf = None, ledger: Ledger = None, as_json: Json = False) -> None:
    """List every series that has a value."""
    import series

    with working("resolving the ledger"):
        entries = series.listing(day(as_of), _ledger(ledger), CACHE)
    if as_json:
        content = [
            {
                "id": entry.id,
                "title": {"en": entry.title.en, "zh": entry.title.zh},
                "unit": entry.unit,
                "frequency": entry.frequency,
                "start": str(entry.start),
                "end": str(entry.end),
                "n": entry.n,
            }
            for entry in entries
        ]
        document({"series": content})
        return
    rows = [[entry.id, entry.title.en, entry.unit, f"{entry.start}–{entry.end}", entry.n] for entry in entries]
    table("Series", ["id", "title", "unit", "span", "n"], rows)


@app.command(epilog="Example: forecast series show cn.offshore.execution.usd --as-of 2023-10-31")
def show(
    subject: Id,
    frequency: Frequency = "annual",
    as_of: AsOf = None,
    revisions: Annotated[bool, typer.Option("--revisions", help="Show how later documents revised it.")] = False,
    ledger: Ledger = None,
    as_json: Json = False,
) -> None:
    """Show a series: each value with its bounds, status and statements."""
    import series
    from series.precision import ends

    if revisions:
        _revisions(subject, frequency, day(as_of), ledger, as_json)
        return
    with working("resolving the evidence"):
        found = series.show(
            subject,
            frequency,  # type: ignore[arg-type]  # checked inside
            day(as_of),
            _ledger(ledger),
            CACHE,
        )
    if as_json:
        document(_content(found, day(as_of)))
        return
    rows = [
        [
            str(one.period),
            _between(one.value, one.low, one.high),
            *(f"{end:,}" for end in ends(one)),
            one.status,
            _few(one.statements),
        ]
        for one in found.observations
    ]
    table(f"{found.id} ({found.unit})", ["period", "value", "low", "high", "status", "statements"], rows)
    say("Why a number is what it is: forecast series explain ID PERIOD")


app.command(epilog="Example: forecast series check --json")(evidence.check)
app.command(epilog="Example: forecast series explain cn.offshore.execution.usd 2017")(evidence.explain)
app.command(
    epilog="Example: forecast series add --ledger my-ledger --subject cn.offshore.execution.usd --period 2026 "
    "--printed 1700.0 --source mofcom-2027 --publisher MOFCOM --published 2027-01-20"
)(adding.add)
app.command(epilog="Example: forecast series export cn.offshore.execution.usd --out offshore.csv")(evidence.export)


def _revisions(subject: str, frequency: str, as_of: dt.date | None, ledger: Path | None, as_json: bool) -> None:
    from series import vintages
    from series.periods import frequency_of

    whole = evidence.opened(ledger).as_of(as_of)
    found = vintages.revisions(whole, subject, frequency_of(frequency))
    if as_json:
        content = [
            {
                "period": str(one.period),
                "kind": one.kind,
                "first": {"value": one.first.value, "published": one.first.published.isoformat()},
                "published": one.published.isoformat(),
                "low": one.low,
                "high": one.high,
                "change": one.change,
                "statements": [one.first.statement, *one.statements],
            }
            for one in found
        ]
        document({"id": subject, "frequency": frequency, "revisions": content})
        return
    if not found:
        say(f"No later document revised a published level of {subject} ({frequency}).")
        return
    rows = [
        [str(one.period), one.kind, f"{one.first.value:,.1f}", str(one.published), f"{one.low:,.1f} to {one.high:,.1f}",
         f"{one.change:+.2f} %", _few(one.statements)]
        for one in found
    ]  # fmt: skip
    columns = ["period", "kind", "first print", "revised on", "revised to", "change", "statements"]
    table(f"Revisions of {subject}", columns, rows)


def _content(found: Any, as_of: dt.date | None) -> dict[str, Any]:
    return {
        "id": found.id,
        "unit": found.unit,
        "frequency": found.frequency,
        "as_of": as_of.isoformat() if as_of else None,
        "observations": [
            {
                "period": str(one.period),
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "status": one.status,
                "statements": list(one.statements),
            }
            for one in found.observations
        ],
    }


def _between(value: float, low: float, high: float) -> str:
    """Write a value with one decimal, or as many as keep it between its bounds."""
    digits = next((count for count in range(1, 4) if low <= round(value, count) <= high), 4)
    return f"{value:,.{digits}f}"


def _few(statements: tuple[str, ...]) -> str:
    rest = f" +{len(statements) - 3}" if len(statements) > 3 else ""
    return " ".join(statements[:3]) + rest


def _ledger(root: Path | None) -> Any:
    """Return the user's own ledger, or None for the shipped one."""
    if root is None:
        return None
    from series import ledger

    return ledger.load(root)
