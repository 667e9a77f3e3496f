from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from forecast.models.kernels.ets.adjoint import Smoothing
from forecast.models.kernels.ets.forms import Form, usual_forms
from forecast.models.kernels.ets.moments import third_class
from forecast.models.kernels.ets.prediction import predict, project_fit
from forecast.models.kernels.ets.simulation import simulate
from forecast.models.kernels.ets.states import smooth
from forecast.models.kernels.pasts import Pasts

_spec = importlib.util.spec_from_file_location("ets_reference", Path(__file__).with_name("reference.py"))
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


def _unscaled(values: np.ndarray) -> Pasts:
    return Pasts(values, np.array([len(values)]), np.zeros(1, np.int64), np.zeros(1, np.int64))


@pytest.mark.parametrize(("series", "name"), reference.CASES)
def test_states_and_forecasts_are_those_of_r(series: str, name: str):
    form, values, points, fitted = reference.case(series, name)
    states, _ = smooth(form.structure, points, values, np.array([len(values)]))
    last = np.atleast_1d(fitted["last"])
    assert states.level[0] == pytest.approx(last[0], rel=1e-7)
    if form.structure.trend != "N":
        assert states.slope[0] == pytest.approx(last[1], rel=1e-6)
    if form.structure.season != "N":
        places = (len(values) - 1 - np.arange(4)) % 4
        np.testing.assert_allclose(states.seasonal[places, 0], last[-4:], rtol=1e-6, atol=1e-6)
    means, _ = project_fit(form, points, _unscaled(values), 4, LEVELS)
    # R projects damped multiplicative forms with a damping that its own one-step forecasts do not have:
    # the third class takes the first slope undamped, the simulated forms damp the second step once only
    steps = {"MAdM": 0, "MMdN": 1, "MMdM": 1}.get(name, 4)
    np.testing.assert_allclose(means[0, :steps], fitted["forecast"][:steps], rtol=1e-6)


@pytest.mark.parametrize("name", ["AAdN", "MAN", "MNN", "AAA", "MAA", "MAdM", "MNM"])
def test_quantiles_are_those_of_simulated_futures(name: str):
    series = "nonseasonal" if name.endswith("N") else "seasonal"
    form, values, points, _ = reference.case(series, name)
    pasts = _unscaled(values)
    _, quantiles = project_fit(form, points, pasts, 6, LEVELS)
    states, forecasts = smooth(form.structure, points, values, pasts.lengths)
    errors = values - forecasts
    if form.error == "M":
        errors = errors / forecasts
    sigma2 = (errors**2).sum(axis=0) / (len(values) - form.structure.size)
    smoothing = Smoothing.of(form.structure, points)
    simulated = simulate(form, smoothing, states, pasts.lengths, sigma2, LEVELS, 6, paths=20_000)
    spread = simulated[0, :, -1] - simulated[0, :, 0]
    # multiplicative errors are skewed: their quantiles are normal ones with the exact mean and variance
    tolerance = 0.04 if form.kind in ("first", "simulated") else 0.15
    assert (np.abs(quantiles[0] - simulated[0]) < tolerance * spread[:, None]).all()


def test_third_class_moments_hold_beyond_one_cycle():
    form = Form.named("MAdM", 4)
    points = np.array([[0.5], [0.39985], [0.6], [0.9], [10.0], [0.7], [0.8], [0.9], [1.1]])
    values = np.zeros((1, 1))
    states, _ = smooth(form.structure, points, values, np.array([0]))
    smoothing = Smoothing.of(form.structure, points)
    means, variances = third_class(form, smoothing, states, np.array([0]), 10, np.array([0.03]))
    grid = np.linspace(0.0005, 0.9995, 1000)
    simulated = simulate(form, smoothing, states, np.array([0]), np.array([0.03]), grid, 10, paths=200_000)[0]
    np.testing.assert_allclose(simulated.mean(axis=1), means[0], rtol=5e-3)
    np.testing.assert_allclose(simulated.var(axis=1), variances[0], rtol=3e-2)


