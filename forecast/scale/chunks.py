"""Chunks: what is done with one, the same on every machine: look it over, or forecast it, and write the answer once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from forecast.arguments import FARTHEST
from forecast.panels import HORIZONS
from forecast.quantiles import Forecasts
from forecast.scale.answers import answer_all
from forecast.scale.arrays import to_arrow, to_coded, to_texts
from forecast.scale.assembly import Assembled, Run, assemble, blocks
from forecast.scale.spills import FOLDER, INDEX, gather
from forecast.scale.stores import Store
from forecast.tables.findings import ASSUMED, NAMED, PARTLY, REFUSED, Finding
from forecast.windows import Ints, Windows, seed_of
from series.periods import LAST_YEAR, MONTHS, SEASONS, Period

if TYPE_CHECKING:
    import pyarrow as pa

ASSUMPTIONS, SURVEY = "assumed", "survey"
FINDINGS, FORECASTS, REFUSALS = f"{FOLDER}/findings", "forecasts", f"{FOLDER}/refusals"
LONG = ("model", "series", "origin", "horizon", "period", "quantile", "value")
"""Columns of forecasts."""
LISTED = ("series", "kind", "message")
"""Columns of findings, and of the lists of them."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for, and where the panel lies; small, for it travels to every worker.

    Attributes:
        root: the address of the store.
        models: by name.
        horizon: steps ahead, or 0 for the usual one of the frequency.
        to: the last period wanted, instead of a horizon.
        engine: reference or batch.
        seed: of everything simulated.
        origins: for a backtest, the newest origins of each series; 0 for a forecast.
    """

    root: str
    models: tuple[str, ...]
    horizon: int = 0
    to: str = ""
    engine: str = "batch"
    seed: int = 0
    origins: int = 0


def survey(job: Job, chunk: int) -> dict[str, Any]:
    """Look a chunk over and write its findings; return what is known of it.

    That is how many series it has, fail, are odd, and of each frequency, and what is assumed of how many, by its kind,
    with the first of them.
    """
    store = Store(job.root)
    found = assembled(store, chunk, odd=True)
    rows = listed([*found.failures, *found.oddities], len(found.failures))
    counts = {"chunk": chunk, "series": found.series, "failed": len(found.failures), "odd": len(found.oddities)}
    counts |= {str(one): sum(len(run.names) for run in found.runs if run.frequency == one) for one in MONTHS}
    assumed = {kind: found.assumed.get(kind, ()) for kind in ASSUMED}
    known = counts | {ASSUMPTIONS: {kind: [len(ids), ids[:NAMED]] for kind, ids in assumed.items()}}
    write_table(store, f"{FINDINGS}/{name_of(chunk)}", rows.replace_schema_metadata({SURVEY: json.dumps(known)}))
    return known


def surveyed(store: Store, chunk: int) -> dict[str, Any]:
    """Return what `survey` said of a chunk that was looked over before."""
    from pyarrow import parquet

    with store.open(f"{FINDINGS}/{name_of(chunk)}") as file:
        known: dict[str, Any] = json.loads(parquet.read_schema(file).metadata[SURVEY.encode()])
    return known


def predict_chunk(job: Job, chunk: int) -> dict[str, int]:
    """Forecast a chunk and write first the refusals, then the forecasts: with them the chunk is done."""
    store = Store(job.root)
    found = assembled(store, chunk)
    tables, refused = [], []
    for run in found.runs:
        for rows in blocks(run.lengths):
            parts, refusals = _predicted(job, run, rows)
            tables += parts
            refused += refusals
    write_table(store, f"{REFUSALS}/{name_of(chunk)}", listed(refused, len(refused)))
    table = _sorted(tables)
    write_table(store, f"{FORECASTS}/{name_of(chunk)}", table)
    return {"chunk": chunk, "series": found.series, "rows": len(table)}


def name_of(chunk: int) -> str:
    """Return the file name of a chunk's answer."""
    return f"part-{chunk:05d}.parquet"


def write_table(store: Store, name: str, table: pa.Table) -> None:
    """Write a table as Parquet: plain columns, small, the same bytes for the same table.

    Least and largest values are kept of ids alone, by which a reader can leave a file out.
    """
    from pyarrow import parquet

    coded = [field.name for field in table.schema if field.name != "value"]
    store.write(
        name,
        lambda file: parquet.write_table(
            table,
            file,
            compression="zstd",
            compression_level=1,
            use_dictionary=coded,
            write_statistics=["series"],
            store_schema=bool(table.schema.metadata),
        ),
    )


def assembled(store: Store, chunk: int, odd: bool = False) -> Assembled:
    """Return the series of a chunk; what is odd about them only if asked for."""
    index = store.read_json(INDEX)
    broken = {int(number): f"{name} ({reason})" for number, (name, reason) in index["broken"].items()}
    return assemble(gather(store, index, chunk), broken, odd)


