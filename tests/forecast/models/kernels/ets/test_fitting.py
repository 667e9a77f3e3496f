from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from forecast.models.kernels.ets.fitting import choose, fit, likelihood
from forecast.models.kernels.ets.forms import Form, usual_forms
from forecast.models.kernels.ets.starts import Search
from forecast.models.kernels.pasts import lay

_spec = importlib.util.spec_from_file_location("ets_reference", Path(__file__).with_name("reference.py"))
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

CASES = reference.CASES


def _loglik(series: str, name: str, points: np.ndarray, values: np.ndarray) -> float:
    form = Form.named(name, reference.FACTS[series]["period"])
    relative = np.array([form.error == "M"])
    loss = likelihood(form.structure, points, values, np.array([len(values)]), relative)[0]
    return -0.5 * loss[0]


@pytest.mark.parametrize(("series", "name"), CASES)
def test_log_likelihood_is_that_of_r_at_the_same_parameters(series: str, name: str):
    _, values, points, fitted = reference.case(series, name)
    assert _loglik(series, name, points, values) == pytest.approx(fitted["loglik"], rel=1e-8)


@pytest.mark.parametrize(("series", "name"), CASES)
def test_optimum_is_not_worse_than_that_of_r(series: str, name: str):
    form, values, _, fitted = reference.case(series, name)
    (pasts,) = lay(values.T, np.array([len(values)]), chunk=1)
    (ours,) = fit(pasts, [form])
    loss = ours.losses[0] + 2 * len(values) * np.log(2.0) * pasts.exponents[0]
    assert -0.5 * loss >= fitted["loglik"] - 1e-6


@pytest.mark.parametrize("name", ["ANN", "AAN", "MAdN", "MNA", "AAdA", "MAA", "MAdM", "AMA", "MMM", "AMdN"])
def test_slopes_of_the_likelihood_are_its_differences(name: str):
    rng = np.random.default_rng(3)
    structure = Form.named(name, 4).structure
    values = 2.0 + 0.3 * rng.standard_normal((23, 6)).cumsum(axis=0) / 3
    lengths = np.array([23, 23, 20, 17, 17, 9])
    relative = np.full(6, name[0] == "M")
    points = np.full((structure.size, 6), 0.3) + 0.01 * rng.standard_normal((structure.size, 6))
    points[structure.level] = 2.0
    if structure.damped:
        points[structure.phi] = 0.9
    if structure.trend == "M":
        points[structure.slope] = 1.01
    if structure.season != "N":
        points[structure.seasons :] = (structure.season == "M") + 0.1 * rng.standard_normal(
            points[structure.seasons :].shape
        )
    _, gradient, curvature = likelihood(structure, points, values, lengths, relative)
    for row in range(structure.size):
        step = np.zeros_like(points)
        step[row] = 1e-6
        above = likelihood(structure, points + step, values, lengths, relative)[0]
        below = likelihood(structure, points - step, values, lengths, relative)[0]
        np.testing.assert_allclose(gradient[row], (above - below) / 2e-6, rtol=1e-5, atol=1e-4)
    filled = np.where(np.tri(structure.size)[:, :, None] > 0, curvature, curvature.transpose(1, 0, 2))
    assert (np.linalg.eigvalsh(filled.transpose(2, 0, 1)) > -1e-8).all()


def test_too_short_a_past_has_no_criterion_for_a_large_form():
    values = np.array([[1.0, 3.0, 2.0, 4.0, 3.5]])
    (pasts,) = lay(values, np.array([5]), chunk=1)
    fits = fit(pasts, usual_forms(1))
    assert [bool(np.isfinite(one.criteria[0])) for one in fits] == [True, True, False, False, False, False]
    assert choose(fits)[0] in (0, 1)


def test_multiplicative_errors_are_left_out_where_values_are_not_positive():
    values = np.array([[1.0, 3.0, -2.0, 4.0, 3.5, 1.0, 2.0, 2.5]])
    (pasts,) = lay(values, np.array([8]), chunk=1)
    fits = fit(pasts, usual_forms(1))
    assert [np.isfinite(one.losses[0]) for one in fits] == [one.form.error == "A" for one in fits]


def test_a_race_ends_with_the_form_that_complete_fits_choose():
    rng = np.random.default_rng(9)
    lengths = np.full(40, 24)
    walk = rng.standard_normal((40, 24)).cumsum(axis=1) * rng.uniform(0, 1, (40, 1))
    wave = rng.uniform(0, 3, (40, 1)) * np.sin(np.arange(24) * np.pi / 2)
    values = 30 + walk + wave + rng.standard_normal((40, 24))
    (pasts,) = lay(values, lengths, chunk=40)
    forms = usual_forms(4)
    complete, raced = fit(pasts, forms), fit(pasts, forms, race=True)
    np.testing.assert_array_equal(choose(complete), choose(raced))
    lowest = [np.min([one.criteria for one in fits], axis=0) for fits in (complete, raced)]
    np.testing.assert_allclose(lowest[1], lowest[0], atol=1e-4)


def test_steadiness_keeps_the_share_of_the_slope_low():
    values = np.array([[10.0, 11, 12, 13, 14, 15, 16, 15, 12.5, 9]])
    (pasts,) = lay(values, np.array([10]), chunk=1)
    form = Form.named("AAN", 1)
    shares = [
        fit(pasts, [form], search=Search(steadiness=size))[0].points[form.structure.beta, 0]
        for size in (0.0, 1.0, 2.0, 20.0)
    ]
    assert shares[0] > shares[1] > shares[2] > shares[3] >= 0
    assert shares[3] < 0.2
