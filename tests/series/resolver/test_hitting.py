from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from series.resolver.hitting import cheapest_hitting_set, groups

SETS = st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=7)


@given(SETS, st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_no_cheaper_choice_hits_every_set(sets: list[frozenset[int]], weights: list[int]) -> None:
    chosen, complete = cheapest_hitting_set(sets, weights)
    assert complete
    assert all(chosen & one for one in sets)
    best = min(
        sum(weights[i] for i in some)
        for size in range(8)
        for some in itertools.combinations(range(7), size)
        if all(set(some) & one for one in sets)
    )
    assert sum(weights[i] for i in chosen) == best


@given(SETS)
def test_groups_share_no_member(sets: list[frozenset[int]]) -> None:
    found = [frozenset().union(*group) for group in groups(sets)]
    assert all(not a & b for a, b in itertools.combinations(found, 2))
