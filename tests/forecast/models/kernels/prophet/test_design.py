from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.models.kernels.prophet.design import Settings, lay_out


def _whole(length: int) -> np.ndarray:
    return np.ones(length, dtype=bool)


def test_time_runs_from_zero_to_one_and_on() -> None:
    layout = lay_out(_whole(5), 1, 2, Settings())
    assert layout.past[:, 0].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert layout.ahead[:, 0].tolist() == [1.25, 1.5]
    assert layout.step == 0.25


def test_slopes_change_in_the_first_four_fifths() -> None:
    layout = lay_out(_whole(11), 1, 1, Settings())
    # floor(11 * 0.8) = 8 values may carry a change, all but the first do
    assert layout.changes == 7
    assert np.allclose(layout.past[-1, 2:9], 1 - np.arange(1, 8) / 10)
    assert not layout.past[:, 9:].any()


def test_long_pasts_have_25_changes_at_rounded_places() -> None:
    layout = lay_out(_whole(100), 1, 1, Settings())
    assert layout.changes == 25
    assert np.allclose(layout.past[-1, 2:], 1 - np.linspace(0, 79, 26).round()[1:] / 99)


def test_apart_bounds_the_changes_by_the_number_of_values() -> None:
    assert lay_out(_whole(20), 1, 1, Settings(apart=3)).changes == 6
    assert lay_out(_whole(4), 1, 1, Settings(apart=3)).changes == 1


def test_time_counts_the_missing_steps_and_changes_do_not() -> None:
    present = _whole(9)
    present[[2, 5]] = False
    layout = lay_out(present, 1, 1, Settings())
    assert np.allclose(layout.past[:, 0], np.array([0, 1, 3, 4, 6, 7, 8]) / 8)
    assert layout.changes == 4  # floor(7 * 0.8) - 1


def test_waves_are_whole_pairs_of_the_season() -> None:
    layout = lay_out(_whole(12), 4, 4, Settings())
    waves = layout.past[:, 27:]
    assert waves.shape == (12, 3)  # two pairs, and the sine of the second is zero at every quarter
    assert np.allclose(waves[:4], waves[4:8])
    assert np.allclose(layout.ahead[:, 27:], waves[:4])
    assert np.allclose(np.abs(waves[:, 2]), 1)


def test_waves_need_two_cycles() -> None:
    assert not lay_out(_whole(7), 4, 1, Settings()).past[:, 27:].any()
    assert lay_out(_whole(8), 4, 1, Settings()).past[:, 27:].any()


@pytest.mark.parametrize(
    "wrong", [{"growth": "cubic"}, {"seasonality": "both"}, {"slope_scale": 0}, {"reach": 1.5}, {"changepoints": 0}]
)
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Settings(**wrong)  # type: ignore[arg-type]
