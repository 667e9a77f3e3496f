"""The court: each reading of a claim judged by arithmetic where it is past, by probability where it is open."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forecast.claims.history import Runs, growth_rate, runs
from forecast.claims.readings import Reading, Show, enumerate_readings, required_growth, settled
from forecast.claims.reasons import Reason, because
from forecast.claims.records import Claim
from forecast.claims.settlement import pinned
from forecast.claims.views import (
    Inside,
    Outside,
    Pace,
    Running,
    look_at_running_year,
    look_inside,
    look_inside_part,
    look_outside,
    pooled,
    recent_growth,
    running_year,
    weight,
    with_running_year,
)
from forecast.errors import EvidenceError
from forecast.panels import SHORTEST
from series import precision
from series.observations import Series
from series.periods import Period


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of a reading, as known at one date.

    `probability` pools the inside and the outside view, `share` is the weight of the inside one; `lowest` and
    `highest` span what the models give. `median` is the forecast median of the claim's end year, `growth` the average
    growth to it from `latest`; `required` is what the claim still takes, `recent` what the last years had.
    """

    as_of: dt.date | None
    latest: str
    latest_value: float
    latest_shown: Decimal
    probability: float
    lowest: float
    highest: float
    members: dict[str, float]
    median: float | None
    growth: float | None
    required: float
    recent: Pace | None
    runs: Runs
    inside: Inside | None
    outside: Outside | None
    share: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with its outlooks (then, now) or, once its end is known, its outcome."""

    reading: Reading
    then: Outlook | None
    now: Outlook | None
    outcome: dict[str, Any] | None
    gaps: tuple[Reason, ...]


def judge(
    claim: Claim, show: Show, as_of: dt.date | None, engine: str, running: Running = running_year
) -> tuple[list[Judged], list[Reason]]:
    """Judge every reading of a checkable claim as known when it was made and as known at `as_of`.

    Returns the judged readings and a reason for each reading that the evidence cannot judge.
    """
    readings, missing = enumerate_readings(claim, show, as_of)
    judged = []
    for reading in readings:
        gaps: list[Reason] = []
        made = claim.made if as_of is None or claim.made is None else min(claim.made, as_of)
        look = _Looking(claim, reading, show, engine, running, gaps)
        then = look.at(show(reading.subject, made), made) if claim.made else None
        outcome = _outcome(claim, reading)
        now = None if outcome else look.at(reading.series, as_of)
        judged.append(Judged(reading, then, now, outcome, tuple(gaps)))
    return judged, missing


def _outcome(claim: Claim, reading: Reading) -> dict[str, Any] | None:
    """Return how a claim whose end is known turned out, or None while it is open."""
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    final = settled(reading, claim.end)
    if final is None:
        return None
    reached_low, reached_high = final.low >= reading.threshold, final.high >= reading.threshold
    if reading.ceiling:
        reached_low, reached_high = final.high <= reading.threshold, final.low <= reading.threshold
    verdict = "entailed" if reached_low else "consistent" if reached_high else "refuted"
    implied = None
    if reading.base and reading.base.value > 0 and final.period.end > reading.base.period.end:
        implied = growth_rate(reading.base.value, final.value, (final.period.end - reading.base.period.end) // 12)
    return {
        "period": str(final.period),
        "value": final.value,
        "low": final.low,
        "high": final.high,
        "pinned": pinned(final.low, final.high),
        "last_digit": final.last_digit,
        "verdict": verdict,
        "growth": implied,
        "statements": list(final.statements),
    }


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looks ahead for one reading, as of one day or another; what could not be seen is added to `gaps`."""

    claim: Claim
    reading: Reading
    show: Show
    engine: str
    running: Running
    gaps: list[Reason]

    def at(self, series: Series, as_of: dt.date | None) -> Outlook | None:
        """Return the outlook with the series as known on a day."""
        reading, end = self.reading, self.claim.end
        assert end is not None  # noqa: S101 - a checkable claim has one
        known = series.known
        if not known:
            self._say("unpublished", as_of)
            return None
        latest = known[-1]
        required = required_growth(latest, reading.threshold, end)
        if required is None:
            first = known[0].period
            if end.end >= first.start:
                self._say("known", as_of, period=str(end))
            else:
                self.gaps.append(because("begins", subject=reading.subject, first=str(first)))
            return None
        if not 0 < reading.threshold <= (100 if series.unit == "percent" else math.inf):
            wanted = f"{reading.threshold:.4g}"
            self.gaps.append(because("impossible", subject=reading.subject, threshold=wanted, unit=series.unit))
            return None
        inside, outside = self._views(series, end, as_of)
        if reading.ceiling:
            inside, outside = inside and inside.below, outside and outside.below
        if inside is None and outside is None:
            return None
        steps = (end.end - latest.period.end) // 12
        share = weight(inside, outside)
        probability = pooled(inside, outside, share)
        lowest, highest = inside.spread if inside else (probability, probability)
        years, values = [one.period.start // 12 for one in known], [one.value for one in known]
        return Outlook(
            as_of=as_of,
            latest=str(latest.period),
            latest_value=latest.value,
            latest_shown=precision.value(latest),
            probability=probability,
            lowest=lowest,
            highest=highest,
            members=inside.members if inside else {},
            median=inside.median if inside else None,
            growth=growth_rate(latest.value, inside.median, steps) if inside and latest.value > 0 else None,
            required=required,
            recent=recent_growth(series),
            runs=runs(years, values, steps, required),
            inside=inside,
            outside=outside,
            share=share,
        )

    def _say(self, key: str, as_of: dt.date | None, **figures: str) -> None:
        """Add what could not be seen, with the day by which it could not, if there is one."""
        figures |= {"subject": self.reading.subject}
        self.gaps.append(
            because(key, **figures) if as_of is None else because(f"{key}_then", **figures, day=as_of.isoformat())
        )

    def _views(self, series: Series, end: Period, as_of: dt.date | None) -> tuple[Inside | None, Outside | None]:
        """Return both views from the newest year known, or from the running year where months of it are known."""
        threshold, latest = self.reading.threshold, series.known[-1].period
        steps = (end.end - latest.end) // 12
        annual = end.length == 12 and latest.length == 12 and series.unit != "percent"
        running = self.running(self.reading.subject, latest.start // 12 + 1, as_of) if annual else None
        if running is not None and steps == 1:
            return look_at_running_year(running, threshold), None
        if running is not None:
            series, steps, latest = with_running_year(series, running), steps - 1, latest.step()
        required = required_growth(series.known[-1], threshold, end)
        assert required is not None  # noqa: S101 - the end is still to come
        year = as_of.year - 1 if as_of else latest.start // 12
        outside = look_outside(series, steps, required, year, self._dollars(as_of))
        try:
            return look_inside(series, steps, threshold, self.engine), outside
        except EvidenceError as error:
            self.gaps.append(_refusal(series, error))
        try:
            return look_inside_part(series, self._part(latest, as_of), steps, threshold, self.engine), outside
        except EvidenceError:
            return None, outside

    def _part(self, latest: Period, as_of: dt.date | None) -> Series:
        """Return the series of the offshore part of a total, with its running year where it is one behind."""
        subject = self.reading.subject.replace(".total.", ".offshore.")
        found = self.show(subject, as_of)
        behind = found.known and found.known[-1].period.step() == latest
        running = self.running(subject, latest.start // 12, as_of) if behind else None
        return with_running_year(found, running) if running is not None else found

    def _dollars(self, as_of: dt.date | None) -> float | None:
        """Return the newest level in dollars of what is claimed in yuan."""
        stem, _, currency = self.reading.subject.rpartition(".")
        known = self.show(f"{stem}.usd", as_of).known if currency == "cny" else ()
        return known[-1].value if known else None


def _refusal(series: Series, error: EvidenceError) -> Reason:
    """Return why no model answers: the series is short, or what the model says."""
    found = len(series.known)
    if found < SHORTEST:
        return because("short", subject=series.id, found=found, needed=SHORTEST)
    return because("refused", subject=series.id, refusal=str(error))
