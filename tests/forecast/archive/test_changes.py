from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from forecast.archive.basis import Basis, Belief
from forecast.archive.changes import Altered, Changes, compare
from series.observations import Observation, Series
from series.periods import Period

NAME = "cn.offshore.execution.usd"
Y = Period.year


def make(values: dict[int, float], median: float, run: str = "", statements: str = "abc") -> Basis:
    observations = tuple(
        Observation(Y(year), value, value, value, "published", (f"s{year}",)) for year, value in values.items()
    )
    origin = observations[-1].period
    levels = {0.1: median - 20, 0.5: median, 0.9: median + 20}
    steps = {origin.step(step): levels for step in range(1, 2031 - int(str(origin)))}
    series = Series(NAME, "USD 100m", "annual", None, observations)
    return Basis(
        run, dt.date(2025, 1, 1), frozenset(statements), frozenset(), {NAME: series}, {NAME: Belief(origin, steps)}
    )


def never() -> Basis | None:
    raise AssertionError("asked for a replay that is not needed")


def changed(before: Basis, after: Basis, again: Basis | None = None) -> Changes:
    return compare(before, after, (lambda: again) if again else never)


def test_nothing_changed_is_nothing() -> None:
    one = make({2023: 100.0}, 120.0, "run-1")
    found = changed(one, one)
    assert (found.statements, found.altered, found.surprises, found.moved) == ((), (), (), ())


def test_an_outcome_stands_beside_what_was_forecast_for_it() -> None:
    found = changed(make({2023: 100.0}, 120.0), make({2023: 100.0, 2024: 130.0}, 150.0, statements="abcd"))
    assert found.statements == ("d",)
    assert [(one.kind, str(one.period), one.statements) for one in found.altered] == [("new", "2024", ("s2024",))]
    (surprise,) = found.surprises
    assert (surprise.value, surprise.median, surprise.inner) == (130.0, 120.0, (100.0, 140.0))
    assert surprise.below == pytest.approx(0.7)


def test_a_revised_value_and_one_withdrawn_are_told_apart() -> None:
    found = changed(make({2022: 80.0, 2023: 100.0}, 120.0), make({2023: 101.0}, 120.0))
    assert [(one.kind, str(one.period)) for one in found.altered] == [("gone", "2022"), ("revised", "2023")]
    assert found.surprises == ()


def test_a_range_that_only_shrank_is_narrowed_and_a_print_that_changed_is_revised() -> None:
    edge = Observation(Y(2006), 13.67, 13.67, 13.845, "narrowed", ("s1",))
    shown = Observation(Y(2006), 13.84, 13.835, 13.845, "published", ("s2",), -2)
    apart = dataclasses.replace(shown, low=13.5)
    kinds = [
        Altered(NAME, Y(2006), one, after, ()).kind for one, after in ((edge, shown), (edge, apart), (shown, edge))
    ]
    assert kinds == ["narrowed", "revised", "revised"]


def test_news_and_tools_add_up_to_the_change() -> None:
    before = make({2023: 100.0}, 120.0, "run-1")
    found = changed(before, make({2023: 100.0, 2024: 130.0}, 150.0), make({2023: 100.0}, 126.0))
    (moved,) = found.moved
    assert (str(moved.period), moved.before, moved.after) == ("2030", 120.0, 150.0)
    assert (moved.tools, moved.news) == pytest.approx((6.0, 24.0))
    assert [str(origin) for origin in moved.origin] == ["2023", "2024"]


def test_without_an_earlier_run_the_whole_change_is_news() -> None:
    (moved,) = changed(make({2023: 100.0}, 120.0), make({2023: 100.0, 2024: 130.0}, 150.0)).moved
    assert (moved.tools, moved.news) == (0.0, 30.0)
