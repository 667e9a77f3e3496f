"""Runs: from a source to a folder of forecasts, stage by stage; what was written stays, and a stopped run goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from forecast.errors import InputError, named
from forecast.scale import chunks, scoring, spills
from forecast.scale.chunks import Job
from forecast.scale.engines import Engine, Work, versions
from forecast.scale.sources import Source
from forecast.scale.stores import Store
from forecast.tables.findings import AS_MISSING, ASSUMED, NAMED, PARTLY
from series.periods import MONTHS

PLAN, DONE = "plan.json", "run.json"
PLACED = ("root",)
"""What of a job says where it is and not what it asks for."""


class Listener(Protocol):
    """Hears how far a run is."""

    def begin(self, stage: str, total: int, unit: str) -> None:
        """A stage begins that has so many units."""
        ...

    def advance(self, count: int) -> None:
        """So many more are done."""
        ...

    def say(self, text: str) -> None:
        """Something that the user should know."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: where it is, how many series it found, forecast and failed, and by which reasons.

    Of the series that failed, `partly` were forecast all the same, only not by every model.
    """

    out: str
    chunks: int
    series: int
    failed: int
    odd: int
    broken: int
    rows: int
    partly: int = 0

    @property
    def partial(self) -> bool:
        """Whether something of the user's data is not in the forecasts."""
        return bool(self.failed or self.broken)


def execute(
    job: Job, source: Source, engine: Engine, listener: Listener, resume: bool = False, chunk: int = spills.CHUNK
) -> Outcome:
    """Bring the series together, look them over, forecast them, and sum up.

    Args:
        job: what is asked for, and where the results go.
        source: the opened data.
        engine: who works.
        listener: hears of progress.
        resume: go on with what lies there, if it is the same job on the same data.
        chunk: rows of a chunk, about.

    Raises:
        InputError: if the folder holds something else, or another job.
        PartialError: if chunks failed or the cluster went away; the run can be resumed.
    """
    store = Store(job.root)
    claim(store, _plan(job, source, chunk), resume)
    if store.exists(DONE):
        return Outcome(**store.read_json(DONE)["outcome"] | {"out": job.root})
    for note in source.notes:
        listener.say(note)
    index = _scattered(source, store, job, engine, chunk, listener)
    for name, reason in index["broken"].values():
        listener.say(f"{name} is not readable ({reason}); it is left out")
    every = range(index["chunks"])
    listener.begin("looking the series over", len(every), "chunks")
    counts = {one["chunk"]: one for one in _each(chunks.survey, job, every, store, chunks.FINDINGS, engine, listener)}
    total = sum(one["series"] for one in counts.values())
    _tell(store, every, counts, listener)
    work, folder, stage = _stage(job)
    todo = _missing(store, folder, every)
    listener.begin(stage, total, "series")
    listener.advance(total - sum(counts[one]["series"] for one in todo))
    for answer in engine.each(work, job, todo):
        listener.advance(answer["series"])
    return _closed(job, store, index, counts, source)


def claim(store: Store, plan: dict[str, Any], resume: bool) -> None:
    """Take a folder for a job, or go on with the same one.

    Raises:
        InputError: if something else is there.
    """
    if store.exists(PLAN):
        kept = store.read_json(PLAN)
        if not resume:
            what = "a finished run" if store.exists(DONE) else "an unfinished run"
            raise InputError(f"{store.address} holds {what}; add --resume to go on with it, or name another folder")
        for key, value in plan.items():
            if kept.get(key) != value:
                raise InputError(
                    f"{store.address} holds a run with another {key} ({kept.get(key)}, now {value}); "
                    "give the same command, or name another folder"
                )
        return
    vacant(store)
    store.write_json(PLAN, plan)


def vacant(store: Store) -> None:
    """Check that a folder is empty, or holds a run.

    Raises:
        InputError: if something else is there.
    """
    if not store.exists(PLAN) and store.names(""):
        raise InputError(f"{store.address} is not empty and holds no run; name another folder")


def _stage(job: Job) -> tuple[Work, str, str]:
    """Return what is done with a chunk, where its answer goes, and what that is called."""
    if job.origins:
        return scoring.score_chunk, scoring.SCORES, "backtesting"
    return chunks.predict_chunk, chunks.FORECASTS, "forecasting"


def _plan(job: Job, source: Source, chunk: int) -> dict[str, Any]:
    asked = {key: value for key, value in asdict(job).items() if key not in PLACED}
    asked["models"] = list(asked["models"])
    return {
        **asked,
        "source": source.print,
        "columns": source.layout.described(),
        "chunk": chunk,
        "versions": versions(),
    }


def _scattered(source: Source, store: Store, job: Job, engine: Engine, chunk: int, listener: Listener) -> Any:
    if store.exists(spills.INDEX):
        return store.read_json(spills.INDEX)
    listener.begin("bringing series together", source.size, "rows")
    seen = 0

    def told(rows: int) -> None:
        nonlocal seen
        listener.advance(rows - seen)
        seen = rows

    def spread(work: Work, pieces: list[int]) -> Iterator[dict[str, Any]]:
        return engine.each(work, job, pieces)

    return spills.scatter(source, store, chunk, told, spread if engine.near else None)


