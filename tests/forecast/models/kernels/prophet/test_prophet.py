from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.models import predict
from forecast.models.kernels import prophet
from forecast.models.kernels.prophet.design import Settings
from forecast.quantiles import LEVELS
from forecast.windows import Windows

RANDOM = np.random.default_rng(2)
PASTS = [np.cumsum(RANDOM.standard_normal(length)) + 20 for length in (4, 5, 9, 14, 14, 15, 30, 41, 14)]
HOLED = np.where(np.arange(14) == 6, np.nan, PASTS[3])
SETTINGS = [prophet.GUARDED, Settings()]
CURVED = [Settings(seasonality="multiplicative"), Settings(growth="logistic"), Settings(growth="flat")]


@pytest.mark.parametrize("settings", SETTINGS + CURVED)
@pytest.mark.parametrize("season", [1, 4])
def test_order_chunk_and_batch_of_one_change_no_digit(
    season: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = Windows.of([*PASTS, HOLED], season)
    limit = np.full(len(windows), 40.0)
    whole = prophet.forecast(windows, 6, LEVELS, settings, limit).quantiles
    assert np.isfinite(whole).all()
    assert (np.diff(whole, axis=2) >= 0).all()
    order = np.array([5, 3, 8, 0, 9, 1, 7, 2, 6, 4])
    assert (prophet.forecast(windows.take(order), 6, LEVELS, settings, limit).quantiles == whole[order]).all()
    for row in range(len(windows)):
        one = prophet.forecast(windows.take(np.array([row])), 6, LEVELS, settings, limit[:1])
        assert (one.quantiles[0] == whole[row]).all()
    monkeypatch.setattr(prophet, "CHUNK", 3)
    assert (prophet.forecast(windows, 6, LEVELS, settings, limit).quantiles == whole).all()


def test_a_logistic_trend_needs_its_capacity() -> None:
    with pytest.raises(InputError, match="capacity"):
        prophet.forecast(Windows.of(PASTS), 2, LEVELS, Settings(growth="logistic"))


def test_a_logistic_trend_levels_off_at_its_capacity() -> None:
    past = 10 / (1 + np.exp(-0.5 * (np.arange(24) - 10.0)))
    found = prophet.forecast(Windows.of([past]), 20, LEVELS, Settings(growth="logistic"), np.array([10.0]))
    assert np.allclose(found.median[0, -1], 10, rtol=0.01)


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
    for settings in SETTINGS + CURVED:
        found = prophet.forecast(Windows.of(pasts), 4, LEVELS, settings, np.full(len(pasts), 40.0))
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


def test_constants_are_answered_by_themselves() -> None:
    found = prophet.forecast(Windows.of([np.full(9, 0.1), np.zeros(5), PASTS[4]]), 2, LEVELS)
    assert (found.quantiles[0] == 0.1).all()
    assert (found.quantiles[1] == 0).all()
    assert found.produced == ("constant", "constant", "prophet")


def test_missing_values_are_bridged() -> None:
    line = np.arange(20.0)
    line[[4, 11, 12]] = np.nan
    found = prophet.forecast(Windows.of([line]), 3, LEVELS)
    assert np.allclose(found.median, [[20, 21, 22]])


@pytest.mark.filterwarnings("ignore")  # the package's own
def test_both_engines_forecast_alike() -> None:
    pytest.importorskip("prophet")
    random = np.random.default_rng(6)
    pasts = [
        10 + 0.3 * np.arange(n) + np.tile([1.0, -1, 0.5, -0.5], 9)[:n] * s + random.standard_normal(n)
        for n, s in ((16, 0), (30, 3))
    ]
    windows = Windows.of(pasts, 4)
    batch = predict("prophet", windows, 4, LEVELS, engine="batch")
    reference = predict("prophet", windows, 4, LEVELS, engine="reference")
    scale = np.array([np.ptp(past) for past in pasts])[:, None]
    assert (np.abs(batch.median - reference.median) < 0.01 * scale).all()
    inner = slice(3, -3)
    assert (np.abs(batch.quantiles - reference.quantiles)[:, :, inner] < 0.06 * scale[..., None]).all()
