"""Readings: what a claim can mean where its text leaves scope, currency or base year open, and what each demands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forecast.claims.history import growth_rate
from forecast.claims.records import Claim
from series.observations import Observation, Series
from series.periods import Period

Show = Callable[[str, dt.date | None], Series]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, with everything it takes to judge it.

    `demanded` is the level that the reading names for the claim's end, in the subject's unit, with the bounds that
    the rounding of the claim and of its base leave; `threshold` is the lowest level that still counts as true.
    """

    subject: str
    base: Observation | None
    demanded: float
    low: float
    high: float
    threshold: float
    series: Series


def enumerate_readings(claim: Claim, show: Show, as_of: dt.date | None) -> tuple[list[Reading], list[str]]:
    """Return the readings that the evidence of `as_of` can judge, and a sentence for each that it cannot."""
    readings: list[Reading] = []
    missing: list[str] = []
    for subject in claim.subjects:
        series = show(subject, as_of)
        if not series.observations:
            missing.append(f"{subject} has no observation" + (f" published by {as_of}" if as_of else ""))
            continue
        if claim.kind == "level":
            readings.append(_level(claim, series))
            continue
        for period in claim.bases:
            base = next((one for one in series.observations if one.period == period), None)
            if base is None:
                missing.append(f"{subject} has no value for the base year {period}")
            else:
                readings.append(_from_base(claim, series, base))
    return readings, missing


def required_growth(latest: Observation, level: float, end: Period) -> float | None:
    """Return the growth in percent a year that leads from `latest` to `level` at `end`; None once `end` is past."""
    years = (end.end - latest.period.end) // 12
    return growth_rate(latest.value, level, years) if years > 0 and latest.value > 0 else None


def path(base: Observation, level: float, end: Period) -> list[dict[str, str | float]]:
    """Return the level of each year if growth from `base` to `level` at `end` were even."""
    years = (end.end - base.period.end) // 12
    ratio = (level / base.value) ** (1.0 / years)
    return [
        {"period": str(base.period.shift(12 * step)), "value": base.value * ratio**step} for step in range(years + 1)
    ]


def _level(claim: Claim, series: Series) -> Reading:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    low, high = _printed(claim)
    threshold = float(low if claim.hedge in ("exact", "about") else claim.value)
    base = series.observations[-1]
    return Reading(series.id, base, float(claim.value), float(low), float(high), threshold, series)


def _from_base(claim: Claim, series: Series, base: Observation) -> Reading:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    years = (claim.end.end - base.period.end) // 12
    low, high = _printed(claim)

    def factor(value: Decimal) -> float:
        return float(value) if claim.kind == "multiple" else (1.0 + float(value) / 100.0) ** years

    threshold = factor(low if claim.hedge in ("exact", "about") else claim.value) * base.value
    return Reading(
        subject=series.id,
        base=base,
        demanded=factor(claim.value) * base.value,
        low=factor(low) * base.low,
        high=factor(high) * base.high,
        threshold=threshold,
        series=series,
    )


def _printed(claim: Claim) -> tuple[Decimal, Decimal]:
    """Return the values that print as the claim does; "about" doubles what rounding hides."""
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    half = claim.half_unit * (2 if claim.hedge == "about" else 1)
    return claim.value - half, claim.value + half


def settled(reading: Reading, end: Period) -> Observation | None:
    """Return the observation that settles the reading, once the claim's end is known."""
    return next((one for one in reading.series.observations if one.period == end), None)


def statements_of(readings: Sequence[Reading], end: Period | None) -> list[str]:
    """Return the ids of the statements that the readings rest on, without repeats, in order."""
    seen: dict[str, None] = {}
    for reading in readings:
        final = settled(reading, end) if end else None
        for observation in (reading.base, reading.series.observations[-1], final):
            if observation:
                seen.update(dict.fromkeys(observation.statements))
    return list(seen)
