from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.scores import TABLE, measure, naive_scale, points, summarise
from forecast.scores.intervals import coverage

NAMED = {score.name: score for score in TABLE}
LEVELS = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
TRUTH = np.array([[12.0, np.nan]])
QUANTILES = np.array([[[2.0, 6.0, 10.0, 14.0, 18.0]] * 2])


def cells() -> dict[str, np.ndarray]:
    return measure(TRUTH, QUANTILES, LEVELS, np.array([4.0]), np.array([4.0]))


def test_point_scores_by_hand() -> None:
    found = cells()
    assert found["mase"][0, 0] == pytest.approx(2 / 4)
    assert found["rmsse"][0, 0] == pytest.approx(4 / 16)
    assert found["smape"][0, 0] == pytest.approx(200 * 2 / 22)


def test_pinball_and_crps_by_hand() -> None:
    # errors 10, 6, 2, -2, -6 at levels .025 .1 .5 .9 .975: losses .25 .6 1 .2 .15
    losses = np.array([0.25, 0.6, 1.0, 0.2, 0.15])
    widths = np.array([0.0625, 0.2375, 0.4, 0.2375, 0.0625])
    found = cells()
    assert found["pinball"][0, 0] == pytest.approx(losses.mean() / 4)
    assert found["crps"][0, 0] == pytest.approx(2 * losses @ widths / 4)


def test_coverage_and_interval_score_by_hand() -> None:
    found = cells()
    assert found["coverage_80"][0, 0] == 1
    assert found["interval_80"][0, 0] == pytest.approx(8 / 4)
    low = measure(np.array([[0.0, 0.0]]), QUANTILES, LEVELS, np.array([4.0]), np.array([4.0]))
    assert low["coverage_95"][0, 0] == 0
    assert low["interval_95"][0, 0] == pytest.approx((16 + 2 / 0.05 * 2) / 4)


def test_no_truth_no_score() -> None:
    assert all(np.isnan(found[0, 1]) for found in cells().values())
    assert all(score.summary(np.array([np.nan]))[1] == 0 for score in TABLE)


def test_rmsse_is_a_root_of_the_mean_of_squares() -> None:
    score = NAMED["rmsse"]
    assert score.summary(np.array([1.0, 7.0])) == (2.0, 2)


def test_averages_by_series_and_step_by_hand() -> None:
    cells = np.array([[1.0, 3.0], [2.0, np.nan], [6.0, 8.0]])
    values, numbers = summarise(NAMED["mase"], cells, np.array([0, 0, 1]), 3)
    assert numbers.tolist() == [[5, 3, 2], [3, 2, 1], [2, 1, 1], [0, 0, 0]]
    np.testing.assert_allclose(values[:3], [[4, 3, 5.5], [2, 1.5, 3], [7, 6, 8]])
    assert np.isnan(values[3]).all()
    roots, _ = summarise(NAMED["rmsse"], cells, np.array([0, 0, 1]), 2)
    assert roots[0, 0] == 2.0


def test_naive_scale_by_hand_and_seasonal_where_there_is_a_cycle() -> None:
    absolute, root = naive_scale(np.array([[np.nan, 1, 2, 4, 7]]), 1)
    assert absolute.tolist() == [2.0]
    assert root[0] == pytest.approx((14 / 3) ** 0.5)
    seasonal, _ = naive_scale(np.array([[1.0, 5, 2, 7], [np.nan, np.nan, 3, 4]]), 2)
    assert seasonal.tolist() == [1.5, 1.0]


def test_a_constant_past_has_no_scale() -> None:
    assert np.isnan(naive_scale(np.array([[3.0, 3.0, 3.0]]), 1)[0]).all()


def test_what_is_too_bad_for_a_float_counts_as_very_bad() -> None:
    far = measure(np.array([[1.0]]), np.array([[[1e300] * 5]]), LEVELS, np.array([1e-10]), np.array([1e-10]))
    assert {far[name][0, 0] for name in ("mase", "rmsse", "crps", "interval_95")} == {1e150}


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_scales_go_with_the_unit_however_large_or_small(unit: float) -> None:
    absolute, root = naive_scale(unit * np.array([[1.0, 2.0, 1.5]]), 1)
    assert absolute / unit == pytest.approx(0.75)
    assert root / unit == pytest.approx(0.625**0.5)
    found = measure(unit * TRUTH, unit * QUANTILES, LEVELS, absolute, root)["rmsse"]
    assert found[0, 0] == pytest.approx(4 / 0.625)


@pytest.mark.parametrize("name", ["mase", "rmsse", "smape"])
def test_a_median_that_was_not_asked_for_is_not_replaced_by_another_quantile(name: str) -> None:
    with pytest.raises(InputError, match=r"the median needs the level 0\.5; add it"):
        NAMED[name].cells(TRUTH, QUANTILES[:, :, [0, -1]], LEVELS[[0, -1]], np.array([1.0]))


def test_an_interval_needs_its_levels() -> None:
    with pytest.raises(InputError, match=r"needs the level 0\.25"):
        coverage(0.5)(TRUTH, QUANTILES, LEVELS, np.array([1.0]))


def test_crps_of_many_levels_is_the_integral() -> None:
    from scipy.special import ndtri

    levels = (np.arange(2000) + 0.5) / 2000
    found = NAMED["crps"].cells(np.array([[0.3]]), ndtri(levels)[None, None], levels, np.array([1.0]))[0, 0]
    density, cumulative = np.exp(-0.045) / np.sqrt(2 * np.pi), 0.6179114
    assert found == pytest.approx(0.3 * (2 * cumulative - 1) + 2 * density - 1 / np.sqrt(np.pi), abs=1e-3)


def test_values_at_the_end_of_what_a_float_holds_are_scored() -> None:
    top = np.finfo(float).max
    found = points.symmetric_percentage(np.array([[top]]), np.array([[[-top / 4]]]), np.array([0.5]), np.ones(1))
    assert found == pytest.approx(np.array([[200.0]]))
    _, root = naive_scale(np.array([[0.0, top, 0.0, top / 2]]), 1)
    assert root == pytest.approx(top * np.sqrt((1 + 1 + 0.25) / 3))
