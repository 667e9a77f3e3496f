"""Gaps: what a backtest of series with missing values cannot start from, and cannot score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.models.bridging import gapped
from forecast.quantiles import Forecasts
from forecast.windows import Rolling
from series.observations import Series


@dataclass(frozen=True, slots=True)
class Unscored:
    """What gaps take out of a backtest.

    Attributes:
        series: how many series have gaps.
        skipped: periods between the first origin of a series and its last value that are no origin, having no value.
        missing: steps ahead that meet a missing value.
        steps: steps ahead that end within their series, those that meet a missing value with them.
    """

    series: int
    skipped: int
    missing: int
    steps: int


def count_unscored(series: Sequence[Series], rolling: Rolling) -> Unscored:
    """Count what is not scored in a backtest of these series."""
    horizon = rolling.truth.shape[1]
    skipped = missing = steps = 0
    rows = rolling.rows.tolist()
    holes = [frozenset(one.missing) for one in series]
    first: dict[int, int] = {}
    for row, origin in zip(rows, rolling.origins, strict=True):
        first.setdefault(row, origin.start)
        last = series[row].known[-1].period
        within = min(horizon, (last.start - origin.start) // origin.length)
        steps += within
        if holes[row]:
            missing += sum(origin.step(step) in holes[row] for step in range(1, within + 1))
    for row, start in first.items():
        skipped += sum(period.start > start for period in holes[row])
    return Unscored(sum(bool(one) for one in holes), skipped, missing, steps)


def lines(series: Sequence[Series], rolling: Rolling, answers: Mapping[str, Forecasts]) -> list[str]:
    """Say what gaps take out of a backtest; nothing where there are none."""
    if not any(one.missing for one in series):
        return []
    found = count_unscored(series, rolling)
    said = []
    if found.skipped or found.missing:
        said.append(
            f"gaps in {found.series} of {len(series)} series take {found.skipped} origin{'s' * (found.skipped != 1)} "
            f"and {found.missing} of {found.steps} steps ahead out of the backtest: "
            "nothing starts from a missing value, or is scored by one"
        )
    holed = gapped(rolling.windows)
    for name, answer in answers.items():
        refused = int(np.sum(holed & np.array([bool(one) for one in answer.refusals], dtype=np.bool_)))
        if refused == len(holed):
            said.append(f"{name} refused all {refused} windows of the backtest because of gaps, and has no score")
        elif refused:
            said.append(
                f"{name} refused {refused} of {len(holed)} windows of the backtest because of gaps, and is scored on "
                "the others alone: go by the verdicts, which compare two models on the windows of both"
            )
    return said
