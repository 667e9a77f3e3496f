"""Evaluation: what reconciling gains or loses, at past origins, with nothing learned from later errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from forecast import backtest
from forecast.backtest.verdicts import compare
from forecast.errors import EvidenceError
from forecast.hierarchies.errors import POOL, growing, past_errors
from forecast.hierarchies.reconciling import adjusted, with_wholes
from forecast.hierarchies.structure import Hierarchy
from forecast.models import predict_all
from forecast.panels import SHORTEST, Panel
from forecast.quantiles import LEVELS
from forecast.scores import measure, naive_scale
from forecast.windows import Windows, phase_of, seed_of
from series.observations import Series
from series.periods import SEASONS

FEWEST = 6
"""Errors that there must be before the first origin."""
METRICS = ("crps", "coverage_80", "coverage_95")


def backtest_sums(
    panel: Panel,
    declared: str | None,
    models: Sequence[str] | None,
    origins: int | None,
    horizon: int | None,
    engine: str = "batch",
    seed: int = 0,
    refit: int = 1,
) -> dict[str, Any]:
    """Return the document of a backtest of a panel with its wholes, and what reconciling gains or loses."""
    whole, hierarchy, failures = with_wholes(panel, declared)
    found = backtest.make(whole, models, origins, horizon, engine=engine, seed=seed, refit=refit)
    answer = found.document()
    answer["failures"] = [{"series": name, "reason": reason} for name, reason in failures.items()]
    try:
        answer["reconciliation"] = gains(
            whole, hierarchy, list(found.answers), found.origins, found.horizon, engine, seed
        )
    except EvidenceError as error:
        answer["warnings"].append(str(error))
    return answer


def gains(
    panel: Panel,
    hierarchy: Hierarchy | None,
    models: Sequence[str],
    origins: int,
    horizon: int,
    engine: str = "batch",
    seed: int = 0,
) -> dict[str, Any]:
    """Return the scores of unreconciled and reconciled forecasts side by side, for wholes, parts and all.

    It runs on the parts that are known through all the periods it needs, and on their sums.

    Raises:
        EvidenceError: if fewer than two parts are.
    """
    if hierarchy is None:
        raise EvidenceError("these forecasts were not reconciled; there is nothing to compare")
    some, part = _balanced(panel, hierarchy, origins)
    names = [one.id for one in some.series]
    season = SEASONS[some.frequency]
    errors = past_errors(some, models, origins + POOL, engine, seed)
    values = np.array([[seen.value for seen in one.known] for one in some.series])  # [N, T]
    steps = values.shape[1]
    ends = [seen.period for seen in some.series[0].known]
    relative = growing(some)
    cells: dict[tuple[str, str, str], list[Any]] = {}
    for size in range(steps - origins, steps):
        past, end = values[:, :size], ends[size - 1]
        truth = np.full((len(names), horizon), np.nan)
        coming = values[:, size : size + horizon]
        truth[:, : coming.shape[1]] = coming
        windows = Windows.of(
            list(past), season, [phase_of(end, season)] * len(names), [seed_of(name, end, seed) for name in names]
        )
        scales = naive_scale(past, season)
        for model, answer in predict_all(models, windows, horizon, LEVELS, some.supports, engine).items():
            if any(answer.refusals):
                continue
            level = past[:, -1] if relative else None
            base, last = answer.quantiles, end.start
            fixed = adjusted(base, LEVELS, part, errors[model], last, level, some.supports, seed)
            for kind, quantiles in (("unreconciled", base), ("reconciled", fixed)):
                for metric, found in measure(truth, quantiles, LEVELS, *scales).items():
                    if metric in METRICS:
                        cells.setdefault((model, kind, metric), []).append(found)
    stacked = {key: np.stack(found, axis=1).reshape(-1, horizon) for key, found in cells.items()}  # [N * O, H]
    rows = np.repeat(np.arange(len(names)), origins)
    groups = {level: [n for n, one in enumerate(part.levels) if one == level] for level in dict.fromkeys(part.levels)}
    groups |= {"parts": list(range(len(part.wholes), len(names))), "all": list(range(len(names)))}
    table = [
        _row(stacked, model, level, np.isin(rows, members), rows)
        for model in dict.fromkeys(model for model, _, _ in stacked)
        for level, members in groups.items()
    ]
    return {"origins": origins, "horizon": horizon, "series": len(names), "parts": len(part.bottom), "scores": table}


def _row(cells: Any, model: str, level: str, chosen: Any, rows: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"model": model, "level": level}
    for metric in METRICS:
        for kind in ("unreconciled", "reconciled"):
            row[f"{metric}_{kind}"] = float(np.nanmean(cells[model, kind, metric][chosen]))
    ours, theirs = (cells[model, kind, "crps"][chosen] for kind in ("reconciled", "unreconciled"))
    verdict = compare("reconciled", "unreconciled", level, ours, theirs, rows[chosen])
    gain = 100 * (1 - row["crps_reconciled"] / row["crps_unreconciled"])
    return row | {"gain_percent": gain, "n": int(np.isfinite(ours).sum()), "verdict": verdict.verdict}


def _balanced(panel: Panel, hierarchy: Hierarchy, origins: int) -> tuple[Panel, Hierarchy]:
    """Return the parts known up to the newest period and, without a gap, long enough before it, with their sums."""
    need = origins + FEWEST + SHORTEST
    rows = {one.id: row for row, one in enumerate(panel.series)}
    parts = [panel.series[rows[name]] for name in hierarchy.bottom]
    newest = max(one.known[-1].period for one in parts)
    full = [one for one in parts if one.known[-1].period == newest and len(one.run) >= need]
    if len(full) < 2:
        lengths = sorted(len(one.run) for one in parts if one.known[-1].period == newest)
        enough = lengths[-2] - FEWEST - SHORTEST if len(lengths) > 1 else 0
        raise EvidenceError(
            f"what adding up gains is not told: {'1 part has' if full else '0 parts have'} {need} values in a row up "
            f"to {newest}, and two must ({SHORTEST} to forecast from, {FEWEST} errors to learn from, {origins} origins)"
            + (f"; backtest --origins {enough} would tell" if enough > 0 else "")
        )
    part = hierarchy.only([one.id for one in full])
    length = min(len(one.run) for one in full)
    cut = {one.id: _last(one, length) for one in full}
    wholes = [_sum(name, [cut[member] for member in sorted(members)]) for name, members in part.parts()]
    series = (*wholes, *cut.values())
    positive = all(panel.supports[rows[one.id]] != "real" for one in full)
    supports = (*(["positive" if positive else "real"] * len(wholes)), *(panel.supports[rows[one.id]] for one in full))
    return replace(panel, series=series, supports=tuple(supports), missing=(), findings=()), part


def _last(one: Series, length: int) -> Series:
    return replace(one, observations=one.run[-length:])


def _sum(name: str, parts: Sequence[Series]) -> Series:
    observations = tuple(
        replace(seen[0], value=total, low=total, high=total)
        for seen in zip(*(one.observations for one in parts), strict=True)
        for total in [sum(cell.value for cell in seen)]
    )
    return replace(parts[0], id=name, observations=observations)
