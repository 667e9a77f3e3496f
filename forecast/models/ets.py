"""ETS: exponential smoothing in the form that the AICc chooses (Hyndman, Koehler, Ord and Snyder 2008).

On a scale where values are multiples of one another all usual forms compete. On logarithms and logits additive forms
do, which are multiplicative ones on the data's own scale; a trend is damped there, for an undamped one would be
exponential growth without end.
"""

from __future__ import annotations

from forecast.models.kernels.ets.forms import Form, usual_forms
from forecast.models.smoothing import smoothed
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after its form, as "ets(A,Ad,N)"."""
    return smoothed("ets", lambda some: forms(some.season, some.ratio), windows, horizon, levels)


def forms(season: int, ratio: bool) -> list[Form]:
    """Return the forms that compete for data of a season, on a scale of ratios or not."""
    usual = usual_forms(season)
    if ratio:
        return list(usual)
    return [form for form in usual if form.error == "A" and (form.structure.trend == "N" or form.structure.damped)]
