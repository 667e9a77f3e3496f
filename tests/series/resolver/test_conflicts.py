from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from series.resolver import Limits, Resolution
from series.resolver.conflicts import Search, settle
from series.resolver.system import Component

quick = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _muddle(seed: int, say: Callable, solve: Callable) -> Resolution:
    """Levels and rates drawn at random: mostly impossible together."""
    rng = random.Random(seed)  # noqa: S311 - draws a test, not a secret
    made = []
    for number in range(rng.randint(4, 9)):
        scope, year = rng.choice(("offshore", "onshore", "total")), rng.choice((2017, 2018, 2019))
        subject = f"cn.{scope}.execution.usd"
        if rng.random() < 0.6:
            made.append(say(f"s{number}", subject, str(year), str(rng.randint(80, 120))))
        else:
            made.append(say(f"s{number}", subject, str(year), str(rng.randint(-10, 30)), "growth"))
    return solve(*made)


def _feasible_in_z3(component: Component, left_out: frozenset[int]) -> bool:
    z3 = pytest.importorskip("z3")
    solver = z3.Solver()
    unknowns = [z3.Real(f"x{i}") for i in range(len(component.columns))]
    solver.add(*(x >= 0 for x in unknowns))
    for row in component.rows:
        if row.figure in left_out:
            continue
        total = z3.Sum([z3.Q(c.numerator, c.denominator) * unknowns[i] for i, c in row.terms])
        if row.low is not None:
            solver.add(total >= z3.Q(row.low.numerator, row.low.denominator))
        if row.high is not None:
            solver.add(total <= z3.Q(row.high.numerator, row.high.denominator))
    return bool(solver.check() == z3.sat)


@pytest.mark.slow
@quick
@given(st.integers(0, 10**6))
def test_every_conflict_is_minimal_and_every_settlement_and_repair_restores(
    say: Callable, solve: Callable, seed: int
) -> None:
    resolution = _muddle(seed, say, solve)
    for number, component in enumerate(resolution.system.components):
        everything = frozenset(range(len(component.figures)))
        settlement = settle(Search(component), Limits())
        assert _feasible_in_z3(component, settlement.released)
        assert bool(settlement.conflicts) == (not _feasible_in_z3(component, frozenset()))
        for conflict in settlement.conflicts:
            assert not _feasible_in_z3(component, everything - conflict)
            assert Search(component).proven(conflict)
            for member in conflict:
                assert _feasible_in_z3(component, everything - conflict | {member})
        for case in (case for case in resolution.cases if case.component == number):
            elsewhere = settlement.released - case.released
            for repair in case.repairs:
                assert _feasible_in_z3(component, elsewhere | repair.figures)


@pytest.mark.slow
@quick
@given(st.integers(0, 10**6))
def test_bounds_are_those_of_an_exact_solver(say: Callable, solve: Callable, seed: int) -> None:
    z3 = pytest.importorskip("z3")
    resolution = _muddle(seed, say, solve)
    for number, component in enumerate(resolution.system.components):
        released = resolution.evidence.settlement(number).released
        for column in component.columns[:2]:
            found = resolution.evidence.bounder(number).amount(
                {component.index[column]: 1},
                {component.index[column]: 1},  # type: ignore[dict-item]
            )
            for end in (found.low, found.high):
                optimiser = z3.Optimize()
                unknowns = [z3.Real(f"x{i}") for i in range(len(component.columns))]
                optimiser.add(*(x >= 0 for x in unknowns))
                for row in component.rows:
                    total = z3.Sum([z3.Q(c.numerator, c.denominator) * unknowns[i] for i, c in row.terms])
                    if row.figure in released:
                        continue
                    if row.low is not None:
                        optimiser.add(total >= z3.Q(row.low.numerator, row.low.denominator))
                    if row.high is not None:
                        optimiser.add(total <= z3.Q(row.high.numerator, row.high.denominator))
                goal = unknowns[component.index[column]]
                handle = optimiser.minimize(goal) if end == found.low else optimiser.maximize(goal)
                assert optimiser.check() == z3.sat
                exact = handle.value()
                if str(exact) == "oo":
                    assert end == float("inf")
                elif end != float("inf"):
                    figure = exact.as_decimal(12).rstrip("?") if z3.is_rational_value(exact) else exact.as_long()
                    assert float(figure) == pytest.approx(end, rel=1e-6, abs=1e-6)
