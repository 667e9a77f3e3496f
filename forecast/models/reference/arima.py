"""ARIMA by statsmodels: exact Gaussian likelihood, orders by Hyndman and Khandakar's stepwise search on AICc.

Differences: one while the KPSS statistic exceeds its 5 % point (0.463), at most two; below six values, where the test
has no power, one. For seasonal data one seasonal difference where the seasonal strength of a moving-average
decomposition exceeds 0.64. Without a difference the mean is always in, so that the answer does not depend on where
zero is; with one, a drift is offered; with two, no constant. The search starts from (2,2), (0,0), (1,0), (0,1) and
moves p, q (and their seasonal counterparts) by one, or the constant on or off, as long as AICc falls. A model with a
root inside 1.01 is not admitted. Hyndman and Khandakar (2008), Automatic time series forecasting, section 3.2;
Wang, Smith and Hyndman (2006) for the strength of seasonality.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from forecast.models import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4
KPSS_5 = 0.463
TESTABLE = 6
STRONG = 0.64
EXACT = 1e-10
LARGEST, LARGEST_SEASONAL, LARGEST_SUM = 5, 2, 5
ADMISSIBLE = 1.01


@dataclass(frozen=True, slots=True)
class Orders:
    """(p, d, q)(P, D, Q)m with or without a constant."""

    p: int
    d: int
    q: int
    constant: bool
    seasonal_p: int = 0
    seasonal_d: int = 0
    seasonal_q: int = 0
    season: int = 1

    def __str__(self) -> str:
        name = f"arima({self.p},{self.d},{self.q})"
        if self.season > 1:
            name += f"({self.seasonal_p},{self.seasonal_d},{self.seasonal_q})[{self.season}]"
        return name + ((" with drift" if self.d + self.seasonal_d else " with mean") if self.constant else "")

    @property
    def allowed(self) -> bool:
        """Whether every order is within the limits of the search."""
        plain, seasonal = (self.p, self.q), (self.seasonal_p, self.seasonal_q)
        return (
            min(plain + seasonal) >= 0
            and max(plain) <= LARGEST
            and max(seasonal) <= (LARGEST_SEASONAL if self.season > 1 else 0)
            and sum(plain + seasonal) <= LARGEST_SUM
            and (self.constant or self.d + self.seasonal_d > 0)
            and (not self.constant or self.d + self.seasonal_d < 2)
        )

    @property
    def parameters(self) -> int:
        """Number of estimated parameters, the innovation variance included."""
        return self.p + self.q + self.seasonal_p + self.seasonal_q + self.constant + 1


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

    return answer(windows, MINIMUM, horizon, levels, body)


def differences(values: Floats, season: int) -> tuple[int, int]:
    """Return d and D of a window by the rules above; a test that cannot be made takes no difference."""
    seasonal = int(season > 1 and len(values) >= 2 * season + 4 and _strength(values, season) > STRONG)
    left = values[season:] - values[:-season] if seasonal else values
    if len(left) < TESTABLE:
        return 1 - seasonal, seasonal
    taken = 0
    while taken < 2 and len(left) > 3 and np.ptp(left) > 0 and _kpss(left) > KPSS_5:
        left = np.diff(left)
        taken += 1
    return taken, seasonal


def _kpss(values: Floats) -> float:
    """Return the KPSS statistic for level stationarity, Bartlett weights up to lag 3 sqrt(n) / 13."""
    size = len(values)
    residuals = values - values.mean()
    lags = int(3 * np.sqrt(size) / 13)
    long_run = residuals @ residuals / size
    for lag in range(1, lags + 1):
        long_run += 2 * (1 - lag / (lags + 1)) * (residuals[lag:] @ residuals[:-lag]) / size
    return float(np.sum(np.cumsum(residuals) ** 2) / size**2 / long_run)


def _strength(values: Floats, season: int) -> float:
    """Return 1 - var(remainder) / var(remainder + season) after a centred moving average of one cycle."""
    weights = np.full(season + 1 - season % 2, 1.0 / season)
    if season % 2 == 0:
        weights[[0, -1]] /= 2
    half = len(weights) // 2
    level = values[half : len(values) - half] - np.convolve(values, weights, mode="valid")
    places = (np.arange(len(level)) + half) % season
    means = np.array([level[places == place].mean() for place in range(season)])
    remainder = level - means[places]
    total = float(np.var(level))
    return 0.0 if total == 0 else max(0.0, 1 - float(np.var(remainder)) / total)


def _one(values: Floats, season: int, horizon: int, levels: Floats) -> tuple[Floats, str]:
    centre, width = float(values[0]), float(np.ptp(values))
    scaled = (values - centre) / width
    if np.ptp(np.diff(scaled)) < EXACT:  # a straight line leaves nothing to estimate a spread from
        ahead = values[-1] + np.arange(1, horizon + 1) * (values[-1] - values[0]) / (len(values) - 1)
        return np.repeat(ahead[:, None], len(levels), axis=1), "arima(0,1,0) with drift"
    orders, fit = _search(scaled, season)
    size = len(values) - orders.d - orders.seasonal_d * orders.season
    freedom = max(size - orders.parameters + 1, 2)
    answered = fit.get_forecast(horizon)
    inflate = np.sqrt(size / freedom)  # the likelihood's variance divides by the size
    middle = np.asarray(answered.predicted_mean, dtype=np.float64) * width + centre
    spread = np.asarray(answered.se_mean, dtype=np.float64) * width * inflate
    return student(middle[None], spread[None], np.array([freedom], float), levels)[0], str(orders)


def _search(values: Floats, season: int) -> tuple[Orders, Any]:
    taken, seasonal = differences(values, season)
    first = Orders(0, taken, 0, taken + seasonal < 2, 0, seasonal, 0, season if _seasonal(values, season) else 1)
    up = int(first.season > 1)
    tried: dict[Orders, tuple[float, Any]] = {}
    starts = [
        replace(first, p=2, q=2, seasonal_p=up, seasonal_q=up),
        first,
        replace(first, p=1, seasonal_p=up),
        replace(first, q=1, seasonal_q=up),
        replace(first, constant=False),
    ]
    for orders in starts:
        if orders.allowed:
            tried[orders] = _criterion(values, orders)
    best = min(tried, key=lambda orders: tried[orders][0])
    moved = True
    while moved:
        moved = False
        for orders in _neighbours(best):
            if orders not in tried:
                tried[orders] = _criterion(values, orders)
                if tried[orders][0] < tried[best][0]:
                    best, moved = orders, True
                    break
    if not np.isfinite(tried[best][0]):  # too short for AICc: the simplest model with the differences chosen
        best = replace(first, constant=taken + seasonal == 0)
        tried[best] = (np.inf, _fit(values, best))
    return best, tried[best][1]


def _seasonal(values: Floats, season: int) -> bool:
    return season > 1 and len(values) >= 2 * season + 4


def _neighbours(orders: Orders) -> Iterator[Orders]:
    """Yield the neighbours of a model in the order in which they are tried."""
    moves = [move for move in itertools.product((-1, 0, 1), repeat=2) if any(move)]
    if orders.season > 1:
        for p, q in moves:
            yield replace(orders, seasonal_p=orders.seasonal_p + p, seasonal_q=orders.seasonal_q + q)
    for p, q in sorted(moves, key=lambda move: abs(move[0]) + abs(move[1])):
        yield replace(orders, p=orders.p + p, q=orders.q + q)
    yield replace(orders, constant=not orders.constant)


def _criterion(values: Floats, orders: Orders) -> tuple[float, Any]:
    """Return AICc and the fit; infinite where the model is outside the limits, too large or not admissible."""
    size = len(values) - orders.d - orders.seasonal_d * orders.season
    room = size - orders.parameters - 1
    if not orders.allowed or room < 1:
        return np.inf, None
    try:
        fit = _fit(values, orders)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError):
        return np.inf, None  # this candidate only: the search goes on without it
    roots = np.concatenate([np.roots(side[::-1]) for side in (fit.polynomial_reduced_ar, fit.polynomial_reduced_ma)])
    if not np.isfinite(fit.llf) or np.abs(roots).min(initial=np.inf) < ADMISSIBLE:
        return np.inf, None
    k = orders.parameters
    return float(-2 * fit.llf + 2 * k + 2 * k * (k + 1) / room), fit


def _fit(values: Floats, orders: Orders) -> Any:
    """Fit by exact likelihood of the differenced values; a constant enters as a mean or as a drift."""
    from statsmodels.tsa.arima.model import ARIMA

    power = orders.d + orders.seasonal_d
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # optimiser chatter; AICc and the roots decide
        model = ARIMA(
            values,
            order=(orders.p, orders.d, orders.q),
            seasonal_order=(orders.seasonal_p, orders.seasonal_d, orders.seasonal_q, orders.season)
            if orders.season > 1
            else (0, 0, 0, 0),
            trend=[0] * power + [1] if orders.constant else "n",
            concentrate_scale=orders.parameters > 1,  # the variance has a closed form; alone it has to be estimated
        )
        return model.fit(method_kwargs={"disp": 0}, cov_type="none")
