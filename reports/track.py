"""Track record: how the models would have done on earlier origins, always beside naive and drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from forecast.models import AMOUNTS_ONLY
from reports import names
from reports.figures import Figure
from reports.inputs import Inputs
from reports.page import Block, Cell, Column, Paragraph, Section, Table, Text, words
from series.observations import Series

METRICS: dict[str, tuple[str, int]] = {
    "mase": ("score", 2),
    "rmsse": ("score", 2),
    "smape": ("percent", 1),
    "crps": ("score", 3),
    "coverage_80": ("coverage", 3),
    "coverage_95": ("coverage", 3),
}
YARDSTICKS = ("naive", "drift")


def section(inputs: Inputs) -> Section:
    """Return one table a series and, above it, what the table can and cannot tell."""
    blocks: list[Block] = [Paragraph(words("track.lead"))]
    for series in inputs.series:
        if any(score.series == series.id for score in inputs.scores):
            blocks += [_verdict(inputs, series.id), _table(inputs, series)]
    if isinstance(last := blocks[-1], Table):
        blocks[-1] = replace(last, note=_joined([words("track.note"), *([last.note] if last.note else [])]))
    if len(blocks) == 1:
        blocks.append(Paragraph(words("track.none"), "note"))
    return Section("track", words("track.heading"), tuple(blocks))


def _table(inputs: Inputs, series: Series) -> Table:
    """Return the mean scores over all horizons, best MASE first, yardsticks in their place among the models.

    A model without a scored forecast has no row but a word below; one forecast alone is no share of anything.
    """
    found = {(s.model, s.metric): s for s in inputs.scores if s.series == series.id and s.horizon == "all"}
    counts = {name: max(score.n for (model, _), score in found.items() if model == name) for name, _ in found}
    models = sorted((name for name, n in counts.items() if n), key=lambda model: _order(found, model))
    metrics = [metric for metric in METRICS if any(name == metric for _, name in found)]
    rows: list[tuple[Cell, ...]] = []
    for model in models:
        cells: list[Cell] = [names.model(model)]
        for metric in metrics:
            unit, places = METRICS[metric]
            score = found.get((model, metric))
            told = score is not None and not (unit == "coverage" and counts[model] == 1)
            value = score.value if score and told else float("nan")
            cells.append(Figure.fixed(value, unit, places, (_id(series.id, model),)))
        cells.append(Figure.fixed(counts[model], "count", 0, (_id(series.id, model),)))
        rows.append(tuple(cells))
    notes: list[Text] = [words("track.single")] if 1 in counts.values() else []
    notes += _unscored([name for name, n in counts.items() if not n], series)
    return Table(
        f"track-{series.id.replace('.', '-')}",
        words("track.caption", name=inputs.title(series.id)),
        (
            Column(words("column.model"), "head"),
            *(Column(words(f"metric.{metric}"), unit=METRICS[metric][0]) for metric in metrics),
            Column(words("column.n"), unit="count"),
        ),
        tuple(rows),
        note=_joined(notes) if notes else None,
        strong=frozenset(i for i, model in enumerate(models) if model in YARDSTICKS),
        sheet="backtests",
        subject=series.id,
    )


def _unscored(models: list[str], series: Series) -> list[Text]:
    """Say which models have no row, and why."""
    barred = [name for name in models if name in AMOUNTS_ONLY and series.unit == "percent"]
    others = [name for name in models if name not in barred]
    found = [words("track.amounts_only", models=names.listed(barred))] if barred else []
    return [*found, *([words("track.unscored", models=names.listed(others))] if others else [])]


def _joined(notes: list[Text]) -> Text:
    return reduce(lambda before, after: words("track.both", first=before, second=after), notes)


def _verdict(inputs: Inputs, series: str) -> Paragraph:
    """Say which models the backtest can tell from the naive yardstick, and that it cannot where it cannot."""
    rows = [row for row in inputs.verdicts if row["series"] == series and row["against"] == YARDSTICKS[0]]
    if not rows:
        return Paragraph(words("track.no_verdict"), "note")
    n = Figure.fixed(max(int(row["n"]) for row in rows), "count", 0, (_id(series, YARDSTICKS[0]),))
    told = {kind: [row["model"] for row in rows if row["verdict"] == kind] for kind in ("better", "worse")}
    if not any(told.values()):
        return Paragraph(words("track.cannot_tell", n=n))
    found = [words(f"track.{kind}", models=names.listed(models), n=n) for kind, models in told.items() if models]
    text = found[0] if len(found) == 1 else words("track.both", first=found[0], second=found[1])
    return Paragraph(text)


def _order(found: Mapping[tuple[str, str], Any], model: str) -> tuple[float, str]:
    score = found.get((model, "mase"))
    return (score.value if score and score.value == score.value else float("inf"), model)


def _id(series: str, model: str) -> str:
    return f"backtest:{series}:{model}"
