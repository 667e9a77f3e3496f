"""Changes: what one run knows that an earlier one did not, how its forecasts moved, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from forecast.archive.basis import Basis, Belief
from series.observations import Observation
from series.periods import Period

MATERIAL = 1e-6
"""Two values that differ by less than this share of the larger one are the same."""

SOLVED = 1e-5
"""What solving leaves on a bound."""


@dataclass(frozen=True, slots=True)
class Altered:
    """An observation that is new, another, or gone; `statements` are those under it that were not known before."""

    series: str
    period: Period
    before: Observation | None
    after: Observation | None
    statements: tuple[str, ...]

    @property
    def kind(self) -> Literal["new", "revised", "narrowed", "gone"]:
        """What happened to it; where no print was changed and its range only shrank, it was narrowed."""
        before, after = self.before, self.after
        if before is None:
            return "new"
        if after is None:
            return "gone"
        printed = before.status == "published" or before.last_digit is not None
        within = before.low <= after.low + SOLVED and after.high <= before.high + SOLVED
        return "narrowed" if within and not printed else "revised"


@dataclass(frozen=True, slots=True)
class Surprise:
    """An outcome beside what the earlier run had forecast for it; `below` is the share of its outcomes under it."""

    series: str
    period: Period
    value: float
    median: float
    inner: tuple[float, float]
    below: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The forecast of one period, before and after: its median.

    `news` is what the publications since then did to the median, `tools` what another reading of the same evidence
    did: decisions, late additions to the ledger, changed models. They add up to the change.
    """

    series: str
    period: Period
    before: float
    after: float
    news: float
    tools: float
    origin: tuple[Period, Period]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed between two runs; `since` is the earlier run, or empty where it was worked out again."""

    since: str
    since_day: dt.date
    statements: tuple[str, ...]
    decisions: tuple[str, ...]
    altered: tuple[Altered, ...]
    surprises: tuple[Surprise, ...]
    moved: tuple[Moved, ...]


def compare(before: Basis, after: Basis, again: Callable[[], Basis | None]) -> Changes:
    """Return what changed from `before` to `after`.

    `again` works out what today's tools make of the evidence of the earlier day; it is asked only where forecasts
    moved, to tell news from tools.
    """
    altered = tuple(one for name in after.series for one in _altered(name, before, after))
    pairs = [(name, before.beliefs[name], belief) for name, belief in after.beliefs.items() if name in before.beliefs]
    differ = any(_median(then, max(now.steps)) != _median(now, max(now.steps)) for _, then, now in pairs)
    middle = again() if differ and before.run else before
    return Changes(
        before.run,
        before.as_of,
        tuple(sorted(after.statements - before.statements)),
        tuple(sorted(after.decisions - before.decisions)),
        altered,
        tuple(one for one in map(partial(_surprise, before), altered) if one),
        tuple(one for one in (_moved(*pair, middle) for pair in pairs) if one),
    )


def _altered(name: str, before: Basis, after: Basis) -> list[Altered]:
    """Return the observations of a series that are not as they were, oldest first."""
    if name not in before.series:
        return []
    then = {one.period: one for one in before.series[name].observations}
    now = {one.period: one for one in after.series[name].observations}
    return [
        Altered(name, period, old, new, tuple(one for one in (new.statements if new else ()) if _new(one, before)))
        for period in sorted(then.keys() | now.keys())
        for old, new in ((then.get(period), now.get(period)),)
        if old is None or new is None or not _same(old.value, new.value)
    ]


def _new(statement: str, before: Basis) -> bool:
    return statement not in before.statements


def _surprise(before: Basis, one: Altered) -> Surprise | None:
    """Return how a new observation compares with what had been forecast for it."""
    belief = before.beliefs.get(one.series)
    if one.before is not None or one.after is None or belief is None or one.period not in belief.steps:
        return None
    levels = belief.steps[one.period]
    below = float(np.interp(one.after.value, sorted(levels.values()), sorted(levels)))
    return Surprise(
        one.series,
        one.period,
        one.after.value,
        levels[0.5],
        _inner(levels),
        below,
        one.after.statements,
    )


def _moved(name: str, then: Belief, now: Belief, middle: Basis | None) -> Moved | None:
    """Return how the forecast of the last period that both reach moved, or None where it did not."""
    shared = [period for period in now.steps if period in then.steps]
    if not shared:
        return None
    period = max(shared)
    before, after = _median(then, period), _median(now, period)
    if before is None or after is None or _same(before, after):
        return None
    again = middle.beliefs.get(name) if middle else None
    halfway = _median(again, period) if again else None
    tools = float("nan") if halfway is None else halfway - before
    return Moved(
        name,
        period,
        before,
        after,
        after - before - tools,
        tools,
        (then.origin, now.origin),
    )


def _median(belief: Belief, period: Period) -> float | None:
    return belief.steps[period][0.5] if period in belief.steps else None


def _inner(levels: Mapping[float, float]) -> tuple[float, float]:
    return levels[0.1], levels[0.9]


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= MATERIAL * max(abs(one), abs(other))
