from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.windows import Windows, past_of, roll, total
from series.observations import Series

NAN = np.nan


def test_windows_of_series_end_at_the_newest_value_and_know_their_place_in_the_year(
    made: Callable[..., Series],
) -> None:
    windows = Windows.of_series([made([1, 2, 3, 4, 5], start="2019Q3"), made([6, 7], name="b", start="2020Q1")])
    assert windows.season == 4
    assert windows.values[1].tolist()[-2:] == [6, 7]
    assert np.isnan(windows.values[1, :3]).all()
    assert windows.phase.tolist() == [2, 1]


def test_a_gap_starts_the_window_after_it(made: Callable[..., Series]) -> None:
    whole = made([1, 2, 3, 4, 5])
    gapped = Series(whole.id, whole.unit, "annual", None, whole.observations[:2] + whole.observations[3:])
    assert Windows.of_series([gapped]).values.tolist() == [[4, 5]]


def gapped(whole: Series, *missing: int) -> Series:
    kept = tuple(seen for place, seen in enumerate(whole.observations) if place not in missing)
    return replace(whole, observations=kept, gaps="missing")


def test_missing_values_stand_inside_the_window(made: Callable[..., Series]) -> None:
    one, two = gapped(made([1, 2, 3, 4, 5]), 2), gapped(made([9, 8, 7], start="2011"), 1)
    windows = Windows.of_series([one, two])
    np.testing.assert_array_equal(windows.values, [[1, 2, NAN, 4, 5], [NAN, NAN, 9, NAN, 7]])
    assert windows.lengths.tolist() == [5, 3]
    assert past_of(replace(one, observations=())).tolist() == []


def test_origins_have_a_value_and_one_to_come(made: Callable[..., Series]) -> None:
    rolling = roll([gapped(made(range(1, 13)), 5, 8, 9)], origins=3, horizon=2, minimum=4)
    # 2009..2020 without 2014, 2017, 2018: nothing comes within two steps of 2016
    assert [str(origin) for origin in rolling.origins] == ["2013", "2015", "2019"]
    np.testing.assert_array_equal(rolling.truth, [[NAN, 7], [8, NAN], [12, NAN]])
    np.testing.assert_array_equal(rolling.windows.values[1], [NAN] * 4 + [1, 2, 3, 4, 5, NAN, 7])


def test_an_origin_has_the_least_number_of_values_behind_it(made: Callable[..., Series]) -> None:
    rolling = roll([gapped(made(range(1, 9)), 1, 3)], origins=8, horizon=1, minimum=4)
    assert [str(origin) for origin in rolling.origins] == ["2014", "2015"]


def test_new_fits_are_counted_in_origins(made: Callable[..., Series]) -> None:
    held = roll([gapped(made(range(1, 13)), 9)], 4, 1, 4, refit=2).windows.held
    assert held is not None
    assert held.tolist() == [6, 6, 8, 8]


def test_seeds_depend_on_the_window_alone(made: Callable[..., Series]) -> None:
    one, two = made([1, 2, 3, 4, 5]), made([1, 2, 3, 4, 5], name="b")
    both, turned = Windows.of_series([one, two]), Windows.of_series([two, one])
    assert both.seeds.tolist() == turned.seeds.tolist()[::-1]
    assert both.seeds[0] != both.seeds[1]
    assert Windows.of_series([one], seed=1).seeds[0] != both.seeds[0]
    past = roll([made([1, 2, 3, 4, 5, 6])], origins=1, horizon=1, minimum=4)
    assert past.windows.seeds[0] == both.seeds[0]  # a backtest repeats what was forecast then


def test_rolling_windows_expand_and_never_see_their_truth(made: Callable[..., Series]) -> None:
    rolling = roll([made([1, 2, 3, 4, 5, 6, 7])], origins=8, horizon=2, minimum=4)
    assert [str(origin) for origin in rolling.origins] == ["2012", "2013", "2014"]
    assert rolling.windows.lengths.tolist() == [4, 5, 6]
    np.testing.assert_array_equal(rolling.truth, [[5, 6], [6, 7], [7, np.nan]])
    assert np.nanmax(rolling.windows.values, axis=1).tolist() == [4, 5, 6]


def test_series_too_short_for_an_origin_contribute_none(made: Callable[..., Series]) -> None:
    rolling = roll([made([1, 2, 3, 4]), made([1, 2, 3, 4, 5], name="b")], origins=3, horizon=2, minimum=4)
    assert rolling.rows.tolist() == [1]


def test_mixed_frequencies_are_refused(made: Callable[..., Series]) -> None:
    with pytest.raises(InputError, match="annual and quarterly"):
        Windows.of_series([made([1, 2]), made([1, 2], name="b", start="2019Q1")])


