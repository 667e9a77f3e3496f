"""The commands of `forecast series` that ask the resolver, and the one that exports: check, explain, export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.options import CACHE, AsOf, day
from forecast.cli.options import Ledger as LedgerFolder
from forecast.cli.output import Json, document, plain, say, table, working
from forecast.errors import EvidenceError

if TYPE_CHECKING:
    from series.ledger import Ledger
    from series.statements import Source

Id = Annotated[str, typer.Argument(metavar="ID", help="The series' id, as `series list` prints it.")]
Span = Annotated[str, typer.Argument(metavar="PERIOD", help="2017, 2019Q1, 2019-07 or 2020-01..2020-08.")]


def check(as_of: AsOf = None, ledger: LedgerFolder = None, as_json: Json = False) -> None:
    """Check that all statements can be true together; name conflicts, repairs and what was set aside."""
    from series import resolver
    from series.resolver.storage import remembered

    evidence = opened(ledger).as_of(day(as_of))
    with working("resolving the ledger"):
        found = remembered(CACHE, evidence, "check", lambda: resolver.resolve(evidence).check())
    found = found | {"findings": [*found["findings"], *_undue(evidence), *_cut(ledger)]}
    unresolved = [one for one in found["conflicts"] if one["resolved_by"] is None]
    if as_json:
        document(found)
    else:
        _report(found, unresolved)
    if unresolved:
        raise EvidenceError(
            f"{count(unresolved)} open: {clash(unresolved[0])}; record a decision on one of its statements"
        )


def explain(subject: Id, period: Span, as_of: AsOf = None, ledger: LedgerFolder = None, as_json: Json = False) -> None:
    """Explain a number: what was printed, which statements bound it, and what was set aside, with sources."""
    from series.periods import Period
    from series.resolver.family import around, resolved
    from series.resolver.storage import remembered

    span = Period.parse(period)
    evidence = around(opened(ledger).as_of(day(as_of)), subject, span.frequency or "annual")

    def answer() -> Any:
        return resolved(evidence).explain(subject, span).as_json()

    with working("resolving the ledger"):
        found = remembered(CACHE, evidence, f"explain {subject} {span}", answer)
    if as_json:
        document(found)
    else:
        say(found["text"])


def export(
    subjects: Annotated[list[str], typer.Argument(metavar="ID...", help="Series ids, as `series list` prints them.")],
    out: Annotated[Path, typer.Option(metavar="PATH", help="The file, or the folder of a data package.")],
    form: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="csv, parquet, xlsx or datapackage; else by ending.")
    ] = None,
    frequency: Annotated[str, typer.Option(metavar="NAME", help="annual, quarterly or monthly.")] = "annual",
    as_of: AsOf = None,
    ledger: LedgerFolder = None,
    as_json: Json = False,
) -> None:
    """Export series with their statements and sources: CSV, Parquet, a workbook, or a data package."""
    from series.export import gather, save

    bundle = gather(subjects, frequency, day(as_of), opened(ledger))  # type: ignore[arg-type]  # checked inside
    path = save(bundle, out, form, ledger)
    rows = len(bundle.observations.rows)
    if as_json:
        document({"path": str(path), "series": list(subjects), "observations": rows})
    else:
        say(f"Wrote {rows} observations of {len(subjects)} series to {path}")


def opened(root: Path | None) -> Ledger:
    """Return the ledger of a folder, or the shipped one."""
    from series import ledger

    return ledger.load(root)


def _report(found: dict[str, Any], unresolved: list[dict[str, Any]]) -> None:
    rows = [[one["kind"], " ".join(one["statements"]), one["message"]] for one in found["findings"]]
    table("Findings", ["kind", "statements", "what"], rows)
    for one in unresolved:
        plain(f"Conflict {one['id']}: {clash(one)}.")
        for repair in one["repairs"][:3]:
            plain(f"  {repair['message']}")
    decided = len(found["conflicts"]) - len(unresolved)
    say(f"{found['statements']} statements; {decided} conflicts decided, {len(unresolved)} open")


def ahead(sources: Iterable[Source]) -> list[str]:
    """Say of each source that is dated after tomorrow, the last day that begins anywhere, that it is."""
    today = dt.date.today()  # noqa: DTZ011 - a date on a document has no zone
    return [
        f"source {one.id} is dated {one.published}, and today is {today}; correct the date if it is not so"
        for one in sources
        if one.earliest > today + dt.timedelta(days=1)
    ]


def _undue(evidence: Ledger) -> list[dict[str, Any]]:
    """Return a finding for each source that is dated after today."""
    return [
        {
            "kind": "date ahead",
            "message": said,
            "statements": [item.id for item in evidence.statements if item.source == one.id],
        }
        for one in evidence.sources.values()
        for said in ahead([one])
    ]


def cut(root: Path | None) -> list[str]:
    """Say of each file of a ledger folder whose last line has no end that it has none."""
    from series import ledger

    return [
        f"the last line of {name} has no line end and may have been cut short; look at it, and end it with one"
        for name in ([] if root is None else ledger.unended(root))
    ]


def _cut(root: Path | None) -> list[dict[str, Any]]:
    """Return a finding for each file of a ledger folder that may have been cut short."""
    return [{"kind": "cut file", "message": said, "statements": []} for said in cut(root)]


def count(conflicts: list[dict[str, Any]]) -> str:
    """Return how many conflicts are, as the beginning of a sentence."""
    return "1 conflict is" if len(conflicts) == 1 else f"{len(conflicts)} conflicts are"


def clash(conflict: dict[str, Any]) -> str:
    """Say which statements clash."""
    some = conflict["statements"]
    return f"{', '.join(some)} cannot {'all be true' if len(some) > 1 else 'be true with what always holds'}"
