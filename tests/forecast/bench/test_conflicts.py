from __future__ import annotations

import pytest

from forecast.bench.conflicts import draws
from forecast.bench.corruptions import CORRUPTIONS
from series import ledger
from series.resolver import Resolution, resolve


@pytest.fixture(scope="module")
def resolution() -> Resolution:
    return resolve(ledger.load())


@pytest.mark.slow
def test_most_misprints_are_found_and_named(resolution: Resolution) -> None:
    found = draws(resolution, len(CORRUPTIONS), seed=1)
    assert [one.mode for one in found] == list(CORRUPTIONS)
    detected = [one for one in found if one.detected]
    assert len(detected) >= 10
    assert sum(one.listed for one in detected) >= 0.9 * len(detected)
    assert all(one.listed for one in found if one.first)
    assert all(one.first for one in found if one.named)


@pytest.mark.slow
def test_the_same_seed_draws_the_same(resolution: Resolution) -> None:
    assert draws(resolution, 3, seed=5) == draws(resolution, 3, seed=5)
