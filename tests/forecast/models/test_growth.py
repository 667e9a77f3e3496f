from dataclasses import astuple

import numpy as np
import pytest

from forecast.models import growth, predict
from forecast.quantiles import LEVELS
from forecast.windows import Windows

GROWING = 100.0 * 1.09 ** np.arange(15) * np.exp(0.05 * np.sin(np.arange(15.0) ** 2))


def test_the_shipped_processes_are_sound() -> None:
    processes = growth.shipped()
    assert processes.weight.sum() == pytest.approx(1.0)
    assert all(len(column) == len(processes) for column in astuple(processes))
    assert (processes.noise + processes.swing <= 1.0).all()
    assert (processes.scale > 0).all()


def test_it_says_which_rate_growth_tends_to() -> None:
    answer = growth.forecast(Windows.of([GROWING]), 6, LEVELS)
    assert answer.produced[0].startswith("growth, toward ")
    assert answer.produced[0].endswith(" % a year")


def test_logarithms_and_amounts_give_the_same_answer() -> None:
    windows = Windows.of([GROWING])
    as_logs = predict("growth", windows, 8, LEVELS, "positive").quantiles
    assert as_logs == pytest.approx(predict("growth", windows, 8, LEVELS, "real").quantiles, rel=1e-9)


def test_four_values_give_wide_finite_ascending_intervals() -> None:
    short = predict("growth", Windows.of([GROWING[:4]]), 10, LEVELS, "positive").quantiles[0]
    long = predict("growth", Windows.of([GROWING]), 10, LEVELS, "positive").quantiles[0]
    assert np.isfinite(short).all()
    assert (np.diff(short, axis=1) > 0).all()
    assert short[9, 21] / short[9, 1] > long[9, 21] / long[9, 1] > 1.5


@pytest.mark.parametrize(
    ("past", "support"),
    [
        ([3.0, 4.0, 0.0, 5.0, 6.0], "positive"),
        ([3.0, -4.0, 2.0, 5.0, 6.0], "real"),
        ([0.2, 0.3, 0.25, 0.35, 0.4], "share"),
        ([20.0, 30.0, 25.0, 35.0, 40.0], "percent"),
    ],
)
def test_what_is_no_amount_above_zero_is_refused(past: list[float], support: str) -> None:
    answer = predict("growth", Windows.of([past, GROWING]), 3, LEVELS, [support, "positive"])
    assert answer.refusals == ("growth needs amounts, all above zero", "")
    assert np.isnan(answer.quantiles[0]).all()


def test_values_missing_before_the_first_one_do_not_matter() -> None:
    alone = growth.forecast(Windows.of([GROWING]), 4, LEVELS)
    beside = growth.forecast(Windows.of([GROWING, np.concatenate([GROWING, GROWING[::-1]])]), 4, LEVELS)
    assert (alone.quantiles[0] == beside.quantiles[0]).all()


def test_quarters_have_their_season_and_a_years_growth() -> None:
    quarters = np.repeat(GROWING / 4, 4) * 1.02 ** (np.arange(60) % 4) * np.tile([0.8, 1.0, 1.0, 1.2], 15)
    answer = predict("growth", Windows.of([quarters], 4, [3]), 8, LEVELS, "positive")
    middle = answer.median[0]
    assert middle[3] / middle[0] == pytest.approx(1.5, rel=0.1)
    assert 1.0 < middle[4] / middle[0] < 1.2


def test_the_unit_of_a_series_does_not_matter() -> None:
    one, other = (predict("growth", Windows.of([GROWING * unit]), 6, LEVELS, "positive") for unit in (1.0, 6.4))
    assert other.quantiles == pytest.approx(6.4 * one.quantiles, rel=1e-9)


@pytest.mark.parametrize(("season", "years"), [(1, 300), (4, 30), (12, 5), (12, 25)])
def test_long_records_of_any_season_are_answered(season: int, years: int) -> None:
    steps = np.arange(season * years)
    past = np.exp(0.05 * steps / season + 0.1 * np.sin(2 * np.pi * steps / 12) + 0.03 * np.sin(steps**2.0))
    answer = growth.forecast(Windows.of([past], season), 2 * season, LEVELS)
    assert answer.refusals == ("",)
    assert (np.diff(answer.quantiles, axis=2) > 0).all()
