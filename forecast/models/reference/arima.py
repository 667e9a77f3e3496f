"""ARIMA by statsmodels: exact Gaussian likelihood, orders by Hyndman and Khandakar's stepwise search on AICc.

Differences, candidates and their order are those of the batch engine (`forecast.models.arima`); every candidate is
fitted by statsmodels, one at a time. A model with a root inside 1.01 is not admitted. Hyndman and Khandakar (2008),
Automatic time series forecasting, section 3.2. Missing values are passed on to statsmodels' Kalman filter, which starts
exactly diffuse then; the differences are chosen with the gaps bridged (`kernels.gaps`).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from forecast.models.answers import answer
from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.differencing import difference
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.stepwise import SHORT, Limits, Searches
from forecast.models.kernels.gaps import filled
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4
EXACT = 1e-10
ADMISSIBLE = 1.01


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; a window that statsmodels fails on is refused with its message."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        out = np.full((len(windows), horizon, len(levels)), np.nan)
        names = []
        for row, size in enumerate(windows.lengths):
            try:
                out[row], name = _one(windows.values[row, -size:], windows.season, horizon, levels)
            except (ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
                name = f"failed: {str(error).splitlines()[0]}"
            names.append(name)
        return out, names

    return answer(windows, MINIMUM, horizon, levels, body, gaps=True)


def _one(values: Floats, season: int, horizon: int, levels: Floats) -> tuple[Floats, str]:
    centre, width = float(values[0]), float(np.nanmax(values) - np.nanmin(values))
    scaled = (values - centre) / width
    if (
        np.ptp(np.diff(filled(scaled[None], season)[0])) < EXACT
    ):  # a straight line leaves nothing to estimate a spread from
        ahead = values[-1] + np.arange(1, horizon + 1) * (values[-1] - values[0]) / (len(values) - 1)
        return np.repeat(ahead[:, None], len(levels), axis=1), "arima(0,1,0) with drift"
    order, fit = choose(scaled, season)
    size = int(np.isfinite(values).sum()) - order.lost
    freedom = max(size - order.parameters + 1, 2)
    slope = _slope(order, len(values) + horizon) if np.isnan(values).any() else None
    answered = fit.get_forecast(horizon, **({} if slope is None else {"exog": slope[-horizon:]}))
    inflate = np.sqrt(size / freedom)  # the likelihood's variance divides by the size
    middle = np.asarray(answered.predicted_mean, dtype=np.float64) * width + centre
    spread = np.asarray(answered.se_mean, dtype=np.float64) * width * inflate
    return student(middle[None], spread[None], np.array([freedom], float), levels)[0], str(order)


def choose(values: Floats, season: int) -> tuple[Order, Any]:
    """Return the order that the search finds for values of size about one, and its fit."""
    left = difference(filled(values[None], season).T, np.array([len(values)]), season)
    plain, seasonal, known = int(left.plain[0]), int(left.seasonal[0]), np.isfinite(values).sum(keepdims=True)
    catalogue, differences = Catalogue.of(season), left.plain + left.seasonal
    limits = Limits.of(known, season, differences, np.zeros(1, np.bool_))
    searches = Searches(catalogue, limits, differences < 2, known < SHORT, ahead=1)
    tried: dict[Order, tuple[float, Any]] = {}
    while True:
        rows, numbers = searches.ask(np.zeros(1, np.int64))
        if not len(rows):
            break
        asked = [catalogue.orders[number] for number in numbers.tolist()]
        tried |= {one: _criterion(values, one._replace(d=plain, D=seasonal)) for one in asked}
        searches.tell(rows, numbers, np.array([tried[one][0] for one in asked]))
    found = catalogue.orders[int(searches.best[0])]
    order, fit = found._replace(d=plain, D=seasonal), tried[found][1]
    return order, _fit(values, order) if fit is None else fit


def _criterion(values: Floats, order: Order) -> tuple[float, Any]:
    """Return AICc and the fit; infinite where the model is too large or not admissible."""
    k = order.parameters
    room = int(np.isfinite(values).sum()) - order.lost - k - 1
    if room < 1:
        return np.inf, None
    try:
        fit = _fit(values, order)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError):
        return np.inf, None  # this candidate only: the search goes on without it
    roots = np.concatenate([np.roots(side[::-1]) for side in (fit.polynomial_reduced_ar, fit.polynomial_reduced_ma)])
    if not np.isfinite(fit.llf) or np.abs(roots).min(initial=np.inf) < ADMISSIBLE:
        return np.inf, None
    return float(-2 * fit.llf + 2 * k + 2 * k * (k + 1) / room), fit


def _fit(values: Floats, order: Order) -> Any:
    """Fit by exact likelihood of the differenced values; a constant enters as a mean or as a drift."""
    from statsmodels.tsa.arima.model import ARIMA
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    seasonal = (order.P, order.D, order.Q, order.season) if order.P + order.D + order.Q else (0, 0, 0, 0)
    orders = {"order": (order.p, order.d, order.q), "seasonal_order": seasonal}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # optimiser chatter; AICc and the roots decide
        if np.isnan(values).any():
            # the variance is a parameter here: statsmodels would divide the one it concentrates out by too few values
            model = SARIMAX(values, exog=_slope(order, len(values)), use_exact_diffuse=order.d + order.D > 0, **orders)
            return model.fit(disp=0, cov_type="none", maxiter=200)
        trend = [0] * (order.d + order.D) + [1] if order.constant else "n"
        # the variance has a closed form; alone it has to be estimated
        model = ARIMA(values, trend=trend, concentrate_scale=order.parameters > 1, **orders)
        return model.fit(method_kwargs={"disp": 0}, cov_type="none")


def _slope(order: Order, size: int) -> Floats | None:
    """Return what a constant of one adds to the level, for models that have one."""
    if not order.constant:
        return None
    return np.arange(size, dtype=np.float64) if order.lost else np.ones(size)
