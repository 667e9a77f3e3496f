from __future__ import annotations

import numpy as np
import pytest

from forecast.models import combination, predict
from forecast.quantiles import LEVELS
from forecast.windows import Windows

PASTS = [
    100 * 1.05 ** np.arange(20) * np.exp(0.05 * np.sin(np.arange(20))),
    50 + 3.0 * np.arange(9) + np.cos(np.arange(9)),
]


def test_the_centre_is_the_median_of_those_that_answered() -> None:
    nan = np.nan
    first, second, third = (np.array([[one], [two], [nan]]) for one, two in ((1.0, 1.0), (2.0, nan), (9.0, nan)))
    np.testing.assert_array_equal(combination.middle([first, second, second, third]), [[2.0], [1.0], [nan]])
    np.testing.assert_array_equal(combination.middle([first, third]), [[5.0], [1.0], [nan]])


def test_the_middle_of_three_is_that_of_any_number() -> None:
    three = np.random.default_rng(3).integers(0, 3, (3, 50, 4)).astype(float)
    np.testing.assert_array_equal(combination.middle(list(three)), np.median(three, axis=0))


def test_an_annual_centre_is_the_mean_of_members_held_between_the_drifts_of_two_stretches() -> None:
    plan = combination.recipe(1)
    (low, high), (lately, lately_too) = plan.between
    nan = np.nan
    said = {low: np.array([[1.0, 1.0]]), high: np.array([[4.0, 4.0]])}
    said |= {lately: np.array([[3.0, 2.0]]), lately_too: np.array([[2.5, 2.0]])}
    for name, one in zip(plan.centre, ([0.0, nan], [2.0, 3.0], [9.0, nan]), strict=True):
        said[name] = np.array([one])
    whole, recent = 1.0 + 2.0 + 4.0, 2.5 + 2.5 + 3.0
    np.testing.assert_allclose(combination.centred(said, plan), [[(whole + recent) / 6, (3.0 + 2.0) / 2]])


def test_a_seasonal_centre_is_a_median() -> None:
    plan = combination.recipe(4)
    said = {name: np.array([[one]]) for name, one in zip(plan.centre, (1.0, 9.0, 2.0), strict=True)}
    np.testing.assert_array_equal(combination.centred(said, plan), [[2.0]])


def test_intervals_widen_ahead_and_stay_positive() -> None:
    answer = predict("combination", Windows.of(PASTS), 8, LEVELS, "positive", "batch")
    wide = np.log(answer.quantiles[:, :, -3]) - np.log(answer.quantiles[:, :, 2])
    assert (answer.quantiles > 0).all()
    assert (np.diff(answer.quantiles, axis=2) >= 0).all()
    assert (wide[:, -1] > 1.5 * wide[:, 0]).all()
    assert "calibrated by the error atlas" in answer.produced[0]
    assert "leaning on the error atlas for its 9 values" in answer.produced[1]


@pytest.mark.parametrize("season", [1, 4, 12])
def test_a_forecast_does_not_depend_on_how_far_ahead_is_asked(season: int) -> None:
    rng = np.random.default_rng(season)
    past = 50 + rng.normal(size=40).cumsum() + 4 * np.resize(rng.normal(size=season), 40)
    near, far = (
        predict("combination", Windows.of([past], season), size, LEVELS, "positive", "batch") for size in (5, 18)
    )
    np.testing.assert_allclose(near.quantiles, far.quantiles[:, :5], rtol=1e-12)


@pytest.mark.parametrize(
    ("rate", "size", "years"),
    [(0.1, 4, 3), (0.1, 10, 3), (0.2, 4, 3), (0.2, 10, 3), (0.5, 4, 1), (0.5, 10, 1), (1.0, 4, 1)],
)
def test_smooth_growth_that_goes_on_is_no_surprise(rate: float, size: int, years: int) -> None:
    past = 100 * (1 + rate) ** np.arange(size)
    answer = predict("combination", Windows.of([past]), years, LEVELS, "positive", "batch").quantiles[0]
    going_on = past[-1] * (1 + rate) ** np.arange(1, years + 1)
    assert (answer[:, 1] < going_on).all()  # 95 % intervals
    assert (going_on < answer[:, -2]).all()
    assert (answer[:, 1] < past[-1] + past[-1] * rate).all()  # nor is growth by amounts


def test_a_rougher_past_gives_a_wider_interval() -> None:
    rng = np.random.default_rng(3)
    noise = rng.normal(size=20)
    windows = Windows.of([100 * np.exp(0.05 * np.arange(20) + size * noise) for size in (0.01, 0.05, 0.2)])
    answer = predict("combination", windows, 3, LEVELS, "positive", "batch")
    wide = np.log(answer.quantiles[:, 0, -3]) - np.log(answer.quantiles[:, 0, 2])
    assert (np.diff(wide) > 0).all()


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_the_unit_of_a_positive_series_does_not_matter(unit: float) -> None:
    ours = predict("combination", Windows.of(PASTS), 4, LEVELS, "positive", "batch").quantiles
    other = predict(
        "combination", Windows.of([past * unit for past in PASTS]), 4, LEVELS, "positive", "batch"
    ).quantiles
    np.testing.assert_allclose(other / unit, ours, rtol=1e-5)


