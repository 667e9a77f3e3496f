"""Theta: simple smoothing with half the slope of the regression line as drift, after seasonal adjustment if any.

Assimakopoulos and Nikolopoulos (2000); the equations stand with the kernel.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecast.models.answers import answer
from forecast.models.kernels.theta import predict
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; a window is adjusted for season where it passes the test for one."""
    return adjusted(windows, horizon, levels, "theta", faded=False)


def adjusted(windows: Windows, horizon: int, levels: Floats, name: str, faded: bool) -> Forecasts:
    """Return what theta says after one of two ways to take a season out."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        quantiles, seasonal = predict(
            windows.values,
            windows.lengths,
            windows.season,
            horizon,
            levels,
            ratio=windows.ratio,
            held=windows.held,
            faded=faded,
        )
        return quantiles, [f"{name}, seasonally adjusted" if one else name for one in seasonal]

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True, gaps=True)
