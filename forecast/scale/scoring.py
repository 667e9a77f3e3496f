"""Scoring: a backtest of a chunk: every series at its newest origins, beside naive and drift, by series and step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.backtest import BESIDE, CRITERION
from forecast.backtest.verdicts import EXACT, UNKNOWN
from forecast.panels import HORIZONS, SHORTEST
from forecast.quantiles import LEVELS
from forecast.scale import chunks
from forecast.scale.answers import answer_all
from forecast.scale.assembly import Run, blocks
from forecast.scale.chunks import Job
from forecast.scale.spills import FOLDER
from forecast.scale.stores import Store
from forecast.scores import TABLE, measure, naive_scale, summarise
from forecast.tables.findings import REFUSED, Finding
from forecast.windows import Bools, Floats, Ints, Windows, origins_of
from series.periods import MONTHS, SEASONS

if TYPE_CHECKING:
    import pyarrow as pa

SCORES, TOTALS, OVERALL = "scores", f"{FOLDER}/totals", "scores.csv"
LEVEL = 0.05
DIFFERENCE, SQUARE = "difference", "difference squared"
"""Totals of what verdicts rest on: each series' CRPS less that of naive, and its square."""


def score_chunk(job: Job, chunk: int) -> dict[str, int]:
    """Backtest a chunk and write refusals, totals and, last, the scores: with them the chunk is done."""
    store = Store(job.root)
    found = chunks.assembled(store, chunk)
    parts: list[tuple[pa.Table, pa.Table]] = []
    refused: list[Finding] = []
    for run in found.runs:
        for rows in blocks(run.lengths * job.origins):
            some, refusals = _scored(job, run, rows)
            parts += some
            refused += refusals
    name = chunks.name_of(chunk)
    chunks.write_table(store, f"{chunks.REFUSALS}/{name}", chunks.listed(refused, len(refused)))
    chunks.write_table(store, f"{TOTALS}/{name}", _joined([totals for _, totals in parts]))
    scores = _joined([scores for scores, _ in parts])
    chunks.write_table(store, f"{SCORES}/{name}", scores)
    return {"chunk": chunk, "series": found.series, "rows": len(scores)}


def sum_up(store: Store, every: range) -> None:
    """Write the scores over all series by model and step, with the verdict against naive beside the CRPS."""
    import csv
    import io

    from pyarrow import parquet

    sums: dict[tuple[str, int, str], tuple[float, int]] = {}
    for chunk in every:
        with store.open(f"{TOTALS}/{chunks.name_of(chunk)}") as file:
            for row in parquet.ParquetFile(file).read().to_pylist():
                key = (row["model"], row["horizon"], row["metric"])
                value, n = sums.get(key, (0.0, 0))
                sums[key] = (value + row["value"], n + row["n"])
    roots = {score.name for score in TABLE if score.average == "root"}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["model", "horizon", "metric", "value", "n", "against naive"])
    for (model, horizon, metric), (value, n) in sums.items():
        if metric in (DIFFERENCE, SQUARE) or not n:
            continue
        mean = (value / n) ** (0.5 if metric in roots else 1.0)
        told = ""
        if (metric, horizon) == (CRITERION, 0) and model != BESIDE[0] and (model, 0, DIFFERENCE) in sums:
            told = judge(*sums[model, 0, DIFFERENCE], sums[model, 0, SQUARE][0])
        writer.writerow([model, horizon or "all", metric, f"{mean:.10g}", n, told])
    store.write_bytes(OVERALL, text.getvalue().encode())


def judge(total: float, count: int, square: float) -> str:
    """Judge a model by differences of many series, given their sum, number and sum of squares.

    The test of `backtest.verdicts` with a series for a block, by its normal approximation.
    """
    if count <= EXACT or square == 0 or erfc(abs(total) / sqrt(2 * square)) >= LEVEL:
        return UNKNOWN
    return "better" if total < 0 else "worse"


