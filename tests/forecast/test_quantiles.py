from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.quantiles import LEVELS, Forecasts, check_levels, student


def test_levels_ascend_and_mirror_each_other() -> None:
    assert (np.diff(LEVELS) > 0).all()
    np.testing.assert_allclose(LEVELS + LEVELS[::-1], 1)


def test_student_is_the_table_everyone_has() -> None:
    found = student(np.zeros((2, 1)), np.ones((2, 1)), np.array([4.0, np.inf]), np.array([0.5, 0.975]))
    np.testing.assert_allclose(found[:, 0], [[0, 2.776], [0, 1.960]], atol=5e-4)


def test_the_median_is_the_middle_level() -> None:
    answer = Forecasts(np.array([[[1.0, 2.0, 3.0]]]), np.array([0.1, 0.5, 0.9]), ("x",), ("",))
    assert answer.median.tolist() == [[2.0]]


def test_the_mean_of_a_lognormal_lies_above_its_median_by_half_the_variance() -> None:
    levels = (np.arange(4000) + 0.5) / 4000
    spread = np.full((1, 1), 0.4)
    normal = student(np.zeros((1, 1)), spread, np.array([np.inf]), levels)
    answer = Forecasts(np.exp(normal), levels, ("x",), ("",))
    assert answer.mean[0, 0] == pytest.approx(np.exp(0.4**2 / 2), rel=1e-3)
    coarse = Forecasts(np.exp(student(np.zeros((1, 1)), spread, np.array([np.inf]), LEVELS)), LEVELS, ("x",), ("",))
    assert coarse.mean[0, 0] == pytest.approx(np.exp(0.4**2 / 2), rel=0.01)


def test_rows_are_taken_in_order() -> None:
    answer = Forecasts(np.arange(6.0).reshape(3, 1, 2), np.array([0.1, 0.9]), ("a", "b", "c"), ("", "x", ""))
    taken = answer.take(np.array([2, 1]))
    assert taken.produced == ("c", "b")
    assert taken.quantiles[0].tolist() == [[4.0, 5.0]]


def test_shapes_must_fit() -> None:
    with pytest.raises(InputError, match="B, H, Q"):
        Forecasts(np.zeros((1, 1, 2)), np.array([0.5]), ("x",), ("",))
    with pytest.raises(InputError, match="one name and one refusal"):
        Forecasts(np.zeros((2, 1, 1)), np.array([0.5]), ("x",), ("",))


@pytest.mark.parametrize("levels", [[0.1, 0.5], (0.025, 0.1, 0.5, 0.9, 0.975), [0.5], LEVELS, [np.float32(0.25)]])
def test_ascending_probabilities_are_levels(levels: Any) -> None:
    found = check_levels(levels)
    assert found.dtype == np.float64
    assert found.tolist() == [float(level) for level in levels]
    assert check_levels([0.1 + 0.2, 0.5]).tolist() == [0.3, 0.5]


@pytest.mark.parametrize(
    ("levels", "given"),
    [
        ([80.0, 95.0], "80, 95"),
        ([-0.1, 0.5], "-0.1, 0.5"),
        ([0, 0.5, 1], "0, 0.5, 1"),
        ([0.9, 0.1], "0.9, 0.1"),
        ([0.5, 0.5], "0.5, 0.5"),
        ([np.nan, 0.5], "nan, 0.5"),
        ([], "none"),
        (0.5, "0.5"),
        ([[0.1, 0.5]], "0.1, 0.5"),
        ("x", "nan"),
        (None, "nan"),
    ],
)
def test_everything_else_is_refused_in_one_line(levels: Any, given: str) -> None:
    with pytest.raises(InputError) as caught:
        check_levels(levels)
    assert str(caught.value) == (
        f"levels ({given}) do not ascend between 0 and 1, ends excluded; give probabilities like 0.1, 0.5, 0.9"
    )
