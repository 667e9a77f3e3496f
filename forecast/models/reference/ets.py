"""ETS by statsmodels: additive errors, with no, additive or damped trend, chosen by AICc.

Windows come on a log or logit scale where their support asks for it, so additive forms are multiplicative ones there.
Seasonal forms join where a window holds two cycles and a year more. The predictive variance is the exact one of the
linear forms, s^2 (1 + c(1)^2 + ... + c(h-1)^2) with c(j) = a + a b (d + ... + d^j) + g (j a multiple of m).
Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, table 6.2.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from forecast.models import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4
FORMS: tuple[tuple[str | None, bool], ...] = ((None, False), ("add", False), ("add", True))


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; a window that statsmodels fails on is refused with its message."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        out = np.full((len(windows), horizon, len(levels)), np.nan)
        names = []
        for row, size in enumerate(windows.lengths):
            try:
                out[row], name = _one(windows.values[row, -size:], windows.season, horizon, levels)
            except (ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
                name = f"failed: {error}"
            names.append(name)
        return out, names

    return answer(windows, MINIMUM, horizon, levels, body)


def _one(values: Floats, season: int, horizon: int, levels: Floats) -> tuple[Floats, str]:
    scale = float(np.ptp(values))
    seasons = [None, "add"] if season > 1 and len(values) >= 2 * season + 4 else [None]
    fits = [_fit(values / scale, *form, kind, season) for form in FORMS for kind in seasons]
    best = min(fits, key=lambda fit: fit.aicc)
    model, count = best.model, len(best.params)
    smoothing = {name: float(best.params[at]) for at, name in enumerate(model.param_names)}
    level, trend = smoothing["smoothing_level"], smoothing.get("smoothing_trend", 0.0)
    damping = smoothing.get("damping_trend", 1.0)
    lags = np.arange(1, horizon)
    carried = level + trend * np.cumsum(damping**lags)
    if model.has_seasonal:
        carried = carried + smoothing["smoothing_seasonal"] * (lags % season == 0)
    freedom = max(len(values) - count, 2)
    variance = float(np.sum(best.resid**2)) / freedom * np.concatenate([[1.0], 1 + np.cumsum(carried**2)])
    centre = np.asarray(best.forecast(horizon), dtype=np.float64)
    trend_name = "N" if model.trend is None else "Ad" if model.damped_trend else "A"
    name = f"ets(A,{trend_name},{'A' if model.has_seasonal else 'N'})"
    spread = np.sqrt(variance)
    return student(centre[None] * scale, spread[None] * scale, np.array([freedom], float), levels)[0], name


def _fit(values: Floats, trend: str | None, damped: bool, seasonal: str | None, season: int) -> Any:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    model = ETSModel(
        values,
        error="add",
        trend=trend,
        damped_trend=damped,
        seasonal=seasonal,
        seasonal_periods=season if seasonal else None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # optimiser chatter; the AICc decides which fit is used
        return model.fit(disp=False)
