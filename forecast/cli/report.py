"""`forecast report`: build reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.options import ARCHIVE, CACHE, AsOf, Engine, Ledger, Seed, day, engine_known, instant, kept, names
from forecast.cli.output import Json, document, note, plain, working
from forecast.cli.trouble import Trouble
from forecast.errors import InputError

if TYPE_CHECKING:
    from reports.schedule import Job

app = typer.Typer(
    help="Build reports, or those that are due on their schedule.",
    epilog="Example: forecast report build outlook --lang en",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.command(epilog="Example: forecast report build outlook --lang en,zh --format html,md")
def build(
    report: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which report; all of them if left out.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="A,B", help="Languages: en, zh; files in zh are named *.zh.*.")] = "en",
    form: Annotated[str, typer.Option("--format", metavar="A,B", help="Formats: html, pdf, xlsx, md.")] = "html,md",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write.")] = Path("build/reports"),
    series: Annotated[
        str | None,
        typer.Option(metavar="ID,ID", help="What outlook and scorecard are about, the first leads; the main series."),
    ] = None,
    as_of: AsOf = None,
    ledger: Ledger = None,
    engine: Engine = "reference",
    seed: Seed = 0,
    archive: Annotated[
        Path, typer.Option(metavar="DIR", help="Where runs are kept: the newest tells what changed since.")
    ] = ARCHIVE,
    as_json: Json = False,
) -> None:
    """Build the reports from the ledger and print where they are."""
    from forecast.archive import basis
    from reports import documents, gather, targets
    from series import ledger as ledgers

    wanted = [report] if report else list(documents.REPORTS)
    languages, formats = names(lang) or [], names(form) or []
    documents.check(wanted, languages, formats)
    engine_known(engine)
    kept(archive)
    targets.check(str(out), documents.files(wanted, languages, formats))
    with working("forecasting, backtesting and checking claims"):
        known = basis.newest(archive, day(as_of))
        inputs = gather.inputs(
            day(as_of),
            ledgers.load(ledger),
            names(series) or gather.SUBJECTS,
            names=wanted,
            engine=engine,
            seed=seed,
            earlier=known,
            cache=CACHE,
            archive=archive,
        )
    written = documents.build(inputs, out, wanted, languages, formats)  # type: ignore[arg-type]  # checked above
    if as_json:
        document({"files": [str(path) for path in written], "warnings": list(inputs.warnings)})
        return
    plain(documents.summary(inputs, wanted[0], languages[0]))  # type: ignore[arg-type]  # checked above
    for warning in inputs.warnings:
        note(warning)
    for path in written:
        plain(f"Wrote {path}")


@app.command(epilog="Example: forecast report due --dry-run --now 2026-12-01T02:00:00+00:00")
def due(
    now: Annotated[
        str | None, typer.Option(metavar="TIME", help="The moment to act at, with its zone; the clock's if left out.")
    ] = None,
    schedules: Annotated[Path | None, typer.Option(metavar="DIR", help="Schedules of your own (*.toml).")] = None,
    archive: Annotated[Path, typer.Option(metavar="DIR", help="Where runs are kept.")] = ARCHIVE,
    ledger: Ledger = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would run.")] = False,
    engine: Engine = "reference",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Make the reports that are due and not yet in the archive; a second call finds nothing to do."""
    from forecast.archive import runs
    from reports import fingerprints, jobs, schedule
    from series import ledger as ledgers

    moment = instant(now)
    engine_known(engine)
    shelf = runs.scan(kept(archive))
    every = schedule.load(schedules)
    if not every:
        note(f"'{schedules}' holds no schedule (*.toml), so nothing can be due")
    for finding in (*shelf.findings, *schedule.ahead(every, shelf, moment)):
        note(finding)
    lines: list[str] = []
    trouble = Trouble()
    for job in [] if dry_run else every:
        with trouble.of(job.name):
            trouble.failures += jobs.retry(job, archive, shelf)
    known = ledgers.load(ledger)
    wanted = schedule.due(every, shelf, moment, cache(lambda by: fingerprints.of_evidence(known.as_of(by))))
    for one in wanted:
        if dry_run:
            news = f": there is evidence that {one.since} did not know" if one.since else ""
            lines.append(f"{one.job.name}: {one.job.title}, due {one.slot.isoformat()}{news}")
            continue
        with trouble.of(one.job.name), working(f"making {one.job.name}"):
            made = jobs.make(one, archive, moment, engine, seed, known, CACHE)
            lines.append(made.line)
            trouble.failures += made.failures
            for text in made.notes:
                note(text)
    if as_json:
        document({"due": lines, "dry_run": dry_run, "findings": list(shelf.findings)})
    else:
        plain("\n".join(lines) if lines else "Nothing was made." if wanted else "Nothing is due.")
    trouble.told(done=bool(lines))


@app.command("schedule", epilog="Example: forecast report schedule --install systemd --dry-run")
def trigger(
    install: Annotated[
        str | None, typer.Option(metavar="NAME", help="The hourly trigger of `report due` for cron or systemd.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Install it, instead of printing what would be.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print; the default.")] = False,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder to run in; this one if left out.")
    ] = None,
    schedules: Annotated[Path | None, typer.Option(metavar="DIR", help="Schedules of your own (*.toml).")] = None,
    archive: Annotated[Path | None, typer.Option(metavar="DIR", help="Where runs are kept.")] = None,
    ledger: Ledger = None,
    as_json: Json = False,
) -> None:
    """List the schedules, or print or install what calls `report due` every hour."""
    import sys

    from reports import schedule, triggers
    from series import ledger as ledgers

    if install is None:
        if write or folder is not None:
            option = "--write" if write else "--folder"
            raise InputError(f"{option} is about the trigger; name it with --install cron or --install systemd")
        jobs = [(job, schedule.describe(job)) for job in schedule.load(schedules)]
        if as_json:
            document({"schedules": [_told(job, when) for job, when in jobs]})
        for job, when in [] if as_json else jobs:
            plain(f"{job.name}: {job.title}: {', '.join(job.reports)}; {when}, {job.zone}")
        return
    place = folder or Path.cwd()
    if not place.is_dir():
        raise InputError(f"there is no folder '{place}' to run in; make it first, or name another one with --folder")
    schedule.load(schedules)
    if ledger is not None:
        ledgers.load(ledger)
    if archive is not None and archive.exists():
        kept(archive)
    options = [] if schedules is None else ["--schedules", str(schedules.absolute())]
    options += [] if archive is None else ["--archive", str(archive.absolute())]
    options += [] if ledger is None else ["--ledger", str(ledger.absolute())]
    command = [sys.executable, "-m", "forecast.cli"]
    units = triggers.units(install, command, place.absolute(), options)
    written = triggers.install(install, units) if write and not dry_run else []
    if as_json:
        document({"units": units, "written": [str(place) for place in written]})
    elif written:
        plain("\n".join(f"Wrote {place}" for place in written))
    else:
        plain("\n".join(f"# {name}\n{text}" for name, text in units.items()))


def _told(job: Job, when: str) -> dict[str, Any]:
    return {"name": job.name, "title": job.title, "reports": job.reports, "when": when, "zone": job.zone}
