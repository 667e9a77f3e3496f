"""Steady ETS: exponential smoothing whose trends change slowly unless the past insists.

ETS with the prior (1 - u)^2 on the share u = beta / alpha of an error that goes into the slope. Short series tell
little about it, and maximum likelihood then lets the last steps turn the trend. A member of the combination, and one
of few forms, each searched from one start for a dozen steps, so that it costs little.
"""

from __future__ import annotations

from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.starts import Search
from forecast.models.smoothing import smoothed
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

STEADY = Search(steadiness=2.0, starts=1, steps=12)
FLAT, SEASONAL = ("ANN", "AAdN"), ("ANN", "AAdN", "ANA", "AAdA")


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after its form, as "steady ets(A,Ad,N)"."""
    return smoothed("steady ets", _forms, windows, horizon, levels, STEADY)


def _forms(windows: Windows) -> list[Form]:
    return [Form.named(name, windows.season) for name in (FLAT if windows.season == 1 else SEASONAL)]
