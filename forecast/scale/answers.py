"""Answers: what models say of a batch, whatever their kernels raise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.errors import InputError
from forecast.models import predict_all
from forecast.models.answers import merge
from forecast.quantiles import LEVELS, Forecasts
from forecast.scale.sources import reason
from forecast.windows import Windows

EVERYWHERE = (InputError, ImportError, MemoryError, OSError)
"""What is not the fault of one series: wrong input, a library that is missing, no memory, a full disk."""


def answer_all(
    models: Sequence[str], windows: Windows, horizon: int, supports: Sequence[str], engine: str
) -> dict[str, Forecasts]:
    """Ask several models of a batch; where a kernel breaks, that model refuses that window, and nothing else is lost.

    The batch is halved until the window that breaks it is alone, and then asked of model by model.
    """
    try:
        return predict_all(models, windows, horizon, LEVELS, supports, engine)
    except EVERYWHERE:
        raise
    except Exception as error:  # kernels raise whatever their libraries do; what they say is in the refusal
        if len(windows) > 1:
            parts = [
                (rows, answer_all(models, windows.take(rows), horizon, [supports[row] for row in rows], engine))
                for rows in np.array_split(np.arange(len(windows)), 2)
            ]
            return {
                model: merge([(rows, told[model]) for rows, told in parts], len(windows), horizon, LEVELS)
                for model in models
            }
        if len(models) > 1:
            return {model: answer_all([model], windows, horizon, supports, engine)[model] for model in models}
        nothing = np.full((1, horizon, len(LEVELS)), np.nan)
        return {models[0]: Forecasts(nothing, LEVELS, ("",), (f"failed: {reason(error)}",))}
