from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from forecast.models.reference.arima import Orders, _search, differences, forecast
from forecast.quantiles import LEVELS
from forecast.windows import Windows

# R 4.2.2, forecast 8.20: for each row, y <- ts(log(values), frequency = season); fit <- auto.arima(y, approximation =
# FALSE); arimaorder(fit), fit$aicc, forecast(fit, h = 5)$mean[c(1, 5)]. Values: the ledger's annual series, World Bank
# BX.GSR.CCIS.CD (CC BY 4.0) of two countries, and one drawn at random.
ROWS = list(csv.DictReader((Path(__file__).parent / "auto_arima.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_orders_criterion_and_forecasts_are_those_of_r(row: dict[str, str]) -> None:
    values, season = np.log(np.array(row["values"].split(), dtype=float)), int(row["season"])
    answer = forecast(Windows.of([values], season=season), 5, LEVELS)
    constant = {"0": "", "1": " with drift"}[row["constant"]]
    assert answer.produced == (f"arima{row['order']}{constant}",)
    np.testing.assert_allclose(answer.median[0, [0, 4]], [float(row["first"]), float(row["fifth"])], rtol=1e-3)


def test_the_criterion_is_r_s() -> None:
    row = ROWS[2]
    values = np.log(np.array(row["values"].split(), dtype=float))
    orders, fit = _search(values - values[0], 1)
    size, k = len(values) - orders.d, orders.parameters
    aicc = -2 * fit.llf + 2 * k + 2 * k * (k + 1) / (size - k - 1)
    assert aicc == pytest.approx(float(row["aicc"]), abs=1e-4)


def test_a_random_walk_takes_one_difference_and_noise_none() -> None:
    noise = np.random.default_rng(0).standard_normal(60)
    assert differences(noise, 1) == (0, 0)
    assert differences(np.cumsum(noise), 1) == (1, 0)
    assert differences(np.array([1.0, 2.0, 4.0, 3.0]), 1) == (1, 0)


def test_a_strong_season_takes_a_seasonal_difference() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(40)
    assert differences(noise + np.tile([0.0, 1.0, 3.0, -2.0], 10), 4)[1] == 1
    assert differences(noise, 4) == (0, 0)


def test_a_model_without_difference_keeps_its_mean() -> None:
    assert not Orders(1, 0, 0, constant=False).allowed
    assert Orders(1, 0, 0, constant=True).allowed
    assert not Orders(0, 2, 0, constant=True).allowed
    assert str(Orders(1, 0, 0, constant=True)) == "arima(1,0,0) with mean"
    assert str(Orders(0, 0, 1, False, 0, 1, 1, 12)) == "arima(0,0,1)(0,1,1)[12]"
