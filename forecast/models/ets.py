"""ETS: exponential smoothing in the form that the AICc chooses (Hyndman, Koehler, Ord and Snyder 2008).

On a scale where values are multiples of one another all usual forms compete; on logarithms and logits the additive
ones do, which are multiplicative forms on the data's own scale.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecast.models import answer
from forecast.models.kernels.ets.forms import usual_forms
from forecast.models.kernels.ets.prediction import predict
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after its form, as "ets(A,Ad,N)"."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        forms = [form for form in usual_forms(windows.season) if windows.ratio or form.kind == "first"]
        found = predict(windows.values, windows.lengths, windows.season, horizon, levels, forms)
        return found.quantiles, [name.replace("ETS", "ets") for name in found.names]

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True)
