"""Inside and outside view, and how they are pooled."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.claims.views import (
    INSIDE,
    Inside,
    Outside,
    look_inside,
    look_outside,
    pooled,
    recent_growth,
    running_year,
    weight,
)
from forecast.errors import EvidenceError
from forecast.models import DEFAULT
from forecast.reference_class import base_rate
from series.observations import Observation, Series
from series.periods import Period

CHANCES = st.floats(0.001, 0.999)
RATE = base_rate(3, 10.0)


def grown(rate: float, years: int, unit: str = "USD 100m", start: float = 100.0) -> Series:
    observations = tuple(
        Observation(Period.year(2010 + step), value, value, value, "published", ())
        for step in range(years)
        for value in [start * (1 + rate / 100) ** step]
    )
    return Series("made.up.usd", unit, "annual", None, observations)


@given(CHANCES, CHANCES, st.floats(0, 1))
def test_the_pool_lies_between_its_members(inside: float, outside: float, share: float) -> None:
    found = pooled(Inside("models", inside, {}, 1.0), Outside(outside, RATE), share)
    assert min(inside, outside) - 1e-9 <= found <= max(inside, outside) + 1e-9


def test_a_pool_of_equal_weights_is_the_geometric_mean_of_the_odds() -> None:
    # odds 1:4 and 1:1 give 1:2
    assert pooled(Inside("models", 0.2, {}, 1.0), Outside(0.5, RATE), 0.5) == pytest.approx(1 / 3)


def test_a_view_that_is_missing_leaves_all_to_the_other() -> None:
    both = Inside("models", 0.5, {}, 1.0), Outside(0.5, RATE)
    assert weight(*both) == INSIDE
    assert weight(None, both[1]) == 0
    assert weight(both[0], None) == 1


def test_the_growth_model_carries_the_inside_view_of_amounts_and_the_default_that_of_shares() -> None:
    amounts, shares = grown(8.0, 12), grown(1.0, 12, "percent", 40.0)
    assert DEFAULT in look_inside(amounts, 1, 240.0, "batch").members
    assert not {DEFAULT, "growth"} & set(look_inside(shares, 1, 50.0, "batch").members)


def test_the_inside_view_names_the_model_that_it_is_of() -> None:
    amounts, shares = grown(8.0, 12), grown(1.0, 12, "percent", 40.0)
    assert look_inside(amounts, 1, 240.0, "batch").model == "growth"
    assert look_inside(shares, 1, 50.0, "batch").model == DEFAULT


def test_the_inside_view_of_few_shares_tells_what_it_leans_on() -> None:
    few, enough, amounts = grown(1.0, 5, "percent", 40.0), grown(1.0, 12, "percent", 40.0), grown(8.0, 5)
    assert look_inside(few, 1, 50.0, "batch").leans == 5
    assert look_inside(enough, 1, 50.0, "batch").leans == 0
    assert look_inside(amounts, 1, 240.0, "batch").leans == 0  # growth has a class of its own to lean on


def test_the_outside_view_uses_no_later_record() -> None:
    series = grown(12.0, 8)
    early, late = (look_outside(series, 5, 11.0, year) for year in (2008, 2023))
    assert early is not None
    assert late is not None
    assert early.rate.runs < late.rate.runs
    assert 0 < early.probability < 1


def test_shares_and_far_ends_have_no_outside_view() -> None:
    assert look_outside(grown(2.0, 8, "percent"), 5, 1.0, 2023) is None
    assert look_outside(grown(12.0, 8), 40, 11.0, 2023) is None


def test_faster_growth_is_less_likely_from_both_sides() -> None:
    series = grown(8.0, 12)
    inside = [look_inside(series, 3, level, "batch").probability for level in (250.0, 300.0, 400.0)]
    outside = [look_outside(series, 3, rate, 2023) for rate in (5.0, 15.0, 30.0)]
    assert inside == sorted(inside, reverse=True)
    assert [one.probability for one in outside if one] == sorted(
        (one.probability for one in outside if one), reverse=True
    )


def test_a_series_too_short_to_forecast_is_refused() -> None:
    with pytest.raises(EvidenceError, match="at least"):
        look_inside(grown(8.0, 2), 3, 200.0, "batch")


def test_recent_growth_is_over_five_years_or_what_there_is() -> None:
    for known, years in ((12, 5), (3, 2)):
        found = recent_growth(grown(8.0, known))
        assert found is not None
        assert (found.rate, found.years) == (pytest.approx(8.0), years)
    assert recent_growth(grown(8.0, 1)) is None


def test_the_running_year_is_nowcast_once_months_of_it_are_known() -> None:
    running = running_year("cn.offshore.execution.usd", 2020, dt.date(2020, 9, 30))
    assert running is not None
    assert running.probability(1000) > 0.8
    assert running_year("cn.offshore.execution.usd", 2020, dt.date(2019, 6, 30)) is None
