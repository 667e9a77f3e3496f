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


def test_the_centre_is_the_weighted_median_of_those_that_answered() -> None:
    nan = np.nan
    medians = {
        "a": np.array([[1.0], [1.0], [nan]]),
        "b": np.array([[2.0], [nan], [nan]]),
        "c": np.array([[9.0], [nan], [nan]]),
    }
    centre, stack = combination.middle(medians, (("a", 1), ("b", 2), ("c", 1)))
    assert stack.shape == (4, 3, 1)
    np.testing.assert_array_equal(centre, [[2.0], [1.0], [nan]])


def test_intervals_widen_ahead_and_stay_positive() -> None:
    answer = predict("combination", Windows.of(PASTS), 8, LEVELS, "positive", "batch")
    wide = np.log(answer.quantiles[:, :, -3]) - np.log(answer.quantiles[:, :, 2])
    assert (answer.quantiles > 0).all()
    assert (np.diff(answer.quantiles, axis=2) >= 0).all()
    assert (wide[:, -1] > 1.5 * wide[:, 0]).all()
    assert all("calibrated by the error atlas" in name for name in answer.produced)


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


def test_four_observations_give_a_wide_finite_interval() -> None:
    answer = predict("combination", Windows.of([[10.0, 11.0, 12.5, 13.0]]), 10, LEVELS, "positive", "batch")
    assert np.isfinite(answer.quantiles).all()
    assert answer.quantiles[0, -1, -1] / answer.quantiles[0, -1, 0] > 3


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