def test_an_empty_batch_is_a_batch() -> None:
    assert len(Windows.of([])) == 0
    assert len(roll([], origins=3, horizon=2, minimum=4).windows) == 0


def test_parameters_are_held_from_the_last_new_fit(made: Callable[..., Series]) -> None:
    rolling = roll([made(range(1, 13))], 5, 1, 4, refit=2)
    assert rolling.windows.lengths.tolist() == [7, 8, 9, 10, 11]
    assert rolling.windows.held is not None
    assert rolling.windows.held.tolist() == [7, 7, 9, 9, 11]
    assert roll([made(range(1, 13))], 5, 1, 4).windows.held is None
    constant = roll([made([5, 5, 5, 5, 5, 6, 7])], 5, 1, 4, refit=9).windows.held
    assert constant is not None
    assert constant.tolist() == [4, 5, 6]  # a constant teaches no parameters


def test_a_past_begins_with_its_first_value() -> None:
    nan = float("nan")
    windows = Windows.of([[nan, nan, 1.0, nan, 3.0], [nan, 2.0, 3.0], [nan, nan], []])
    assert windows.lengths.tolist() == [3, 2, 0, 0]
    np.testing.assert_array_equal(windows.values[:2], [[1, nan, 3], [nan, 2, 3]])


def test_recent_values_keep_what_was_learnt_from_where_enough_of_it_is_left() -> None:
    windows = replace(Windows.of([range(1, 13), range(1, 13), range(1, 5)]), held=np.array([11, 8, 4]))
    cut = windows.recent(0.5, 5)
    assert cut.lengths.tolist() == [6, 6, 4]
    np.testing.assert_array_equal(cut.values[:2], [[7, 8, 9, 10, 11, 12]] * 2)
    assert np.isnan(cut.values[2, :2]).all()
    assert cut.held is not None
    assert cut.held.tolist() == [5, 6, 4]
    assert windows.take([0]).recent(0.5, 5).values.shape == (1, 6)


@pytest.mark.parametrize(
    ("pasts", "said"),
    [
        ([1.0, 2.0, 3.0], "past 0 is no list of numbers; windows are made of several pasts"),
        (pd.Series([1.0, 2.0]), "past 0 is no list of numbers"),
        (pd.DataFrame({"year": [2019], "a": [1.0]}), "a DataFrame is no list of pasts"),
        (None, "a NoneType is no list of pasts"),
        ("123", "a str is no list of pasts"),
        ({"a": [1, 2]}, "a dict is no list of pasts"),
        ([[1, 2], ["3", "4"]], "past 1 of the windows, .* holds something else than numbers"),
        ([[[1, 2]]], "past 0 is no list of numbers"),
    ],
)
def test_pasts_are_lists_of_numbers(pasts: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        Windows.of(pasts)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"season": "4"}, "season '4' is no whole number"),
        ({"season": 4.0}, "season 4.0 is no whole number"),
        ({"season": None}, "season None is no whole number"),
        ({"season": 4, "phase": [0, 9]}, r"phase 9 is outside 0\.\.3, the steps of a cycle of 4"),
        ({"season": 4, "phase": [0, 0.5]}, "phase 0.5 is no whole number"),
        ({"season": 4, "phase": 3}, "phase 3 is no list"),
        ({"seeds": [-1, 2]}, "seeds -1 is impossible"),
        ({"seeds": [1.5, 2]}, "seeds 1.5 is no whole number"),
        ({"seeds": [2**64, 2]}, "seeds 18446744073709551616 is impossible"),
    ],
)
def test_seasons_phases_and_seeds_are_whole_numbers_that_can_be(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Windows.of([[1.0, 2.0], [3.0, 4.0]], **given)


def test_arrays_of_whole_numbers_are_phases_and_seeds() -> None:
    windows = Windows.of(np.ones((2, 3)), np.int64(4), np.array([0, 3]), np.array([1, 2]))
    assert (windows.phase.tolist(), windows.seeds.tolist()) == ([0, 3], [1, 2])
    assert Windows.of([[1.0]], seeds=[2**64 - 1]).seeds.tolist() == [2**64 - 1]


@pytest.mark.parametrize("batch", [1, 2, 5, 300])
def test_sums_run_from_the_left_whatever_stands_beside_or_before(batch: int) -> None:
    rng = np.random.default_rng(batch)
    cells = rng.standard_normal((batch, 150)) * 10.0 ** rng.integers(-8, 8, (batch, 150))
    from_the_left = [reduce(add, row.tolist()) for row in cells]  # `sum` rounds in another way
    assert total(cells).tolist() == from_the_left
    assert total(np.concatenate([np.zeros((batch, 9)), cells], axis=1)).tolist() == from_the_left
    assert total(np.zeros((batch, 0))).tolist() == [0.0] * batch
