"""Batches of odd windows: whatever stands beside it, a window is answered as it is alone, or refused."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from forecast.models import TABLE, predict_all
from forecast.transforms import Support
from forecast.windows import Windows

Floats = np.ndarray
COUNT, ALONE = 180, 7
SUPPORTS: tuple[Support, ...] = ("real", "positive", "power", "share", "percent")


def _odd(rng: np.random.Generator, kind: int) -> Floats:
    """One of twelve kinds of past, short or long."""
    size = int(rng.integers(4, 60))
    noise = rng.standard_normal(size)
    grown = np.exp(np.cumsum(0.1 * noise))
    kinds = (
        np.zeros(size),
        np.full(size, 3.0),
        noise * 1e-300,
        noise * 1e300,
        np.where(np.arange(size) == rng.integers(size), 1e9, noise),
        np.abs(noise) * (rng.random(size) > 0.2),
        np.abs(noise) * (rng.random(size) > 0.7),
        np.arange(size) * 2.0 - 5.0,
        np.cumsum(noise),
        grown * (np.arange(size) >= rng.integers(size)),
        np.round(noise),
        grown,
    )
    past: Floats = kinds[kind]
    return past if rng.random() > 0.25 else np.where(rng.random(size) < 0.3, np.nan, past)


@pytest.mark.parametrize("season", [1, 4, 12])
def test_odd_windows_are_answered_as_alone_or_refused(season: int) -> None:
    rng = np.random.default_rng(season)
    windows = Windows.of([_odd(rng, place % 12) for place in range(COUNT)], season)
    supports = [SUPPORTS[place % len(SUPPORTS)] for place in range(COUNT)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answers = predict_all(list(TABLE), windows, 5, support=supports, engine="batch")
        for row in range(0, COUNT, ALONE):
            alone = predict_all(list(TABLE), windows.take([row]), 5, support=supports[row], engine="batch")
            for name, answer in answers.items():
                np.testing.assert_array_equal(alone[name].quantiles[0], answer.quantiles[row], err_msg=f"{name} {row}")
                assert alone[name].produced[0] == answer.produced[row]
                assert alone[name].refusals[0] == answer.refusals[row]
    for answer in answers.values():
        refused = np.array([bool(one) for one in answer.refusals])
        assert np.isnan(answer.quantiles[refused]).all()
        assert np.isfinite(answer.quantiles[~refused]).all()
        assert (np.diff(answer.quantiles[~refused], axis=2) >= 0).all()
        assert 0 < refused.sum() < COUNT
