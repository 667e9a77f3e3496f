"""Smoothing: windows answered by exponential smoothing in the best of some forms; what the models of it share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from forecast.models.answers import answer
from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.prediction import predict
from forecast.models.kernels.ets.starts import PLAIN, Search
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4


def smoothed(
    name: str,
    forms: Callable[[Windows], Sequence[Form]],
    windows: Windows,
    horizon: int,
    levels: Floats,
    search: Search = PLAIN,
) -> Forecasts:
    """Return quantiles [B, H, Q] of the form with the lowest AICc; each window is named after it, as "ets(A,Ad,N)".

    Args:
        name: of the model.
        forms: which forms compete for windows.
        windows: the pasts.
        horizon: steps ahead.
        levels: [Q] probabilities of the quantiles.
        search: how each form is fitted.
    """

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        found = predict(
            windows.values,
            windows.lengths,
            windows.season,
            horizon,
            levels,
            forms(windows),
            held=windows.held,
            search=search,
        )
        return found.quantiles, [form.replace("ETS", name) for form in found.names]

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True)
