"""Readings: what a claim can mean where its text leaves scope, currency or base year open, and what each demands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forecast.claims.history import growth_rate
from forecast.claims.reasons import Reason, because
from forecast.claims.records import Claim
from series import precision
from series.observations import Observation, Series
from series.periods import Period

Show = Callable[[str, dt.date | None], Series]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, with everything it takes to judge it.

    `demanded` is the level that the reading names for the claim's end, in the subject's unit, with the bounds that
    the rounding of the claim and of its base leave; `threshold` is the lowest level that still counts as true, or
    for a `ceiling` the highest.
    """

    subject: str
    base: Observation | None
    demanded: float
    low: float
    high: float
    threshold: float
    series: Series
    ceiling: bool = False
    sense: str = ""  # how "increased N times" is read: times as much, or times more
    last_digit: int | None = None  # of `demanded`, where the claim itself prints it

    @property
    def asked(self) -> Decimal:
        """The level demanded as the claim prints it, or with the digits of an estimate where it is worked out."""
        if self.last_digit is None:
            return precision.estimate(self.demanded, self.series.unit)
        return precision.rounded(self.demanded, self.last_digit)

    @property
    def least(self) -> Decimal:
        """The level that already counts as true, or for a ceiling still does, with the digits of an estimate."""
        return precision.estimate(self.threshold, self.series.unit)


def enumerate_readings(claim: Claim, show: Show, as_of: dt.date | None) -> tuple[list[Reading], list[Reason]]:
    """Return the readings that the evidence of `as_of` can judge, and a reason for each that it cannot."""
    readings: list[Reading] = []
    missing: list[Reason] = []
    for subject in claim.subjects:
        series = show(subject, as_of)
        if not series.observations:
            missing.append(
                because("unprinted_then", subject=subject, day=as_of.isoformat())
                if as_of
                else because("unprinted", subject=subject)
            )
            continue
        if _foretells_part_of_a_year(claim, series):
            missing.append(because("part_of_year", subject=subject, period=str(claim.end)))
            continue
        if claim.kind in ("level", "share"):
            readings.append(_level(claim, series))
            continue
        bases = claim.bases or _newest_before(series, claim.end)
        first = str(series.observations[0].period)
        if not bases:
            missing.append(because("no_earlier", subject=subject, period=str(claim.end), first=first))
        for period in bases:
            base = next((one for one in series.observations if one.period == period), None)
            if base is None:
                missing.append(_without_base(series, period))
            else:
                readings += [_from_base(claim, series, base, sense) for sense in senses(claim)]
    return readings, missing


def _without_base(series: Series, base: Period) -> Reason:
    """Return why growth cannot be counted from a year: it is before the series, amid it, or still to come."""
    first, last = series.observations[0].period, series.observations[-1].period
    if base.start > last.end:
        return because("no_base_yet", subject=series.id, base=str(base), last=str(last))
    return because("no_base", subject=series.id, base=str(base), first=str(first))


def _foretells_part_of_a_year(claim: Claim, series: Series) -> bool:
    """Whether a claim was made before the end of some months that no annual value covers: forecasts are of years."""
    end = claim.end
    if end is None or claim.made is None or end == Period.year(end.end // 12):
        return False
    return claim.made.year * 12 + claim.made.month - 1 <= end.end and end.end > series.observations[-1].period.end


def senses(claim: Claim) -> tuple[str, ...]:
    """Return how "increased N times" can be read: N times more by the words, and often N times as much."""
    return ("times more", "times as much") if claim.wording == "increase" else ("",)


def _newest_before(series: Series, end: Period | None) -> tuple[Period, ...]:
    known = [one.period for one in series.observations if end is None or one.period.end < end.end]
    return tuple(known[-1:])


def required_growth(latest: Observation, level: float, end: Period) -> float | None:
    """Return the growth in percent a year that leads from `latest` to `level` at `end`; None once `end` is past."""
    years = (end.end - latest.period.end) // 12
    return growth_rate(latest.value, level, years) if years > 0 and latest.value > 0 else None


def path(base: Observation, level: float, end: Period) -> list[dict[str, str | float]]:
    """Return the level of each year if growth from `base` to `level` at `end` were even; none within a year."""
    years = (end.end - base.period.end) // 12
    if years < 1:
        return []
    if base.value <= 0:
        return []  # nothing grows from nothing at a rate
    ratio = (level / base.value) ** (1.0 / years)
    return [
        {"period": str(base.period.shift(12 * step)), "value": base.value * ratio**step} for step in range(years + 1)
    ]


def _level(claim: Claim, series: Series) -> Reading:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    low, high = _printed(claim)
    threshold = float(edge(claim))
    base = series.observations[-1]
    ends = float(claim.value), float(low), float(high)
    return Reading(series.id, base, *ends, threshold, series, claim.ceiling, last_digit=claim.last_digit)


def _from_base(claim: Claim, series: Series, base: Observation, sense: str) -> Reading:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    years = (claim.end.end - base.period.end) // 12
    low, high = _printed(claim)

    def demanded(value: Decimal, start: float) -> float:
        if claim.kind == "points":
            return start + float(value)
        if claim.kind == "multiple":
            return start * (float(value) + (sense == "times more"))
        return start * (1.0 + float(value) / 100.0) ** years

    return Reading(
        subject=series.id,
        base=base,
        demanded=demanded(claim.value, base.value),
        low=demanded(low, base.low),
        high=demanded(high, base.high),
        threshold=demanded(edge(claim), base.value),
        series=series,
        ceiling=claim.ceiling,
        sense=sense,
    )


def _printed(claim: Claim) -> tuple[Decimal, Decimal]:
    """Return the values that print as the claim does; "about" doubles what rounding hides."""
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    half = claim.half_unit * (2 if claim.hedge == "about" else 1)
    return claim.value - half, claim.value + half


def edge(claim: Claim) -> Decimal:
    """Return the value from which on, or up to which, the claim counts as true."""
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    low, high = _printed(claim)
    if claim.hedge not in ("exact", "about"):
        return claim.value
    return high if claim.ceiling else low


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
