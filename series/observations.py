"""Series: one subject at one frequency, each observation with its bounds, status and statements."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from series.errors import InputError
from series.periods import Frequency, Period

Status = Literal["published", "narrowed", "derived", "estimated", "conflicting"]
Gaps = Literal["break", "missing"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series in its unit; low <= value <= high are what the evidence allows.

    `last_digit` is the power of ten of the last digit in print where the value is one that was printed.
    """

    period: Period
    value: float
    low: float
    high: float
    status: Status
    statements: tuple[str, ...]
    last_digit: int | None = None

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise InputError(f"observation {self.period}: value {self.value} is outside [{self.low}, {self.high}]")

    def cells(self) -> list[Any]:
        """Return what there is to keep of it as JSON."""
        return [str(self.period), self.value, self.low, self.high, self.status, list(self.statements), self.last_digit]

    @classmethod
    def of_cells(cls, cells: Sequence[Any]) -> Observation:
        """Return an observation that was kept as `cells`; older ones do not know their last digit."""
        period, value, low, high, status, statements, *last = cells
        return cls(Period.parse(period), value, low, high, status, tuple(statements), *last)


@dataclass(frozen=True, slots=True)
class Series:
    """One subject at one frequency, as known at `as_of` (None: today's ledger), oldest first, gaps allowed.

    `gaps` says what a period without a value between others is. In published evidence it is a break: what stands before
    it may be defined otherwise, and no forecast rests on it. In a table of the user's it is a missing value of one and
    the same series.
    """

    id: str
    unit: str
    frequency: Frequency
    as_of: dt.date | None
    observations: tuple[Observation, ...]
    gaps: Gaps = "break"

    def __post_init__(self) -> None:
        periods = [observation.period for observation in self.observations]
        if any(a.end >= b.start for a, b in itertools.pairwise(periods)):
            raise InputError(f"series {self.id}: periods repeat, overlap or are out of order")

    @property
    def known(self) -> tuple[Observation, ...]:
        """What a forecast rests on: all observations where gaps are missing values, else the newest run."""
        return self.observations if self.gaps == "missing" else self.run

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods without a value between those of `known`."""
        return tuple(
            one.period.step(count)
            for one, after in itertools.pairwise(self.known)
            for count in range(1, (after.period.start - one.period.start) // one.period.length)
        )

    @property
    def run(self) -> tuple[Observation, ...]:
        """The longest run of observations without a gap that ends at the newest one."""
        run: list[Observation] = []
        for observation in reversed(self.observations):
            if run and observation.period.end + 1 != run[-1].period.start:
                break
            run.append(observation)
        return tuple(reversed(run))
