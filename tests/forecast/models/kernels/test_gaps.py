from __future__ import annotations

import numpy as np

from forecast.models.kernels.gaps import filled, missing_inside

NAN = np.nan


def test_what_is_left_of_the_first_value_is_not_missing() -> None:
    values = np.array([[NAN, 1.0, NAN, 4.0], [NAN, NAN, NAN, 2.0]])
    assert missing_inside(values).tolist() == [[False, False, True, False], [False] * 4]


def test_gaps_are_bridged_by_straight_lines() -> None:
    values = np.array([[NAN, 1.0, NAN, NAN, 4.0], [2.0, NAN, 4.0, 5.0, 6.0]])
    np.testing.assert_array_equal(filled(values, 1), [[NAN, 1, 2, 3, 4], [2, 3, 4, 5, 6]])


def test_in_seasonal_data_a_bridge_bends_like_the_other_cycles() -> None:
    # the second quarter lies 4 above the line between its neighbours in 2001, 6 above it in 2003: so 5 in 2002
    past = np.array([10.0, 15, 12, 9, 10, NAN, 12, 9, 20, 27, 22, 9])
    assert filled(past[None], 4)[0, 5] == 11 + 5


def test_a_season_and_a_line_are_filled_as_they_were() -> None:
    past = np.arange(24.0) + np.tile([0.0, 5.0, -3.0, 2.0], 6)
    holed = past.copy()
    holed[[1, 9, 10, 22]] = NAN
    np.testing.assert_allclose(filled(holed[None], 4)[0], past, atol=1e-12)


def test_what_parameters_are_kept_from_is_filled_as_if_nothing_had_followed() -> None:
    past = np.array([10.0, 15, 12, 9, 10, NAN, 12, 9, 20, 27, 22, 9, 13, NAN, 14, 15])
    held = np.array([8])
    both = filled(past[None], 4, held)[0]
    np.testing.assert_array_equal(both[:8], filled(past[None, :8], 4)[0])
    assert both[5] != filled(past[None], 4)[0, 5]
    assert both[13] == filled(past[None], 4)[0, 13]