def _scored(job: Job, run: Run, rows: Ints) -> tuple[list[tuple[pa.Table, pa.Table]], list[Finding]]:
    """Score some series of a run: all their windows are one batch."""
    season = SEASONS[run.frequency]
    horizon = job.horizon or HORIZONS[run.frequency]
    names = [run.names[row] for row in rows.tolist()]
    lengths, padded = run.lengths[rows], run.padded(rows)
    width = padded.shape[1]
    known = np.isfinite(padded)
    marks = origins_of(known, job.origins, horizon, SHORTEST)
    refused = [
        Finding(REFUSED, names[row], f"{size} observations; a backtest needs {SHORTEST} before an origin and one after")
        for row, size in enumerate(known.sum(axis=1).tolist())
        if not marks[row].any()
    ]
    if not marks.any():
        return [], refused
    place, behind = _ordered(marks)
    values = _shifted(padded, place, -behind, width)
    coming = _shifted(padded, place, width - behind, horizon)
    origins = run.last[rows][place] - behind * MONTHS[run.frequency]
    batch = Windows(
        values,
        lengths[place] - behind,
        season,
        origins // (12 // season) % season,
        chunks.seeds(job, replace(run, last=origins, names=tuple(names[row] for row in place)), np.arange(len(place))),
    )
    supports = [run.supports[rows[row]] for row in place.tolist()]
    models = list(dict.fromkeys([*job.models, *BESIDE]))
    answers = answer_all(models, batch, horizon, supports, job.engine)
    refused += chunks.by_models({model: _silent(names, place, answers[model].refusals) for model in job.models})
    scales = naive_scale(values, season)
    cells = {model: measure(coming, one.quantiles, LEVELS, *scales) for model, one in answers.items()}
    return [_tabled(cells, names, place)], refused


def _silent(names: Sequence[str], place: Ints, refusals: Sequence[str]) -> dict[str, str]:
    """Return the series (`place` is their row [W]) that a model answered at no origin, with its words on the newest."""
    if not any(refusals):
        return {}
    newest = dict(zip(place.tolist(), refusals, strict=True))
    answered = {row for row, refusal in zip(place.tolist(), refusals, strict=True) if not refusal}
    return {names[row]: said for row, said in newest.items() if row not in answered}


def _ordered(marks: Bools) -> tuple[Ints, Ints]:
    """Return of which series [W] each origin is, and how many steps before its last value [W]; the oldest come first.

    Series that have the same number of origins after an origin stand together.
    """
    newer: Ints = np.cumsum(marks[:, ::-1], axis=1, dtype=np.int64)[:, ::-1]
    row, step = np.nonzero(marks)
    order = np.lexsort((row, -newer[row, step]))
    return row[order], marks.shape[1] - 1 - step[order]


def _shifted(padded: Floats, place: Ints, first: Ints, size: int) -> Floats:
    """Return [W, size] values of the chosen series from a first step on; NaN outside."""
    at = first[:, None] + np.arange(size)
    inside = (at >= 0) & (at < padded.shape[1])
    return np.asarray(np.where(inside, padded[place[:, None], np.where(inside, at, 0)], np.nan))


def _tabled(cells: dict[str, dict[str, Any]], names: list[str], place: Ints) -> tuple[pa.Table, pa.Table]:
    """Return the scores of each series over all steps, and sums over the series by step."""
    scores: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    for model, metrics in cells.items():
        for score in TABLE:
            values, counts = summarise(score, metrics[score.name], place, len(names))
            scores += [
                {"model": model, "series": name, "metric": score.name, "value": value, "n": n}
                for name, value, n in zip(names, values[1:, 0].tolist(), counts[1:, 0].tolist(), strict=True)
                if n
            ]
            raised = values[0] ** 2 if score.average == "root" else values[0]
            totals += [
                {"model": model, "horizon": step, "metric": score.name, "value": float(value) * int(n), "n": int(n)}
                for step, (value, n) in enumerate(zip(raised, counts[0], strict=True))
                if n
            ]
    judged = next(score for score in TABLE if score.name == CRITERION)
    for model, metrics in cells.items():
        ours, theirs = metrics[CRITERION], cells[BESIDE[0]][CRITERION]
        both = np.isfinite(ours) & np.isfinite(theirs)
        means = [summarise(judged, np.where(both, one, np.nan), place, len(names))[0][1:, 0] for one in (ours, theirs)]
        apart = means[0] - means[1]
        apart = apart[np.isfinite(apart)]
        for metric, summed in ((DIFFERENCE, apart.sum()), (SQUARE, (apart**2).sum())):
            totals.append({"model": model, "horizon": 0, "metric": metric, "value": float(summed), "n": len(apart)})
    return _frame(scores), _frame(totals)


def _frame(rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    kinds = {"model": pa.string(), "series": pa.string(), "horizon": pa.int16(), "metric": pa.string()}
    names = rows[0] if rows else ("model", "series", "metric", "value", "n")
    fields = [(name, kinds.get(name, pa.int64() if name == "n" else pa.float64())) for name in names]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _joined(tables: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(tables) if tables else _frame([])
