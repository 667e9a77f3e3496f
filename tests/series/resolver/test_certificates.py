from __future__ import annotations

from fractions import Fraction

import numpy as np

from series.resolver.certificates import proves_empty, upper_bound
from series.resolver.system import Row

ONE = Fraction(1)
NONE = np.full(2, np.inf)
ROWS = (
    Row(0, ((0, ONE), (1, ONE)), None, Fraction(10)),  # x + y <= 10
    Row(1, ((0, ONE), (1, -ONE)), Fraction(4), None),  # x - y >= 4
)


def test_multipliers_prove_a_bound() -> None:
    # y = ((x + y) - (x - y)) / 2 <= (10 - 4) / 2
    assert upper_bound({1: ONE}, ROWS, {0: 0.5, 1: -0.5}, NONE) == 3


def test_multipliers_a_little_off_still_prove_it() -> None:
    bound = upper_bound({1: ONE}, ROWS, {0: 0.5 + 1e-12, 1: -0.5}, NONE)
    assert bound is not None
    assert abs(bound - 3) < Fraction(1, 10**9)


def test_multipliers_that_prove_nothing_give_no_bound() -> None:
    assert upper_bound({0: ONE}, ROWS, {0: 0.25}, NONE) is None


def test_an_empty_system_is_proven_empty_and_a_full_one_is_not() -> None:
    rows = (ROWS[0], Row(1, ((0, ONE), (1, ONE)), Fraction(11), None))
    assert proves_empty(rows, {0: 1.0, 1: -1.0}, NONE)
    assert not proves_empty(ROWS, {0: 1.0, 1: -1.0}, NONE)
