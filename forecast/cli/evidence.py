"""The commands of `forecast series` that ask the resolver, and those that write: check, explain, add, export."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from forecast.cli.options import CACHE, AsOf, Ledger, day
from forecast.cli.output import Json, document, plain, say, table, working
from forecast.errors import EvidenceError, InputError

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
Id = Annotated[str, typer.Argument(metavar="ID", help="The series' id, as `series list` prints it.")]
Span = Annotated[str, typer.Argument(metavar="PERIOD", help="2017, 2019Q1, 2019-07 or 2020-01..2020-08.")]


def check(as_of: AsOf = None, ledger: Ledger = None, as_json: Json = False) -> None:
    """Check that all statements can be true together; name conflicts, repairs and what was set aside."""
    from series import resolver
    from series.resolver.storage import remembered

    evidence = opened(ledger).as_of(day(as_of))
    with working("resolving the ledger"):
        found = remembered(CACHE, evidence, "check", lambda: resolver.resolve(evidence).check())
    unresolved = [one for one in found["conflicts"] if one["resolved_by"] is None]
    if as_json:
        document(found)
    else:
        _report(found, unresolved)
    if unresolved:
        raise EvidenceError(
            f"{_count(unresolved)} open: {_clash(unresolved[0])}; record a decision on one of its statements"
        )


def explain(subject: Id, period: Span, as_of: AsOf = None, ledger: Ledger = None, as_json: Json = False) -> None:
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
    ledger: Ledger = None,
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


def add(
    ledger: Annotated[Path, typer.Option(metavar="DIR", help="Your ledger folder; a new one starts as a copy.")],
    subject: Annotated[str, typer.Option(metavar="ID", help="What the figure is about.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2017, 2019Q1, 2019-07 or 2020-01..2020-08.")],
    printed: Annotated[str, typer.Option(metavar="TEXT", help="The figure as it stood.")],
    source: Annotated[str, typer.Option(metavar="ID", help="The document's id; give --publisher ... if it is new.")],
    kind: Annotated[str, typer.Option(metavar="NAME", help="level, growth, share, multiple, cagr or bound.")] = "level",
    value: Annotated[str, typer.Option(metavar="NUMBER", help="In the series' unit; else the printed digits.")] = "",
    exponent: Annotated[
        int | None, typer.Option(metavar="N", help="Power of ten of the last printed digit: -1 for 886.5.")
    ] = None,
    hedge: Annotated[str, typer.Option(metavar="NAME", help="exact, about, nearly, over or under.")] = "exact",
    base: Annotated[str, typer.Option(metavar="PERIOD", help="What a rate is measured against; else a year ago.")] = "",
    publisher: Annotated[str, typer.Option(metavar="TEXT", help="Of a new document.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Of a new document.")] = "",
    published: Annotated[str, typer.Option(metavar="DATE", help="Of a new document.")] = "",
    address: Annotated[str, typer.Option(metavar="URL", help="Of a new document.")] = "",
    role: Annotated[
        str, typer.Option(metavar="NAME", help="originator, reprint, translation or secondary.")
    ] = "secondary",
    paraphrase: Annotated[str, typer.Option(metavar="TEXT", help="What it says, in your own words.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write it even though it conflicts.")] = False,
    as_json: Json = False,
) -> None:
    """Add a statement to a ledger folder, after showing what it changes and whether it conflicts."""
    from series import ledger as ledgers
    from series.dates import date_span
    from series.ledger import columns
    from series.periods import Period
    from series.resolver.family import family_of, resolved, within
    from series.statements import Source, Statement

    before = ledgers.load(ledger) if ledger.exists() else ledgers.load()
    span = Period.parse(period)
    rate = kind in ("growth", "multiple", "cagr")
    figure = columns.number(value or printed)
    unit = {"growth": "percent", "cagr": "percent", "share": "percent", "multiple": "x"}.get(kind)
    made = Statement(
        ledgers.next_id(before), source, subject, span, kind, printed, figure,  # type: ignore[arg-type]
        _last_digit(figure) if exponent is None else exponent,
        unit or before.catalog.entry(subject).unit, hedge, "nearest", "printed",  # type: ignore[arg-type]
        (Period.parse(base) if base else span.shift(-12)) if rate else None, "unknown" if kind == "growth" else "",
        "", "", "", "", paraphrase,
    )  # fmt: skip
    document_ = None
    if said := before.same(made):
        raise InputError(f"{said.id} says so already, from the same source; a print counts once, so leave it out")
    if source not in before.sources:
        if not _SOURCE.fullmatch(source):
            raise InputError(f"source id '{source}' is none; write it with letters, digits and . _ -, as mofcom-2027")
        if not (publisher and published):
            raise InputError(
                f"source '{source}' is not in the ledger; give --publisher and --published of the document"
            )
        date, precision = date_span(published)
        document_ = Source(source, publisher, title, date, precision, address, "", role)  # type: ignore[arg-type]
    after = ledgers.preview(before, made, document_)
    with working("resolving the ledger"):
        family = family_of(after, subject)
        new = resolved(within(after, family))
        bounds = new.bounds(subject, span)
        conflicts, releases = new.around(subject, span)
        if conflicts or releases:
            old = resolved(within(before, family)).bounds(subject, span)
        else:
            old = new.bounds_without(made.id, subject, span)
    content = {
        "statement": made.id,
        "before": [old.low, _finite(old.high)],
        "after": [bounds.low, _finite(bounds.high)],
        "released": [one.as_json() for one in releases],
        "conflicts": conflicts,
        "written": not dry_run and (anyway or not conflicts),
    }
    if content["written"]:
        if not ledger.exists():
            ledgers.start(ledger)
        ledgers.add(ledger, made, document_)
    if as_json:
        document(content)
    else:
        _told(content, subject, span)
    if conflicts and not anyway:
        raise EvidenceError(
            f"{made.id} was not written, {_count(conflicts)} open with it: {_clash(conflicts[0])}; correct it, or "
            "write it with --anyway and record a decision"
        )


def opened(root: Path | None) -> Any:
    """Return the ledger of a folder, or the shipped one."""
    from series import ledger

    return ledger.load(root)


def _report(found: dict[str, Any], unresolved: list[dict[str, Any]]) -> None:
    rows = [[one["kind"], " ".join(one["statements"]), one["message"]] for one in found["findings"]]
    table("Findings", ["kind", "statements", "what"], rows)
    for one in unresolved:
        plain(f"Conflict {one['id']}: {_clash(one)}.")
        for repair in one["repairs"][:3]:
            plain(f"  {repair['message']}")
    decided = len(found["conflicts"]) - len(unresolved)
    say(f"{found['statements']} statements; {decided} conflicts decided, {len(unresolved)} open")


def _count(conflicts: list[dict[str, Any]]) -> str:
    return "1 conflict is" if len(conflicts) == 1 else f"{len(conflicts)} conflicts are"


def _clash(conflict: dict[str, Any]) -> str:
    return f"{', '.join(conflict['statements'])} cannot all be true"


def _told(content: dict[str, Any], subject: str, span: object) -> None:
    (low, high), (least, most) = content["before"], content["after"]
    say(f"{subject} {span}: {_range(low, high)} before, {_range(least, most)} with {content['statement']}")
    for one in content["released"]:
        say(f"With it, {one['message']} ({', '.join(one['statements'])})")
    for one in content["conflicts"]:
        say(f"Conflict {one['id']}: {_clash(one)}.")
        for repair in one["repairs"][:3]:
            say(f"  {repair['message']}")
    say("Written." if content["written"] else "Nothing was written.")


def _range(low: float, high: float | None) -> str:
    return f"[{low:,.8g}, {'open' if high is None else format(high, ',.8g')}]"


def _finite(end: float) -> float | None:
    return None if end == float("inf") else end


def _last_digit(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