@pytest.mark.parametrize("size", [4, 6, 10])
@pytest.mark.parametrize("season", [1, 4])
def test_few_observations_give_a_wide_finite_ordered_interval_that_says_what_it_leans_on(
    size: int, season: int
) -> None:
    past = [10.0, 11.0, 12.5, 13.0, 12.0, 14.0, 15.0, 15.5, 17.0, 16.0][:size]
    answer = predict("combination", Windows.of([past], season), 10, LEVELS, "positive", "batch")
    assert np.isfinite(answer.quantiles).all()
    assert (np.diff(answer.quantiles, axis=2) > 0).all()
    assert answer.quantiles[0, -1, -2] / answer.quantiles[0, -1, 1] > 1.8
    assert f"leaning on the error atlas for its {size} values" in answer.produced[0]


def test_a_seasonal_centre_is_tilted_and_stays_among_reasonable_ones() -> None:
    past = 100 * 1.02 ** np.arange(24) * np.tile([0.9, 1.0, 1.2, 0.9], 6) * np.exp(0.01 * np.sin(np.arange(24) ** 2))
    windows = Windows.of([past], 4, [3])
    answer = predict("combination", windows, 8, LEVELS, "positive", "batch")
    plain = predict("theta", windows, 8, LEVELS, "positive", "batch")
    np.testing.assert_allclose(answer.median, plain.median, rtol=0.1)
    assert not np.allclose(answer.median, plain.median, rtol=1e-4)


def test_any_levels_can_be_asked_for() -> None:
    windows = Windows.of(PASTS)
    every = predict("combination", windows, 3, LEVELS, "positive", "batch")
    some = predict("combination", windows, 3, np.array([0.5, 0.95]), "positive", "batch")
    np.testing.assert_allclose(some.quantiles[:, :, 0], every.median)
    np.testing.assert_allclose(some.quantiles[:, :, 1], every.quantiles[:, :, list(LEVELS).index(0.95)])


@pytest.mark.parametrize("support", ["real", "share", "power"])
def test_it_answers_on_every_scale(support: str) -> None:
    past = 0.3 + 0.02 * np.arange(12) + 0.01 * np.cos(np.arange(12))
    answer = predict("combination", Windows.of([past]), 3, LEVELS, support, "batch")
    assert np.isfinite(answer.quantiles).all()
    assert (np.diff(answer.quantiles, axis=2) > 0).all()
    if support == "share":
        assert ((answer.quantiles > 0) & (answer.quantiles < 1)).all()


CHANGES = np.random.default_rng(8).normal(0.3, 1.0, (3, 24))


@pytest.mark.parametrize("season", [1, 4])
def test_neither_the_unit_nor_the_zero_nor_the_sign_of_data_as_it_stands_matters(season: int) -> None:
    ours = predict("combination", Windows.of(list(CHANGES), season), 4, LEVELS, "real", "batch")
    moved = predict("combination", Windows.of(list(1000 * CHANGES), season), 4, LEVELS, "real", "batch")
    shifted = predict("combination", Windows.of(list(CHANGES - 50), season), 4, LEVELS, "real", "batch")
    np.testing.assert_allclose(moved.quantiles, 1000 * ours.quantiles, rtol=1e-4, atol=1e-2)
    np.testing.assert_allclose(shifted.quantiles + 50, ours.quantiles, atol=0.02)
    turned = predict("combination", Windows.of(list(-CHANGES), season), 4, LEVELS, "real", "batch")
    np.testing.assert_allclose(-turned.quantiles[:, :, ::-1], ours.quantiles, atol=0.02)
    assert ours.produced[0].startswith(f"combination of arima, {'drift, ' if season == 1 else ''}ets, mean, ")


def test_amounts_that_often_are_zero_stand_beside_others_as_they_do_alone() -> None:
    often = np.where(np.arange(20) % 3 == 0, 0.0, PASTS[0])
    windows = Windows.of([PASTS[0], often, PASTS[1]])
    together = predict("combination", windows, 5, LEVELS, "positive", "batch")
    assert ["unlogged" in name for name in together.produced] == [False, True, False]
    assert together.produced[1] == "combination of arima, drift, ets, mean, calibrated by the error atlas, unlogged"
    for row in range(3):
        alone = predict("combination", windows.take([row]), 5, LEVELS, "positive", "batch")
        np.testing.assert_array_equal(alone.quantiles[0], together.quantiles[row])
    assert (together.quantiles[1] >= 0).all()


def test_months_of_changes_may_be_surer_than_those_before_and_months_of_amounts_may_not() -> None:
    random, months = np.random.default_rng(5), np.arange(96)
    past = np.exp(4 + (0.02 + 0.3 * (months % 12 == 5)) * random.standard_normal(96))
    for support, shrinks in (("positive", False), ("real", True)):
        windows = Windows.of([np.diff(past) if shrinks else past], 12)
        said = predict("combination", windows, 24, LEVELS, support, "batch")
        widths = np.diff(said.quantiles[0][:, [2, -3]] if shrinks else np.log(said.quantiles[0][:, [2, -3]]), axis=1)
        assert bool((np.diff(widths[:, 0]) < -1e-9).any()) is shrinks


def test_the_line_that_describes_it_names_no_member_that_some_data_does_without() -> None:
    described = (combination.__doc__ or "").splitlines()[0].lower().removeprefix("combination")
    members = {
        name.split()[-1] for season in (1, 4) for plain in (False, True) for name in recipe_members(season, plain)
    }
    assert not [name for name in members if name in described]


def recipe_members(season: int, plain: bool) -> tuple[str, ...]:
    return combination.recipe(season, plain).central
