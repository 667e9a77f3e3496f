from __future__ import annotations

import numpy as np

from forecast.models.kernels.pasts import lay, running


def test_pasts_are_laid_out_left_aligned_longest_first_and_near_one():
    values = np.array([[np.nan, np.nan, 3.0, 5.0], [1.0, -2.0, 4.0, 8.0], [np.nan, 6.0, 7.0, 1024.0]])
    first, second = lay(values, np.array([2, 4, 3]), chunk=2)
    assert first.rows.tolist() == [1, 2]
    assert second.rows.tolist() == [0]
    assert first.counts == [2, 2, 2, 1]
    np.testing.assert_array_equal(first.values[:, 0] * 2.0 ** first.exponents[0], [1, -2, 4, 8])
    np.testing.assert_array_equal(first.values[:, 1] * 2.0 ** first.exponents[1], [6, 7, 1024, 0])
    assert np.abs(first.values).max() < 1
    assert first.positive.tolist() == [False, True]
    np.testing.assert_array_equal(second.scaled_back(second.values.T), [[3.0, 5.0]])


def test_rows_still_running_are_counted():
    assert running(np.array([3, 3, 1]), 4) == [3, 2, 2, 0]


def test_the_largest_and_smallest_values_keep_their_digits():
    values = np.array([[1e300, 3e300, 1.7e308], [5e-324, 1e-320, 2e-310], [0.0, 0.0, 0.0]])
    (pasts,) = lay(values, np.array([3, 3, 3]), chunk=9)
    np.testing.assert_array_equal(pasts.scaled_back(pasts.values.T), values)
    np.testing.assert_array_equal(pasts.scaled_back(np.full((3, 1), 4.0))[0], np.finfo(float).max)
