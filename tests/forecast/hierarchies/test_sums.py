from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import EvidenceError
from forecast.hierarchies.sums import add_up, link, misfits
from series.observations import Observation, Series
from series.periods import Period

NO = np.nan


def made(name: str, first: int, values: list[float]) -> Series:
    cells = tuple(Observation(Period.year(first + n), v, v, v, "published", ()) for n, v in enumerate(values))
    return Series(name, "USD", "annual", None, cells)


def test_a_whole_is_linked_where_a_small_part_is_missing() -> None:
    total, linked = link(np.array([[80.0, 90, 100, 110], [NO, 10, 20, NO]]))
    assert total == pytest.approx([100 * 80 / 90, 100, 120, 120 * 110 / 100])
    assert linked.tolist() == [True, False, False, True]


def test_a_link_ends_where_the_known_parts_are_too_few() -> None:
    total, linked = link(np.array([[10.0, 10, 10], [NO, 90, 100]]))
    np.testing.assert_array_equal(total, [NO, 100, 110])
    assert not linked.any()


@given(st.lists(st.floats(1, 1e6), min_size=4, max_size=12))
def test_parts_that_move_alike_are_linked_to_their_true_sum(path: list[float]) -> None:
    values = np.outer([5.0, 4.0, 1.0], path)
    truth = values.sum(axis=0)
    values[2, : len(path) // 3] = NO
    total, _ = link(values)
    np.testing.assert_allclose(total, truth, rtol=1e-9)


def test_series_of_different_spans_are_added_up() -> None:
    whole, linked = add_up("w", [made("a", 2000, [8, 9, 10, 11]), made("b", 2001, [1, 1])])
    assert [(str(seen.period), seen.status) for seen in whole.observations] == [
        ("2000", "estimated"), ("2001", "derived"), ("2002", "derived"), ("2003", "estimated"),
    ]  # fmt: skip
    assert linked == 2
    assert whole.observations[1].value == 10
    with pytest.raises(EvidenceError, match="no period in which all parts of w"):
        add_up("w", [made("a", 2000, [1, 2]), made("b", 2005, [1, 2])])


def test_exact_sums_before_a_gap_stay_and_the_gap_is_linked() -> None:
    total, linked = link(np.array([[80.0, 90, 100, 110, 121], [8, 9, NO, 11, 12]]))
    assert total == pytest.approx([88, 99, 121 * 100 / 110, 121, 133])
    assert linked.tolist() == [False, False, True, False, False]


def test_a_whole_misses_what_too_few_parts_tell_and_goes_on_before_it() -> None:
    total, linked = link(np.array([[80.0, 90, NO, 110, 121], [8, 9, 10, 11, 12], [1, 1, NO, 1, 1]]))
    np.testing.assert_array_equal(total, [89, 100, NO, 122, 134])
    assert not linked.any()


def test_parts_with_missing_values_are_added_up_by_period() -> None:
    one, two = (
        replace(made(name, 2000, values), gaps="missing") for name, values in (("a", [1, 2, 3, 4]), ("b", [5] * 4))
    )
    holed = replace(two, observations=(*two.observations[:1], *two.observations[2:]))
    whole, linked = add_up("w", [one, holed])
    assert [(str(seen.period), seen.value) for seen in whole.observations] == [("2000", 6), ("2002", 8), ("2003", 9)]
    assert (whole.gaps, linked) == ("missing", 0)


def test_a_whole_is_off_its_parts_where_rounding_does_not_tell_it() -> None:
    parts = [made("a", 2000, [10, 10, 10, 10]), made("b", 2001, [10, 10, 10])]
    off, known = misfits(made("w", 1999, [1, 1, 20.3, 30, 20]), parts)
    assert known == 3
    assert off == [(Period.year(2002), 30, 20)]
