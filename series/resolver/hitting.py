"""Hitting sets: the cheapest choice of members that leaves no set untouched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NODES = 4000


def groups(sets: Iterable[frozenset[int]]) -> list[list[frozenset[int]]]:
    """Split sets into groups that share no member."""
    result: list[tuple[set[int], list[frozenset[int]]]] = []
    for one in sets:
        members, mine = set(one), [one]
        apart = []
        for other, theirs in result:
            if members & other:
                members |= other
                mine = theirs + mine
            else:
                apart.append((other, theirs))
        result = [*apart, (members, mine)]
    return [mine for _, mine in result]


def cheapest_hitting_set(sets: Sequence[frozenset[int]], weights: Sequence[float]) -> tuple[frozenset[int], bool]:
    """Return members of least total weight that hit every set, and whether the search was completed.

    Branch and bound, group by group, starting from the greedy choice; ties go to the lower member.
    """
    chosen: set[int] = set()
    complete = True
    for group in groups(sets):
        best, done = _branch(group, weights)
        chosen |= best
        complete &= done
    return frozenset(chosen), complete


def _branch(sets: list[frozenset[int]], weights: Sequence[float]) -> tuple[frozenset[int], bool]:
    best = _greedy(sets, weights)
    cost = sum(weights[i] for i in best)
    nodes = 0
    stack: list[tuple[float, frozenset[int], frozenset[int]]] = [(0.0, frozenset(), frozenset())]
    while stack and nodes < NODES:
        spent, taken, barred = stack.pop()
        nodes += 1
        open_sets = [one - barred for one in sets if not one & taken]
        if spent + _floor(open_sets, weights) >= cost - 1e-9:
            continue
        if not open_sets:
            best, cost = taken, spent
            continue
        smallest = min(open_sets, key=lambda one: (len(one), sorted(one)))
        ranked = sorted(smallest, key=lambda i: (weights[i], i))
        for position in reversed(range(len(ranked))):
            member = ranked[position]
            stack.append((spent + weights[member], taken | {member}, barred | set(ranked[:position])))
    return best, not stack


def _floor(sets: list[frozenset[int]], weights: Sequence[float]) -> float:
    """A lower bound of what hitting the sets costs: the cheapest member of each of some disjoint sets."""
    used: set[int] = set()
    total = 0.0
    for one in sorted(sets, key=len):
        if not one:
            return float("inf")
        if not one & used:
            used |= one
            total += min(weights[i] for i in one)
    return total


def _greedy(sets: list[frozenset[int]], weights: Sequence[float]) -> frozenset[int]:
    remaining, chosen = list(sets), set[int]()
    while remaining:
        counts: dict[int, int] = {}
        for one in remaining:
            for member in one:
                counts[member] = counts.get(member, 0) + 1
        pick = min(counts, key=lambda i: (weights[i] / counts[i], i))
        chosen.add(pick)
        remaining = [one for one in remaining if pick not in one]
    for member in sorted(chosen, key=lambda i: (-weights[i], i)):
        if all(one & (chosen - {member}) for one in sets):
            chosen.discard(member)
    return frozenset(chosen)
