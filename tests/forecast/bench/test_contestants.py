from __future__ import annotations

import numpy as np
import pytest

from forecast.bench.contestants import ORIGINS, job


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
