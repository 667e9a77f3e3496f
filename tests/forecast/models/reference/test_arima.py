from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from forecast.models import arima as batch
from forecast.models.reference import arima
from forecast.models.reference.arima import choose, forecast
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
    order, fit = choose(values - values[0], 1)
    size, k = len(values) - order.d, order.parameters
    aicc = -2 * fit.llf + 2 * k + 2 * k * (k + 1) / (size - k - 1)
    assert aicc == pytest.approx(float(row["aicc"]), abs=1e-4)


def test_the_batch_engine_says_the_same() -> None:
    pasts = [np.log(np.array(row["values"].split(), dtype=float)) for row in ROWS if row["season"] == "1"][:3]
    one, other = (model.forecast(Windows.of(pasts), 5, LEVELS) for model in (arima, batch))
    assert one.produced == other.produced
    np.testing.assert_allclose(one.quantiles, other.quantiles, rtol=1e-3)


def test_the_batch_engine_says_the_same_of_windows_with_gaps() -> None:
    pasts = [np.log(np.array(row["values"].split(), dtype=float)) for row in ROWS if row["season"] == "1"][:3]
    for place, past in enumerate(pasts):
        past[[2, 5 + place, -3]] = np.nan
    one, other = (model.forecast(Windows.of(pasts), 5, LEVELS) for model in (arima, batch))
    assert one.produced == other.produced
    np.testing.assert_allclose(one.quantiles, other.quantiles, rtol=1e-3)