def _predicted(job: Job, run: Run, rows: Ints) -> tuple[list[pa.Table], list[Finding]]:
    """Forecast some series of a run by every model, and name those that a model refuses."""
    season, length = SEASONS[run.frequency], MONTHS[run.frequency]
    steps = _steps(job, run, rows)
    refused = _unreachable(job, run, rows, steps)
    told = {one.series for one in refused}
    reached = np.array([run.names[row] not in told for row in rows.tolist()], dtype=np.bool_)
    rows, steps = rows[reached], steps[reached]
    if not len(rows):
        return [], refused
    last, names = run.last[rows], [run.names[row] for row in rows.tolist()]
    windows = Windows(
        run.padded(rows), run.lengths[rows], season, last // (12 // season) % season, seeds(job, run, rows)
    )
    supports = [run.supports[row] for row in rows.tolist()]
    answers = answer_all(job.models, windows, int(steps.max()), supports, job.engine)
    refused += by_models(
        {
            model: {name: said for name, said in zip(names, answer.refusals, strict=True) if said}
            for model, answer in answers.items()
        }
    )
    return [tabulate(model, names, last, length, answer, steps) for model, answer in answers.items()], refused


def by_models(told: Mapping[str, Mapping[str, str]]) -> list[Finding]:
    """Return what each model says of the series that it refuses; a series that another one answers is told apart."""
    silent = set.intersection(*(set(said) for said in told.values()))
    return [
        Finding(REFUSED if name in silent else PARTLY, name, f"{model}: {refusal}")
        for model, said in told.items()
        for name, refusal in said.items()
    ]


def seeds(job: Job, run: Run, rows: Ints) -> NDArray[np.uint64]:
    """Return the seed [B] of each window; the batch engine simulates nothing and needs none."""
    if job.engine == "batch":
        return np.zeros(len(rows), dtype=np.uint64)
    named = zip([run.names[row] for row in rows.tolist()], run.ends(rows), strict=True)
    return np.array([seed_of(name, end, job.seed) for name, end in named], dtype=np.uint64)


def _steps(job: Job, run: Run, rows: Ints) -> Ints:
    """Return [B] how many steps each series is forecast, none or less where it reaches the last period wanted."""
    if not job.to:
        return np.full(len(rows), job.horizon or HORIZONS[run.frequency], dtype=np.int64)
    length = MONTHS[run.frequency]
    return np.asarray(-((run.last[rows] + length - 1 - Period.parse(job.to).end) // length))


def _unreachable(job: Job, run: Run, rows: Ints, steps: Ints) -> list[Finding]:
    """Return the series that cannot be forecast so many steps, each with its reason."""
    beyond = run.last[rows] + (steps + 1) * MONTHS[run.frequency] > 12 * (LAST_YEAR + 1)
    other = bool(job.to) and Period.parse(job.to).frequency not in (run.frequency, "annual")
    bad = np.flatnonzero(beyond | (steps < 1) | (steps > FARTHEST) | other)
    found = []
    for place, end in zip(bad.tolist(), run.ends(rows[bad]), strict=True):
        if other:
            said = f"'{job.to}' is no {run.frequency} period; write it as the series does, like {end}"
        elif steps[place] < 1:
            said = f"ends in {end}; give a last period after it, not {job.to}"
        elif beyond[place]:
            said = f"its forecasts would reach beyond {LAST_YEAR}"
        else:
            said = f"ends in {end}, {steps[place]} periods before {job.to}; at most {FARTHEST} are forecast"
        found.append(Finding(REFUSED, run.names[int(rows[place])], said))
    return found


def tabulate(model: str, names: Sequence[str], last: Ints, length: int, answer: Forecasts, steps: Ints) -> pa.Table:
    """Return an answer in the long form, refused series and steps past a series' last one left out."""
    import pyarrow as pa

    _, horizon, levels = answer.quantiles.shape
    wanted = np.arange(1, horizon + 1)[None, :] <= steps[:, None]
    wanted &= np.array([not refusal for refusal in answer.refusals], dtype=np.bool_)[:, None]
    row, step = np.nonzero(wanted)
    values = answer.quantiles.reshape(-1) if wanted.all() else answer.quantiles[row, step].reshape(-1)
    origins, origin = np.unique(last, return_inverse=True)
    spans = [Period(start, start + length - 1) for start in origins.tolist()]
    ahead = [str(span.step(n)) for span in spans for n in range(1, horizon + 1)]

    def coded(texts: Sequence[str], places: Any) -> Any:
        return to_coded(to_texts(texts), np.repeat(places.astype(np.int32), levels))

    return pa.table(
        {
            "model": coded([model], np.zeros(len(row))),
            "series": coded(names, row),
            "origin": coded([str(span) for span in spans], origin[row]),
            "horizon": to_arrow(np.repeat((step + 1).astype(np.int16), levels)),
            "period": coded(ahead, origin[row] * horizon + step),
            "quantile": to_arrow(np.tile(answer.levels, len(row))),
            "value": to_arrow(values),
        }
    )


def _sorted(tables: list[pa.Table]) -> pa.Table:
    """Put the tables of a chunk together; a series' rows stay together, the models one after the other."""
    import pyarrow as pa

    if not tables:
        return _blank()
    return pa.concat_tables(tables).unify_dictionaries()


def _blank() -> pa.Table:
    import pyarrow as pa

    text = pa.dictionary(pa.int32(), pa.string())
    kinds = (text, text, text, pa.int16(), text, pa.float64(), pa.float64())
    return pa.schema(list(zip(LONG, kinds, strict=True))).empty_table()


def listed(found: Sequence[Finding], fatal: int) -> pa.Table:
    """Return findings as a table, of which the first so many are fatal."""
    import pyarrow as pa

    columns = [to_texts([getattr(one, name) for one in found]) for name in LISTED]
    deadly = to_arrow(np.arange(len(found)) < fatal)
    return pa.Table.from_arrays([*columns, deadly], [*LISTED, "fatal"])
