from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from series.periods import Period
from series.statements import Statement

SCOPES = ("offshore", "onshore", "total")
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class World:
    """True monthly amounts of 2018 and 2019, and printed statements about them."""

    months: dict[str, list[Decimal]]
    statements: list[Statement]

    def amount(self, subject: str, period: Period) -> Decimal:
        start = 2018 * 12
        return sum(self.months[subject][period.start - start : period.end + 1 - start], Decimal(0))


def _rounded(value: Decimal, digits: int) -> Decimal:
    return round(value, digits)


def _world(seed: int, say: Callable[..., Statement]) -> World:
    rng = random.Random(seed)  # noqa: S311 - draws a test, not a secret
    months = {f"cn.{s}.execution.usd": [Decimal(rng.randint(50, 900)) / 10 for _ in range(24)] for s in SCOPES[:2]}
    months["cn.total.execution.usd"] = [a + b for a, b in zip(*months.values(), strict=True)]
    world = World(months, [])
    for number in range(rng.randint(4, 14)):
        subject = rng.choice(sorted(months))
        year, kind = rng.choice((2018, 2019)), rng.choice(("level", "level", "growth", "share"))
        period = rng.choice(
            [Period.year(year), *(Period.months(year, 1, m) for m in (2, 6, 8, 9)), Period.months(year, 7, 9)]
        )
        truth, key = world.amount(subject, period), f"s{number}"
        if kind == "growth":
            period = Period(period.start % 12 + 2019 * 12, period.end % 12 + 2019 * 12)
            truth = (world.amount(subject, period) / world.amount(subject, period.shift(-12)) - 1) * 100
        elif kind == "share":
            subject = "cn.offshore.execution.usd"
            truth = world.amount(subject, period) / world.amount("cn.total.execution.usd", period) * 100
            subject = "cn.offshore.execution.share"
        printed = _rounded(truth, rng.randint(0, 2))
        made = say(key, subject, str(period), str(printed), kind)
        if kind == "share":
            made = replace(made, whole="cn.total.execution.usd")
        if kind == "level" and rng.random() < 0.2:
            made = replace(made, hedge="over" if printed <= truth else "nearly")
        world.statements.append(made)
    return world


CELLS = [Period.year(2018), Period.year(2019), Period.parse("2019Q3"), Period.parse("2018-01..2018-08")]


@quick
@given(st.integers(0, 10**6))
def test_a_true_world_is_feasible_and_inside_every_bound(say: Callable, solve: Callable, seed: int) -> None:
    world = _world(seed, say)
    found = solve(*world.statements)
    assert found.cases == ()
    for subject in world.months:
        for period in CELLS:
            bounds, truth = found.bounds(subject, period), float(world.amount(subject, period))
            assert bounds.low <= truth + 1e-9
            assert truth - 1e-9 <= bounds.high


@quick
@given(st.integers(0, 10**6))
def test_one_more_true_statement_never_widens_a_bound(say: Callable, solve: Callable, seed: int) -> None:
    world = _world(seed, say)
    fewer, more = solve(*world.statements[:-1]), solve(*world.statements)
    for subject in world.months:
        for period in CELLS:
            wide, tight = fewer.bounds(subject, period), more.bounds(subject, period)
            # bounds are rounded outward in the ninth digit
            assert tight.low >= wide.low - 1e-6 - 1e-8 * wide.low
            assert tight.high <= wide.high + 1e-6 + 1e-8 * wide.high


@pytest.mark.slow
@quick
@given(st.integers(0, 10**6))
def test_order_changes_nothing_and_scale_only_the_scale(say: Callable, solve: Callable, seed: int) -> None:
    world = _world(seed, say)
    first = solve(*world.statements)
    rng = random.Random(seed)  # noqa: S311 - as above
    shuffled = rng.sample(world.statements, len(world.statements))
    second = solve(*shuffled)
    scaled = solve(
        *(replace(s, value=s.value * 10, exponent=s.exponent + 1) if s.kind == "level" else s for s in world.statements)
    )
    for subject in world.months:
        for period in CELLS:
            bounds, other = first.bounds(subject, period), scaled.bounds(subject, period)
            assert second.bounds(subject, period) == bounds
            assert abs(other.low - 10 * bounds.low) <= 1e-6 * max(1.0, bounds.low)
            if bounds.high != float("inf"):
                assert abs(other.high - 10 * bounds.high) <= 1e-6 * bounds.high
