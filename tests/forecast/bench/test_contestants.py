from __future__ import annotations

import numpy as np
import pytest

from forecast.bench.contestants import ORIGINS, _time, job


@pytest.mark.parametrize("model", ["theta", "prophet"])
def test_ours_forecast_every_window(model: str) -> None:
    work, windows = job(f"ours:{model}", "quarterly", 6)
    found = work()
    assert windows == 6
    assert found.quantiles.shape[:2] == (6, 8)  # type: ignore[attr-defined]


def test_a_rolling_backtest_has_five_origins_a_series() -> None:
    work, windows = job("ours-rolling:theta,prophet", "yearly", 3)
    found = work()
    assert windows == 3 * ORIGINS
    assert all(np.isfinite(one.quantiles).all() for one in found.values())  # type: ignore[attr-defined]


def test_growing_batches_have_the_size_asked_for() -> None:
    assert job("scale:theta", "yearly", 1000)[1] == 1000


@pytest.mark.filterwarnings("ignore")  # the package's own
def test_the_package_runs_beside_us() -> None:
    pytest.importorskip("prophet")
    work, windows = job("peer:prophet", "quarterly", 1)
    work()
    assert windows == 1


def test_what_the_default_alone_asks_for_is_told_apart() -> None:
    plain = _time("amounts:theta,ets", "yearly", "40", "2")
    whole = _time("amounts:theta,ets,combination", "yearly", "40", "2")
    assert plain["added"] == [0, 0]
    assert all(0 < added < seconds for added, seconds in zip(whole["added"], whole["seconds"], strict=True))
