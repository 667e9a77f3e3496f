from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from series.resolver.intervals import interval, printed


def test_the_last_digit_sets_the_width() -> None:
    allowed = printed(Fraction(10), -1)
    assert (allowed.low, allowed.high) == (Fraction("9.95"), Fraction("10.05"))
    assert printed(Fraction(10), 0).low == Fraction("9.5")


def test_hedges_open_one_side() -> None:
    assert printed(Fraction(100), 0, "over").low == 100
    assert printed(Fraction(100), 0, "nearly").high == 100
    assert printed(Fraction(100), 0, "about").low == 95


def test_cut_digits_point_away_from_zero() -> None:
    assert printed(Fraction(-3), 0, rounding="truncated").low == -4


def test_rates_become_ratios(say: Callable) -> None:
    growth = interval(say("s", "cn.offshore.execution.usd", "2019", "10", "growth"))
    assert (growth.low, growth.high) == (Fraction("1.095"), Fraction("1.105"))
    share = interval(say("s", "cn.offshore.execution.share", "2019", "40", "share"))
    assert (share.low, share.high) == (Fraction("0.395"), Fraction("0.405"))
    average = interval(say("s", "cn.offshore.execution.usd", "2012", "10", "cagr", base="2010"))
    assert average.low == Fraction("1.095") ** 2
