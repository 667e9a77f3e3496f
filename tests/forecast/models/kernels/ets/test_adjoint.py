from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.ets.adjoint import Workspace, slopes, spans, summed
from forecast.models.kernels.ets.fitting import likelihood
from forecast.models.kernels.ets.forms import Form, Structure

NAMES = ["ANN", "AAN", "MAdN", "MNA", "AAdA", "MAA", "MAdM", "AMA", "MMM", "AMdN", "AMdM", "MMdA", "MNM"]


def _problems(structure: Structure) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return points, values and lengths of eight problems."""
    rng = np.random.default_rng(3)
    values = 2.0 + 0.3 * rng.standard_normal((23, 8)).cumsum(axis=0) / 3
    lengths = np.array([23, 23, 20, 17, 17, 9, 9, 8])
    values[np.arange(23)[:, None] >= lengths] = 0.0
    points = 0.3 + 0.01 * rng.standard_normal((structure.size, 8))
    points[structure.level] = 2.0
    if structure.damped:
        points[structure.phi] = 0.9
    if structure.trend == "M":
        points[structure.slope] = 1.01
    if structure.season != "N":
        points[structure.seasons :] = (structure.season == "M") + 0.1 * rng.standard_normal((structure.period - 1, 8))
    return points, values, lengths


@pytest.mark.parametrize("name", NAMES)
def test_slopes_run_backward_are_those_run_forward(name: str):
    structure = Form.named(name, 4).structure
    points, values, lengths = _problems(structure)
    relative = np.full(8, name[0] == "M")
    wanted, gradient, _ = likelihood(structure, points, values, lengths, relative)
    found, backward = slopes(structure, points, values, lengths, relative, Workspace())
    np.testing.assert_allclose(found, wanted, rtol=1e-13)
    np.testing.assert_allclose(backward, gradient, rtol=1e-10, atol=1e-10)


def test_both_kinds_of_error_may_stand_side_by_side():
    structure = Structure("A", True, "A", 4)
    points, values, lengths = _problems(structure)
    mixed = np.arange(8) % 2 == 0
    space = Workspace()
    found = slopes(structure, points, values, lengths, mixed, space)
    for error in (False, True):
        alone = slopes(structure, points, values, lengths, np.full(8, error), space)
        np.testing.assert_array_equal(found[0][mixed == error], alone[0][mixed == error])
        np.testing.assert_array_equal(found[1][:, mixed == error], alone[1][:, mixed == error])


def test_a_forecast_below_zero_is_inadmissible_for_multiplicative_errors():
    points = np.array([[0.5, 0.5], [1.0, -1.0]])
    values = np.ones((5, 2))
    loss, _ = slopes(Structure(), points, values, np.array([5, 5]), np.array([True, True]), Workspace())
    assert np.isfinite(loss[0])
    assert np.isinf(loss[1])


def test_stretches_of_steps_share_their_number_of_pasts():
    assert spans(np.array([5, 5, 3, 1]), 5) == [(0, 1, 4), (1, 3, 3), (3, 5, 2)]


def test_a_lone_column_is_summed_as_one_of_many():
    values = np.random.default_rng(8).standard_normal((1000, 3)) * 10.0 ** np.arange(-3, 0)
    whole = summed(values)
    for column in range(3):
        np.testing.assert_array_equal(summed(values[:, column : column + 1].copy())[0], whole[column])
