"""The long form: forecasts as rows of model, series, origin, horizon, period, quantile, value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from forecast.quantiles import Floats, Forecasts
from series.periods import Period

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]
DIGITS, EVERY = 10, 17


def records(model: str, series: Sequence[str], origins: Sequence[Period], answer: Forecasts) -> list[dict[str, Any]]:
    """Return one row per window, step and level; rows of refused windows are left out."""
    found = []
    values = rounded(answer.quantiles).tolist()
    for row, (name, origin) in enumerate(zip(series, origins, strict=True)):
        if answer.refusals[row]:
            continue
        for step in range(answer.quantiles.shape[1]):
            period = str(origin.step(step + 1))
            for level, value in zip(answer.levels, values[row][step], strict=True):
                found.append(
                    {
                        "model": model,
                        "series": name,
                        "origin": str(origin),
                        "horizon": step + 1,
                        "period": period,
                        "quantile": float(level),
                        "value": value,
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


def rounded(quantiles: Floats) -> Floats:
    """Return quantiles [B, H, Q] with the digits that are shown of them: where they stand close together, more."""
    digits = np.maximum(_digits(quantiles), DIGITS).reshape(-1).tolist()
    out = np.empty_like(quantiles)
    cells = out.reshape(-1, quantiles.shape[2])
    for row, some in enumerate(quantiles.reshape(cells.shape)):
        cells[row] = [shown(value, digits[row]) for value in some.tolist()]
    return out


def shown(value: float, digits: int = DIGITS) -> float:
    """Return the value with ten significant digits: more than any source prints, fewer than rounding noise has.

    What would leave the floats by that stays as it is.
    """
    found = float("%.*g" % (digits, value))  # noqa: UP031 - twice as fast as the others, and there are millions
    return found if math.isfinite(found) else value


def _digits(quantiles: Floats) -> Ints:
    """Return how many digits [B, H] quantiles [B, H, Q] need to show six of the distance between the outer ones."""
    largest, apart = np.abs(quantiles).max(axis=2), quantiles[:, :, -1] / 2 - quantiles[:, :, 0] / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = 7 + np.ceil(np.log10(largest) - np.log10(apart))
    return np.where(apart > 0, np.minimum(needed, EVERY), 0).astype(np.int64)