def _batch() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    lengths = rng.integers(6, 18, 17)
    values = np.full((17, 18), np.nan)
    for row, length in enumerate(lengths):
        path = 10 + rng.standard_normal(length).cumsum() + 0.3 * np.arange(length)
        values[row, 18 - length :] = np.abs(path) + 0.1
    return values, lengths


@pytest.mark.parametrize("period", [1, 4])
def test_chunk_order_and_batch_of_one_change_no_digit(period: int):
    values, lengths = _batch()
    whole = predict(values, lengths, period, 5, LEVELS)
    small = predict(values, lengths, period, 5, LEVELS, chunk=7)
    np.testing.assert_array_equal(whole.quantiles, small.quantiles)
    backwards = predict(values[::-1], lengths[::-1], period, 5, LEVELS)
    np.testing.assert_array_equal(whole.quantiles, backwards.quantiles[::-1])
    for row in (3, 11):
        alone = predict(values[row : row + 1], lengths[row : row + 1], period, 5, LEVELS)
        np.testing.assert_array_equal(whole.quantiles[row], alone.quantiles[0])
        assert alone.names[0] == whole.names[row]


@pytest.mark.parametrize("factor", [1e-290, 1.0, 1e290])
def test_the_unit_does_not_matter(factor: float):
    values, lengths = _batch()
    plain = predict(values, lengths, 1, 3, LEVELS)
    scaled = predict(values * factor, lengths, 1, 3, LEVELS)
    same = np.array([one == other for one, other in zip(plain.names, scaled.names, strict=True)])
    assert same.mean() > 0.9
    np.testing.assert_allclose(scaled.quantiles[same], plain.quantiles[same] * factor, rtol=1e-3)


HARD = [
    [5.0] * 9,
    [0.0] * 9,
    [1.0, 2.0, 3.0, 4.0],
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
    [1.0, 1.1, 0.9, 1.0, 1e12, 1.0, 1.1, 1.2, 0.9, 1.0],
    [1.0, 1.1, 0.9, 1.0, 1e300, 1.0, 1.1, 1.2, 0.9, 1.0],
    [1e-300, 2e-300, 1.5e-300, 3e-300, 2.2e-300, 2e-300],
    [1e300, 2e300, 1.5e300, 3e300, 2.2e300, 9e307],
    [5e-324, 0.0, 5e-324, 1e-320, 0.0, 0.0, 1e-322],
    [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0],
    [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0],
    [1e-300, 1.0, 1e-300, 1.0, 1e300, 1e-300, 1.0, 1.0],
    [2.8e-2, 2e-109, 3.2e-48, 5.6e-73, 1.9e11, 4.4e-110, 1.7e-23, 2.2e119],
    [4e40, 5.1e-2, 4.1e-9, 9.9e-18, 7.8e27, 5.5e-36, 1.9e54, 3.6e-34, 1.0, 2e7],
]


@pytest.mark.parametrize("period", [1, 4])
def test_quantiles_are_finite_and_ordered_whatever_the_window(period: int):
    lengths = np.array([len(past) for past in HARD])
    values = np.full((len(HARD), lengths.max()), np.nan)
    for row, past in enumerate(HARD):
        values[row, -len(past) :] = past
    found = predict(values, lengths, period, 4, LEVELS, usual_forms(period, multiplicative_trend=True))
    assert np.isfinite(found.quantiles).all()
    assert (found.quantiles[:, :, 1:] >= found.quantiles[:, :, :-1]).all()


def test_four_values_are_smoothed_to_the_end():
    found = predict(np.array([[1.0, 5.0, 2.0, 4.0]]), np.array([4]), 1, 1, LEVELS)
    # alone or among longer ones; the level that least squares choose is near the mean
    assert found.names[0].endswith("N,N)")
    assert abs(found.means[0, 0] - 3.0) < 0.5
