"""ARIMA whose intervals count the error of its estimated constant and coefficients too: order and median are arima's.

The delta method: the curvature of the likelihood at the optimum, carried over by the slopes of the path
(`kernels.arima.uncertainty`). What the choice of an order adds is not in it. The batch engine serves both engines.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecast.models.answers import answer
from forecast.models.kernels.arima.prediction import NOTHING_KNOWN, predict
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after its order, as "arima(0,1,1), parameters uncertain"."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        found = predict(
            windows.values, windows.lengths, windows.season, horizon, levels, uncertain=True, held=windows.held
        )
        named = [name if name == NOTHING_KNOWN else f"{name}, parameters uncertain" for name in found.names]
        return found.quantiles, named

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True, gaps=True)
