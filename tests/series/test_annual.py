from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from series import catalog
from series.annual import Reading, allowed, choose
from series.ledger import Ledger
from series.observations import Observation
from series.periods import Period
from series.statements import Hedge, Source, Statement

OFFSHORE, TOTAL, ONSHORE = (f"cn.{scope}.execution.usd" for scope in ("offshore", "total", "onshore"))
SHARE = "cn.offshore.execution.share"
MINISTRY = Source("ministry", "A", "a", dt.date(2019, 1, 31), "day", "", "zh", "originator")
PRESS = replace(MINISTRY, id="press", role="secondary", published=dt.date(2020, 1, 31))
SOURCES = {"ministry": MINISTRY, "press": PRESS}


def level(key: str, subject: str, year: int, value: str, source: str = "ministry", hedge: Hedge = "exact") -> Statement:
    exponent = -len(value.partition(".")[2])
    unit = "percent" if subject.endswith("share") else "USD 100m"
    kind = "share" if subject.endswith("share") else "level"
    return Statement(
        key, source, subject, Period.year(year), kind, value, Decimal(value), exponent, unit, hedge,
        "nearest", "printed", None, "", "", "", "", "", "",
    )  # fmt: skip


def growth(key: str, subject: str, year: int, value: str) -> Statement:
    told = replace(level(key, subject, year, value), kind="growth", unit="percent", base=Period.year(year - 1))
    return replace(told, basis="unknown")


def read(subject: str, *statements: Statement) -> dict[int, Observation]:
    found = Reading(Ledger(SOURCES, statements, (), catalog.load()), "annual").series(subject)
    return {o.period.start // 12: o for o in found.observations}


def test_a_missing_year_follows_from_its_growth() -> None:
    found = read(OFFSHORE, level("s1", OFFSHORE, 2018, "100"), growth("s2", OFFSHORE, 2019, "10"))[2019]
    # [99.5, 100.5] x [1.095, 1.105]
    assert (found.low, found.high) == (pytest.approx(108.9525), pytest.approx(111.0525))
    assert found.status == "derived"
    assert set(found.statements) == {"s1", "s2"}


def test_a_missing_year_follows_from_the_growth_of_the_next() -> None:
    found = read(OFFSHORE, level("s1", OFFSHORE, 2019, "110"), growth("s2", OFFSHORE, 2019, "10"))[2018]
    assert (found.low, found.high) == (pytest.approx(109.5 / 1.105), pytest.approx(110.5 / 1.095))


def test_a_missing_part_follows_from_its_share() -> None:
    found = read(OFFSHORE, level("s1", TOTAL, 2018, "200"), level("s2", SHARE, 2018, "50"))[2018]
    assert (found.low, found.high) == (pytest.approx(199.5 * 0.495), pytest.approx(200.5 * 0.505))


def test_a_missing_share_follows_from_part_and_whole() -> None:
    found = read(SHARE, level("s1", TOTAL, 2018, "200"), level("s2", OFFSHORE, 2018, "100"))[2018]
    assert (found.low, found.high) == (pytest.approx(100 * 99.5 / 200.5), pytest.approx(100 * 100.5 / 199.5))


def test_a_missing_part_follows_from_a_sum() -> None:
    found = read(ONSHORE, level("s1", TOTAL, 2018, "200.0"), level("s2", OFFSHORE, 2018, "150.0"))[2018]
    assert (found.value, found.low, found.high) == (50, pytest.approx(49.9), pytest.approx(50.1))


def test_what_two_rates_say_is_intersected() -> None:
    told = (
        level("s1", OFFSHORE, 2017, "100"),
        growth("s2", OFFSHORE, 2018, "10"),
        level("s3", OFFSHORE, 2019, "122"),
        growth("s4", OFFSHORE, 2019, "10"),
    )
    found = read(OFFSHORE, *told)[2018]
    assert found.low == pytest.approx(121.5 / 1.105)
    assert found.high == pytest.approx(100.5 * 1.105)


def test_anything_else_stays_missing() -> None:
    assert set(read(OFFSHORE, level("s1", OFFSHORE, 2015, "100"), level("s2", OFFSHORE, 2019, "110"))) == {2015, 2019}


def test_the_originator_wins_over_a_later_secondary_source() -> None:
    assert (
        read(OFFSHORE, level("s1", OFFSHORE, 2018, "100"), level("s2", OFFSHORE, 2018, "120", "press"))[2018].value
        == 100
    )


def test_a_finer_print_that_agrees_wins_over_a_coarser_originator() -> None:
    found = read(OFFSHORE, level("s1", OFFSHORE, 2018, "1368"), level("s2", OFFSHORE, 2018, "1368.5", "press"))[2018]
    assert found.value == 1368.5
    assert found.statements == ("s2", "s1")


def test_an_exact_print_wins_over_a_hedged_one() -> None:
    span = choose(
        [level("s1", OFFSHORE, 2018, "100", hedge="about"), level("s2", OFFSHORE, 2018, "103", "press")], SOURCES
    )
    assert span.value == 103


def test_a_conversion_is_no_level() -> None:
    converted = replace(level("s1", OFFSHORE, 2018, "100"), currency_basis="converted")
    assert read(OFFSHORE, converted) == {}


def test_a_share_of_another_whole_is_no_level_of_the_share() -> None:
    assert read(SHARE, replace(level("s1", SHARE, 2018, "50"), whole="cn.service_exports")) == {}
    assert read(SHARE, replace(level("s1", SHARE, 2018, "50"), whole="cn.total.execution.usd"))[2018].value == 50


@pytest.mark.parametrize(
    ("value", "hedge", "low", "high"),
    [
        ("10.0", "exact", "9.95", "10.05"),
        ("10", "exact", "9.5", "10.5"),
        ("100", "about", "95", "105"),
        ("100", "over", "100", "110"),
        ("100", "nearly", "90", "100"),
    ],
)
def test_what_a_print_allows(value: str, hedge: Hedge, low: str, high: str) -> None:
    assert allowed(level("s1", OFFSHORE, 2018, value, hedge=hedge)) == (Decimal(low), Decimal(high))


def test_cut_off_digits_lie_away_from_zero() -> None:
    assert allowed(replace(level("s1", OFFSHORE, 2018, "1057.7"), rounding="truncated")) == (
        Decimal("1057.7"),
        Decimal("1057.8"),
    )


@given(st.decimals(min_value=1, max_value=9999, places=3), st.integers(-2, 1))
def test_the_truth_lies_in_what_its_rounded_print_allows(truth: Decimal, exponent: int) -> None:
    printed = truth.quantize(Decimal(1).scaleb(exponent)) if exponent <= 0 else (truth / 10).quantize(Decimal(1)) * 10
    low, high = allowed(replace(level("s1", OFFSHORE, 2018, "1"), value=printed, exponent=exponent))
    assert low <= truth <= high
