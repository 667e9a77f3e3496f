"""What answers say of a past so short that their intervals lean on the error atlas, and how a run says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from forecast.errors import named
from forecast.models.refusals import NAMED
from forecast.quantiles import Forecasts

LEANS = re.compile(r"leaning on the error atlas for its (\d+) values?")


def counts(answer: Forecasts) -> list[int]:
    """Return of each window how many values there were to lean on the atlas for, 0 where the answer does not lean."""
    return [int(found[1]) if (found := LEANS.search(made)) else 0 for made in answer.produced]


def lines(names: Sequence[str], answers: Mapping[str, Forecasts]) -> list[str]:
    """Return a line for each model that leans on the atlas, with the series that it does so for."""
    said = []
    for model, answer in answers.items():
        short = {name: count for name, count in zip(names, counts(answer), strict=True) if count}
        if short:
            said.append(
                f"{_intervals(model)} for {named(list(short), NAMED)}: {_span(list(short.values()))} cannot tell "
                "how wide they have to be"
            )
    return said


def past_lines(answers: Mapping[str, Forecasts]) -> list[str]:
    """Return a line for each model that leans on the atlas in windows of a backtest."""
    said = []
    for model, answer in answers.items():
        short = [count for count in counts(answer) if count]
        if short:
            windows = f"{len(short):,} of {len(answer.produced):,} windows of the backtest"
            said.append(f"{_intervals(model)} in {windows}, those of {_span(short)}")
    return said


def _intervals(model: str) -> str:
    return f"the intervals of {model} lean on the error atlas"


def _span(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low} values" if low == high else f"{low} to {high} values"
