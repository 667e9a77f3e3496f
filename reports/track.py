"""Track record: how the models would have done on earlier origins, always beside naive and drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports import names
from reports.figures import Figure
from reports.inputs import Inputs
from reports.page import Block, Cell, Column, Paragraph, Section, Table, words

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
            blocks += [_verdict(inputs, series.id), _table(inputs, series.id)]
    if isinstance(last := blocks[-1], Table):
        blocks[-1] = replace(last, note=words("track.note"))
    if len(blocks) == 1:
        blocks.append(Paragraph(words("track.none"), "note"))
    return Section("track", words("track.heading"), tuple(blocks))


def _table(inputs: Inputs, series: str) -> Table:
    """Return the mean scores over all horizons, best MASE first, yardsticks in their place among the models."""
    found = {(s.model, s.metric): s for s in inputs.scores if s.series == series and s.horizon == "all"}
    models = sorted({model for model, _ in found}, key=lambda model: _order(found, model))
    metrics = [metric for metric in METRICS if any(name == metric for _, name in found)]
    rows: list[tuple[Cell, ...]] = []
    for model in models:
        cells: list[Cell] = [names.model(model)]
        for metric in metrics:
            unit, places = METRICS[metric]
            score = found.get((model, metric))
            cells.append(Figure.fixed(score.value if score else float("nan"), unit, places, (_id(series, model),)))
        counts = [score.n for (name, _), score in found.items() if name == model]
        cells.append(Figure.fixed(max(counts), "count", 0, (_id(series, model),)))
        rows.append(tuple(cells))
    return Table(
        f"track-{series.replace('.', '-')}",
        words("track.caption", name=inputs.title(series)),
        (
            Column(words("column.model"), "head"),
            *(Column(words(f"metric.{metric}"), unit=METRICS[metric][0]) for metric in metrics),
            Column(words("column.n"), unit="count"),
        ),
        tuple(rows),
        strong=frozenset(i for i, model in enumerate(models) if model in YARDSTICKS),
        sheet="backtests",
        subject=series,
    )


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
