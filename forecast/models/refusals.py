"""What models say of windows that they cannot answer, and how a run says it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from forecast.errors import named
from forecast.quantiles import Forecasts

TAKERS = "naive, drift, theta, arima and prophet take such windows"
MISSING = f"a value is missing inside the window; {TAKERS}, and the combination bridges them"
LAST_MISSING = "the last value is missing; end the window in the newest one that is known"
INFINITE = "the window holds an infinite value"
NAMED = 12
"""Series that one line names."""


def unanswered(names: Sequence[str], answers: Mapping[str, Forecasts]) -> dict[str, str]:
    """Return the series that every model refused, each with what the models say."""
    found = {}
    for row, name in enumerate(names):
        said = {model: answer.refusals[row] for model, answer in answers.items()}
        if said and all(said.values()):
            found[name] = "; ".join(f"{model}: {refused}" for model, refused in said.items())
    return found


def lines(names: Sequence[str], answers: Mapping[str, Forecasts], besides: Container[str] = ()) -> list[str]:
    """Return a line for each model and reason, with the series that it refused for it, `besides` those told already."""
    refused: dict[tuple[str, str], list[str]] = {}
    for model, answer in answers.items():
        for name, reason in zip(names, answer.refusals, strict=True):
            if reason and name not in besides:
                refused.setdefault((model, reason), []).append(name)
    return [f"{model} gave no forecast of {named(some, NAMED)}: {reason}" for (model, reason), some in refused.items()]
