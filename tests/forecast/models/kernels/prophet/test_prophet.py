from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels import prophet
from forecast.models.kernels.prophet.design import Settings
from forecast.quantiles import LEVELS
from forecast.windows import Windows

RANDOM = np.random.default_rng(2)
PASTS = [np.cumsum(RANDOM.standard_normal(length)) + 20 for length in (4, 5, 9, 14, 14, 15, 30, 41, 14)]
HOLED = np.where(np.arange(14) == 6, np.nan, PASTS[3])
SETTINGS = [prophet.GUARDED, Settings()]


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("season", [1, 4])
def test_order_chunk_and_batch_of_one_change_no_digit(
    season: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = Windows.of([*PASTS, HOLED], season)
    whole = prophet.forecast(windows, 6, LEVELS, settings).quantiles
    assert np.isfinite(whole).all()
    order = np.array([5, 3, 8, 0, 9, 1, 7, 2, 6, 4])
    assert (prophet.forecast(windows.take(order), 6, LEVELS, settings).quantiles == whole[order]).all()
    for row in range(len(windows)):
        assert (prophet.forecast(windows.take(np.array([row])), 6, LEVELS, settings).quantiles[0] == whole[row]).all()
    monkeypatch.setattr(prophet, "CHUNK", 3)
    assert (prophet.forecast(windows, 6, LEVELS, settings).quantiles == whole).all()


def test_bad_windows_get_ordered_quantiles_or_a_refusal() -> None:
    pasts = [
        np.full(9, 3.0),
        np.zeros(9),
        np.array([1.0, 2, 4, 3]),
        np.where(np.arange(14) == 7, 1e9, PASTS[3]),
        PASTS[3] * 1e-300,
        (PASTS[3] - 20) * 1e-307,
        PASTS[3] * 1e300,
        np.where(np.arange(14) % 2 == 0, 1e308, -1e308),
        HOLED,
        np.array([np.nan, 1, np.nan, 2, 2.5, np.nan]),
        np.array([1.0, 2, np.inf, 4, 5]),
        np.full(6, np.nan),
        np.full(7, 5e-324),
        np.concatenate([np.ones(13), [2.0]]),
        np.array([]),
    ]
    for settings in SETTINGS:
        found = prophet.forecast(Windows.of(pasts), 4, LEVELS, settings)
        refused = np.array([bool(one) for one in found.refusals])
        assert np.isfinite(found.quantiles[~refused]).all()
        assert (np.diff(found.quantiles[~refused], axis=2) >= 0).all()
        assert np.isnan(found.quantiles[refused]).all()
        assert set(np.flatnonzero(refused)) <= {7, 9, 10, 11, 14}
        assert {9, 10, 11, 14} <= set(np.flatnonzero(refused))
        assert found.refusals[10] == "a value is infinite"
        assert found.refusals[9] == "3 observations; at least 4 are needed"
        assert [bool(one) for one in found.produced] == (~refused).tolist()


def test_an_empty_batch_is_answered_empty() -> None:
    assert prophet.forecast(Windows.of([]), 3, LEVELS).quantiles.shape == (0, 3, len(LEVELS))
