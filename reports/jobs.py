"""Jobs: make what is due, archive it, and hand it over."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from forecast.archive import basis, forecasts, runs
from forecast.archive.manifests import Manifest
from forecast.archive.runs import Shelf
from forecast.errors import SeriesError
from reports import delivery, documents, fingerprints, gather, letter, schedule, voice
from reports.inputs import Inputs
from reports.schedule import Due, Job
from series import ledger as ledgers
from series.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Made:
    """A run that was made, and what a person should know about it in one line."""

    run: Manifest
    line: str
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def make(
    due: Due,
    root: Path,
    now: dt.datetime,
    engine: str,
    seed: int,
    ledger: Ledger | None = None,
    cache: Path | None = None,
) -> Made:
    """Make one due slot, archive it and hand it over; where nothing it rests on has changed, record just that.

    Raises:
        LockedError: if another process makes the same job.
        SeriesError, OSError: if it cannot be made; nothing is left behind, and the next call tries again.
    """
    job = due.job
    whole = ledgers.load() if ledger is None else ledger
    evidence = fingerprints.of_evidence(whole.as_of(due.as_of))
    with runs.locked(root, job.name):
        if done := _done(due, runs.scan(root), now, evidence):
            return Made(done, f"{job.name}: {due.slot.isoformat()} was made already as {done.id}")
        notes = delivery.announce(job, "start")
        try:
            run, line = _made(due, root, now, engine, seed, whole, evidence, cache)
        except (SeriesError, OSError) as error:
            delivery.announce(job, "fail", str(error))
            raise
        return Made(run, line, delivery.deliver(job, run, root), notes)


def retry(job: Job, root: Path, shelf: Shelf) -> tuple[str, ...]:
    """Deliver the newest runs of a job to whoever has not got them; nothing is made again."""
    mine = shelf.of(job.name)
    newest = [*[run for run in mine if run.outcome == "complete"][-1:], *mine[-1:]]
    if not newest:
        return ()
    with runs.locked(root, job.name):
        return tuple(
            line for run in {one.id: one for one in newest}.values() for line in delivery.deliver(job, run, root)
        )


def _done(due: Due, shelf: Shelf, now: dt.datetime, evidence: str) -> Manifest | None:
    """Return the run that another scheduler made of the slot, or of its news, before this one had the lock."""
    last = schedule.newest(due.job, shelf, now)
    if due.job.rule == "evidence" and last is not None and last.evidence == evidence:
        return last
    slot = due.slot.isoformat()
    return next((run for run in shelf.of(due.job.name) if run.slot == slot), None)


def _made(
    due: Due, root: Path, now: dt.datetime, engine: str, seed: int, whole: Ledger, evidence: str, cache: Path | None
) -> tuple[Manifest, str]:
    """Make and archive a slot; return the run and what a person should know about it in one line."""
    job = due.job
    inputs = fingerprints.of_inputs(job, evidence, engine, seed)
    mine = runs.scan(root).of(job.name)
    earlier = next((run for run in reversed(mine) if run.outcome == "complete"), None)
    unchanged = earlier is not None and earlier.inputs == inputs
    manifest = Manifest(
        id=f"{due.slot:%Y%m%dT%H%MZ}-{job.name}-{inputs[:8]}",
        job=job.name,
        slot=due.slot.isoformat(),
        made=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        as_of=due.as_of.isoformat(),
        outcome="unchanged" if unchanged else "complete",
        same_as=earlier.id if earlier and unchanged else "",
        inputs=inputs,
        seed=seed,
        engine=engine,
        versions=dict(fingerprints.versions()),
        files=(),
        evidence=evidence,
    )
    if unchanged:
        run = runs.write(root, manifest, lambda _folder: None)
        return run, f"{job.name}: nothing new since {manifest.same_as}; recorded, not sent"
    known = basis.newest(root, due.as_of, job.name)
    subjects = job.series or gather.SUBJECTS
    found = gather.inputs(
        due.as_of,
        whole,
        subjects,
        names=job.reports,
        engine=engine,
        seed=seed,
        earlier=known,
        cache=cache,
        archive=root,
    )
    run = runs.write(root, manifest, lambda folder: _fill(folder, found, job, due.as_of, whole.as_of(due.as_of)))
    return run, f"{job.name}: made {run.id}, {len(run.files)} files"


def _fill(folder: Path, inputs: Inputs, job: Job, as_of: dt.date, ledger: Ledger) -> None:
    """Write the reports, the forecasts in the columns of a forecast hub, and the verdicts on claims."""
    documents.build(inputs, folder / "reports", job.reports, job.languages, job.formats)  # type: ignore[arg-type]
    units = {series.id: series.unit for series in inputs.series}
    made = forecasts.table(inputs.rows(), units, as_of)
    made.to_parquet(folder / forecasts.FILE, index=False)
    basis.write(folder, basis.gathered(ledger, inputs.series, inputs.rows(), as_of))
    if job.mail_to:
        speakers = [voice.of(language) for language in job.languages]
        letter.write(folder, letter.compose(documents.REPORTS[job.reports[0]](inputs), *speakers))
    text = json.dumps(inputs.claims, ensure_ascii=False, indent=1) + "\n"
    (folder / "claims.json").write_text(text, encoding="utf-8")
