"""Routes: ways from the first months to the year, and the distribution that they give together.

1. The share route: the sum over the share of the year that its months are expected to carry (`shares`).
2. The annual route: the forecast of the year from earlier years alone, as of the same day.
3. The growth route: last year's total times the growth of the first months.
4. The whole's route, for a part: the growth route times what the nowcast of the whole (all offshore outsourcing, say)
   adds to the whole's own growth route. The rest of a year is much the same for a part as for the whole, which has
   more months and years on record.

On the log scale the first two are weighted by their precisions. The growth route has the weight m / 12: a growth rate
of m months speaks for m of twelve, and the other two speak for the rest. The whole's route takes its place where there
is one, with the weight (1 + m / 12) / 2: half of the rest is the whole's to tell. The routes err together, so that the
spread of the year is the weighted mean of their spreads, not less; it is then multiplied by a factor learnt from past
nowcasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecast.models import DEFAULT, predict
from forecast.nowcast.records import Class, Part, Record
from forecast.nowcast.shares import Share, expect, known
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Windows
from series.observations import Series

Kind = Literal["share", "annual", "growth", "whole"]
GROWN: frozenset[Kind] = frozenset({"growth", "whole"})
FACTORS: dict[Class, float] = {"whole": 0.56, "part": 0.88}
"""What past nowcasts made of the routes' own spread, for national totals and for everything else (`track`)."""
TAIL = 5.0
"""Degrees of freedom of Student's t: years such as 2010 and 2020 do happen."""
REST, YEARS = 0.15, 4.0
"""Prior of the growth route: the rest of a year grows by 15 % more or less than its first months; worth four years."""
FARTHEST = 5
SHORTEST = 4
_DECILES = 2.5631031310892007


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the year: its centre, its spread on the log scale, and its weight."""

    kind: Kind
    value: float
    spread: float
    weight: float


def annual_quantiles(record: Record, year: int, engine: str) -> tuple[Floats, str] | None:
    """Return the forecast [Q] of `year` from what is known of the years before it, and what made it."""
    gaps = record.annual.gaps
    before = tuple(one for one in record.annual.observations if one.period.start // 12 < year)
    run = Series(record.id, record.unit, "annual", record.as_of, before, gaps).known
    if len(run) < SHORTEST:
        return None
    ahead = year - run[-1].period.start // 12
    if ahead > FARTHEST or any(one.value <= 0 for one in run):
        return None
    windows = Windows.of_series([Series(record.id, record.unit, "annual", record.as_of, run, gaps)])
    answer = predict(DEFAULT, windows, ahead, LEVELS, "positive", engine)
    return None if answer.refusals[0] else (answer.quantiles[0, ahead - 1], answer.produced[0])


def find(record: Record, part: Part, annual: Floats | None, engine: str = "batch") -> tuple[tuple[Route, ...], Share]:
    """Return the routes from the first months to their year, and the share that they are expected to carry."""
    share = expect(known(record, part.year), part.year, part.months)
    found: list[tuple[Kind, float, float]] = [
        ("share", float(np.log(part.value / share.value)), share.spread * (1 - share.value))
    ]
    if annual is not None:
        low, middle, high = np.log(np.interp([0.1, 0.5, 0.9], LEVELS, annual))
        if high > low:
            found.append(("annual", float(middle), float(high - low) / _DECILES))
    precision = [spread**-2 for _, _, spread in found]
    grown = _grown(record, part, share, engine)
    rest = 1 - sum(route.weight for route in grown)
    total = sum(precision)
    kept = [
        Route(kind, float(np.exp(value)), spread, rest * one / total)
        for (kind, value, spread), one in zip(found, precision, strict=True)
    ]
    return (*kept, *grown), share


def _grown(record: Record, part: Part, share: Share, engine: str) -> list[Route]:
    """Return the growth route, and the whole's, which takes its weight where there is one."""
    before = record.totals.get(part.year - 1)
    if before is None or before.value <= 0 or part.growth is None or part.growth <= -100:
        return []
    spread, told = uncertainty(record, part.year) * (1 - share.value), part.months / 12
    value = before.value * (1 + part.growth / 100)
    more = departure(record.whole, part, engine) if record.whole else None
    if more is None:
        return [Route("growth", value, spread, told)]
    return [Route("growth", value, spread, 0.0), Route("whole", value * float(np.exp(more)), spread, (1 + told) / 2)]


def departure(whole: Record, part: Part, engine: str) -> float | None:
    """Return the log of the whole's nowcast over its own growth route, from the same months; None without them."""
    same = next((one for one in whole.parts if (one.year, one.months) == (part.year, part.months)), None)
    if same is None or same.value <= 0 or part.year in whole.totals:
        return None
    annual = annual_quantiles(whole, part.year, engine)
    found, _ = find(whole, same, annual[0] if annual else None, engine)
    growth = next((route.value for route in found if route.kind == "growth"), None)
    return None if growth is None else joined(found)[0] - float(np.log(growth))


def uncertainty(record: Record, year: int) -> float:
    """Return by how much the log growth of the rest of a year differs from that of its first months.

    Each earlier year whose growth was printed counts once, by its mean square, beside the prior.
    """
    squares: dict[int, list[float]] = {}
    for one in (record, record.beside):
        for part, share in [] if one is None else one.shares(year):
            before = one.totals.get(part.year - 1) if one else None
            if one and before and before.value > 0 and part.growth is not None and part.growth > -100:
                whole = np.log(one.totals[part.year].value / before.value)
                squares.setdefault(part.year, []).append(
                    float((whole - np.log1p(part.growth / 100)) / (1 - share)) ** 2
                )
    told = sum(float(np.mean(values)) for values in squares.values())
    return float(np.sqrt((YEARS * REST**2 + told) / (YEARS + len(squares))))


def joined(found: tuple[Route, ...]) -> tuple[float, float]:
    """Return the centre and the spread of all routes together on the log scale, before the learnt factor."""
    centre = sum(route.weight * np.log(route.value) for route in found)
    grown = [route for route in found if route.kind in GROWN]
    others = sum(route.spread**-2 for route in found if route.kind not in GROWN) ** -0.5
    spread = (1 - sum(route.weight for route in grown)) * others + sum(route.weight * route.spread for route in grown)
    return float(centre), float(spread)


def distribution(found: tuple[Route, ...], factor: float, least: float) -> Floats:
    """Return the quantiles [Q] of the year: Student's t on the log scale, never below what has been reached."""
    from scipy.special import stdtrit

    centre, spread = joined(found)
    return np.asarray(np.maximum(np.exp(centre + factor * spread * stdtrit(TAIL, LEVELS)), least))
