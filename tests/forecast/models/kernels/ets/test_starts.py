from __future__ import annotations

import numpy as np

from forecast.models.kernels.ets.fitting import likelihood
from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.starts import Search, first_points, lowest_places
from forecast.models.kernels.pasts import lay


def test_starts_are_the_lowest_points_among_their_neighbours():
    losses = np.array([[3.0, 2, 5, 4, 2.5, 6]], np.float32).T
    places, found = lowest_places(losses, (6,), 2)
    assert places[:, 0].tolist() == [1, 4]
    assert found[:, 0].tolist() == [2.0, 2.5]


def test_a_second_start_that_is_far_less_likely_is_none():
    losses = np.array([[3.0, 2, 5, 4, 3.5, 6]], np.float32).T
    assert np.isinf(lowest_places(losses, (6,), 2)[1][1, 0])


def test_neighbours_are_those_along_each_axis():
    # 1 and 2 stand in a corner each; 1.5 is beside 1
    losses = np.array([[1.0, 1.5, 4.0], [3.0, 5.0, 2.0]], np.float32).reshape(6, 1)
    places, _ = lowest_places(losses, (2, 3), 2)
    assert places[:, 0].tolist() == [0, 5]


def test_of_equal_neighbours_the_first_is_lowest():
    places, found = lowest_places(np.zeros((4, 1), np.float32), (4,), 2)
    assert places[0, 0] == 0
    assert np.isinf(found[1, 0])


def test_there_is_a_second_start_where_there_has_to_be_one():
    losses = np.array([[3.0, 2, 5, 6]], np.float32).T
    places, found = lowest_places(losses, (4,), 2, always=True)
    assert places[:, 0].tolist() == [1, 0]
    assert found[:, 0].tolist() == [2.0, 3.0]
    places, _ = lowest_places(np.where(losses == 2, losses, np.float32(np.inf)), (4,), 2, always=True)
    assert places[:, 0].tolist() == [1, 1]


def test_the_losses_told_are_those_at_the_starts():
    values = np.array([[5.0, 6, 5.5, 7, 7.2, 8, 7.8, 9, 9.5, 9.2]])
    (pasts,) = lay(values, np.array([10]), chunk=1)
    structure = Form.named("AAdN").structure
    for error, starts in zip("AM", first_points(pasts, structure, "AM"), strict=True):
        loss, _, _ = likelihood(structure, starts.points[0], pasts.values, pasts.lengths, np.array([error == "M"]))
        np.testing.assert_allclose(starts.losses[0], loss, atol=1e-3)


def test_seasonal_forms_begin_from_slow_and_fast_seasons_or_from_one_between():
    seasons = np.tile([2.0, 0.0, -1.0, -1.0], 6)
    (pasts,) = lay((30 + np.arange(24) + seasons)[None], np.array([24]), chunk=1)
    structure = Form.named("AAdA", 4).structure
    slow, fast = first_points(pasts, structure, "A")[0].points[:, structure.gamma, 0]
    (middle,) = first_points(pasts, structure, "A", Search(starts=1))[0].points[:, structure.gamma, 0]
    assert slow < middle < fast
