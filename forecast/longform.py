"""The long form: forecasts as rows of model, series, origin, horizon, period, quantile, value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.quantiles import Forecasts
from series.periods import Period

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 10


def records(model: str, series: Sequence[str], origins: Sequence[Period], answer: Forecasts) -> list[dict[str, Any]]:
    """Return one row per window, step and level; rows of refused windows are left out."""
    found = []
    for row, (name, origin) in enumerate(zip(series, origins, strict=True)):
        if answer.refusals[row]:
            continue
        for step in range(answer.quantiles.shape[1]):
            period = str(origin.step(step + 1))
            for level, value in zip(answer.levels, answer.quantiles[row, step], strict=True):
                found.append(
                    {
                        "model": model,
                        "series": name,
                        "origin": str(origin),
                        "horizon": step + 1,
                        "period": period,
                        "quantile": float(level),
                        "value": shown(float(value)),
                    }
                )
    return found


def frame(model: str, series: Sequence[str], origins: Sequence[Period], answer: Forecasts) -> pd.DataFrame:
    """Return the same rows as a frame, refused windows as NaN."""
    import pandas as pd

    batch, horizon, count = answer.quantiles.shape
    each = horizon * count
    periods = [str(origin.step(step + 1)) for origin in origins for step in range(horizon)]
    return pd.DataFrame(
        {
            "model": model,
            "series": np.repeat(np.array(series, dtype=object), each),
            "origin": np.repeat(np.array([str(origin) for origin in origins], dtype=object), each),
            "horizon": np.tile(np.repeat(np.arange(1, horizon + 1), count), batch),
            "period": np.repeat(np.array(periods, dtype=object), count),
            "quantile": np.tile(answer.levels, batch * horizon),
            "value": answer.quantiles.reshape(-1),
        }
    )


def shown(value: float) -> float:
    """Return the value with ten significant digits: more than any source prints, fewer than rounding noise has."""
    return float(f"{value:.{DIGITS}g}")
