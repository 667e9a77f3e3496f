"""Settlement: when a range leaves one value to name."""

import pytest

from forecast.claims import check
from forecast.claims.settlement import pinned


@pytest.mark.parametrize(
    ("low", "high", "one"),
    [
        (13.6, 13.7, True),  # a printed decimal
        (15350.0, 15450.0, True),  # "1.54 trillion": a hundredth
        (3.3499999, 3.4500010, True),  # a printed decimal as the solver leaves it
        (2.49, 24.8, False),
        (-55.87, 32.22, False),
        (0.0, 46.6, False),
    ],
)
def test_a_range_names_a_value_where_it_is_as_narrow_as_a_print(low: float, high: float, one: bool) -> None:
    assert pinned(low, high) is one


def test_a_statement_that_little_is_known_of_has_no_one_outcome() -> None:
    wide, narrow = (check(name)["readings"][0]["outcome"] for name in ("D09", "D03"))
    assert not wide["pinned"]
    assert wide["low"] < 2.5 < 24.8 < wide["high"]
    assert narrow["pinned"]
