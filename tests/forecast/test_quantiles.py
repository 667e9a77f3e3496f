from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.quantiles import LEVELS, Forecasts, student


def test_levels_ascend_and_mirror_each_other() -> None:
    assert (np.diff(LEVELS) > 0).all()
    np.testing.assert_allclose(LEVELS + LEVELS[::-1], 1)


def test_student_is_the_table_everyone_has() -> None:
    found = student(np.zeros((2, 1)), np.ones((2, 1)), np.array([4.0, np.inf]), np.array([0.5, 0.975]))
    np.testing.assert_allclose(found[:, 0], [[0, 2.776], [0, 1.960]], atol=5e-4)


def test_the_median_is_the_middle_level() -> None:
    answer = Forecasts(np.array([[[1.0, 2.0, 3.0]]]), np.array([0.1, 0.5, 0.9]), ("x",), ("",))
    assert answer.median.tolist() == [[2.0]]


def test_shapes_must_fit() -> None:
    with pytest.raises(InputError, match="B, H, Q"):
        Forecasts(np.zeros((1, 1, 2)), np.array([0.5]), ("x",), ("",))
    with pytest.raises(InputError, match="one name and one refusal"):
        Forecasts(np.zeros((2, 1, 1)), np.array([0.5]), ("x",), ("",))
