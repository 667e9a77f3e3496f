"""ARIMA: exact Gaussian likelihood, orders by Hyndman and Khandakar's stepwise search on AICc, for all windows at once.

Differences and limits are those of R's auto.arima: one more while the KPSS statistic exceeds its 5 % point, at most
two, and below six values, where the test has no power, one; a seasonal one where the strength of the season in an STL
decomposition exceeds 0.64. Without a difference the mean is always in, so that the answer does not depend on where
zero is; with one, a drift is offered; with two, no constant. A model with a root inside 1.01 is not admitted.
A missing value is integrated out of the likelihood; the differences are chosen with the gaps bridged (`kernels.gaps`).
Hyndman and Khandakar (2008), Automatic time series forecasting, section 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecast.models.answers import answer
from forecast.models.kernels.arima.prediction import predict
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after its order, as "arima(0,1,1) with drift"."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        found = predict(windows.values, windows.lengths, windows.season, horizon, levels, held=windows.held)
        return found.quantiles, found.names

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True, gaps=True)
