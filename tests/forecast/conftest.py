"""Series to forecast in tests: made by hand, so that no ledger is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from series.observations import Observation, Series
from series.periods import MONTHS, Frequency, Period

GROWING = (100.6, 144.5, 238.3, 336.4, 454.1, 559.2, 646.4, 704.1, 796.7, 886.5, 968.9, 1057.8, 1303.0, 1368.5, 1513.0)


@pytest.fixture
def made() -> Callable[..., Series]:
    """Return a maker of published series."""

    def make(
        values: Sequence[float], name: str = "cn.offshore.execution.usd", start: str = "2009", unit: str = "USD 100m"
    ) -> Series:
        first = Period.parse(start)
        frequency: Frequency = next(kind for kind, months in MONTHS.items() if months == first.length)
        observations = tuple(
            Observation(first.step(place), float(value), float(value), float(value), "published", ())
            for place, value in enumerate(values)
        )
        return Series(name, unit, frequency, None, observations)

    return make


@pytest.fixture
def growing(made: Callable[..., Series]) -> Series:
    """Return an annual series of 15 growing values."""
    return made(GROWING)