def _missing(store: Store, folder: str, every: Iterable[int]) -> list[int]:
    there = store.names(folder)
    return [chunk for chunk in every if chunks.name_of(chunk) not in there]


def _each(
    work: Work, job: Job, every: range, store: Store, folder: str, engine: Engine, listener: Listener
) -> Iterator[dict[str, Any]]:
    """Yield what is known of chunks that were looked over before, then what the engine says of the others."""
    todo = _missing(store, folder, every)
    for chunk in sorted(set(every) - set(todo)):
        listener.advance(1)
        yield chunks.surveyed(store, chunk)
    for answer in engine.each(work, job, todo):
        listener.advance(1)
        yield answer


def _tell(store: Store, every: range, counts: dict[int, dict[str, Any]], listener: Listener) -> None:
    """Say what was found in the data, a line a kind with the first three series, and what is assumed of it."""
    kinds: dict[str, int] = {}
    shown: dict[str, list[str]] = {}
    gapped = False
    for chunk in every:
        if counts[chunk]["failed"] or counts[chunk]["odd"]:
            for row in findings(store, chunks.FINDINGS, chunk):
                gapped |= row["kind"] == "gap" and not row["fatal"]
                kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
                if kinds[row["kind"]] <= 3:
                    shown.setdefault(row["kind"], []).append(f"{row['series']}: {row['message']}")
    mixed = {one: total for one in MONTHS if (total := sum(counts[chunk][one] for chunk in every))}
    if len(mixed) > 1:
        told = ", ".join(f"{count:,} {frequency}" for frequency, count in mixed.items())
        listener.say(f"the series are of several frequencies ({told}); each is taken in periods of its own")
    for kind, count in kinds.items():
        listener.say(f"{kind}, {count:,}: {'; '.join(shown[kind])}{'; …' if count > 3 else ''}")
    for line in _assumed([counts[chunk][chunks.ASSUMPTIONS] for chunk in every]):
        listener.say(line)
    if gapped:
        listener.say(AS_MISSING)


def _assumed(told: Sequence[Mapping[str, tuple[int, list[str]]]]) -> Iterator[str]:
    """Yield what is assumed of values of which nothing is said, given how many series of each chunk and the first."""
    for kind, said in ASSUMED.items():
        if count := sum(one[kind][0] for one in told):
            yield said.format(named([name for one in told for name in one[kind][1]][:NAMED], NAMED, count))


def findings(store: Store, folder: str, chunk: int) -> list[dict[str, Any]]:
    """Return the findings about a chunk, or what models refused of it."""
    from pyarrow import parquet

    with store.open(f"{folder}/{chunks.name_of(chunk)}") as file:
        found: list[dict[str, Any]] = parquet.ParquetFile(file).read().to_pylist()
    return found


def _closed(job: Job, store: Store, index: Any, counts: dict[int, dict[str, Any]], source: Source) -> Outcome:
    """Write the lists of failures and findings and the summary, and clear the work away."""
    from pyarrow import parquet

    every = range(index["chunks"])
    broken = [("", "unreadable file", f"{name}: {reason}") for name, reason in index["broken"].values()]
    if index["skipped"]:
        broken.append(("", "unreadable line", f"{index['skipped']} lines have more or fewer fields than the head"))
    refused = partly = rows = 0
    for chunk in every:
        kinds = {row["series"]: row["kind"] for row in findings(store, chunks.REFUSALS, chunk)}
        refused, partly = refused + len(kinds), partly + sum(kind == PARTLY for kind in kinds.values())
        with store.open(f"{_stage(job)[1]}/{chunks.name_of(chunk)}") as file:
            rows += parquet.read_metadata(file).num_rows
    _list(store, "failures.csv", every, broken, (chunks.FINDINGS, chunks.REFUSALS), fatal=True)
    _list(store, "findings.csv", every, [], (chunks.FINDINGS,), fatal=False)
    if job.origins:
        scoring.sum_up(store, every)
    total, failed, odd = (sum(one[key] for one in counts.values()) for key in ("series", "failed", "odd"))
    outcome = Outcome(job.root, len(every), total, failed + refused, odd, len(broken), rows, partly)
    told = {key: value for key, value in asdict(outcome).items() if key != "out"}  # equal wherever the run is
    store.write_json(DONE, {**_plan(job, source, 0), "outcome": told})
    store.remove(spills.FOLDER)
    for folder in ("", _stage(job)[1]):
        store.sweep(folder)
    return outcome


def _list(
    store: Store, name: str, every: range, first: list[tuple[str, str, str]], folders: tuple[str, ...], fatal: bool
) -> None:
    """Write findings as CSV that a spreadsheet opens without running anything."""
    import csv
    import io

    from forecast.tables.findings import safe

    def body(file: Any) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(chunks.LISTED)
        writer.writerows(first)
        for chunk in every:
            for folder in folders:
                for row in findings(store, folder, chunk):
                    if row["fatal"] == fatal:
                        writer.writerow([safe(row["series"]), row["kind"], safe(row["message"])])
        text.detach()

    store.write(name, body)
