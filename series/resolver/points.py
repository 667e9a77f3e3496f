"""Points: one value inside the bounds for every period of a series, so that the parts of a year add up to it.

The criterion is convex and the same for every series (see `allocation`): the years keep their value, and the largest
relative distance of a year's quarters (or months) from their targets, summed over the years, is least. A target is
the printed value where there is one, the centre of narrow bounds, and otherwise the year times the usual share of
that quarter: the median over the years that are known quarter by quarter. What rests on that share is `estimated`.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from series.annual import Span, choose, is_level
from series.observations import Observation, Series, Status
from series.periods import MONTHS, Frequency, Period
from series.resolver.allocation import Target, allocate
from series.resolver.bounds import Bounds
from series.resolver.readings import Cell
from series.resolver.structure import CURRENCIES

if TYPE_CHECKING:
    from series.resolver.resolution import Resolution

WIDE = 0.05
TIGHTER = 0.5
"""Share of what the printed digits allow, down to which others narrow a figure."""
SOLVED = 1e-6
"""What solving and rounding may leave of a width."""
SUPPORT = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """One period with its bounds, what was printed for it, the print that stands, and the value to stay close to.

    An exact print always stands, though the others may cut a little off its rounding; a hedged one gives way to them.
    """

    period: Period
    bounds: Bounds
    printed: Span | None
    figure: float | None
    centre: float
    estimated: bool = False

    @property
    def shown(self) -> float:
        """The value of the period taken alone."""
        return self.centre if self.figure is None else self.figure

    @property
    def narrow(self) -> bool:
        """Whether the value is known well without any seasonal pattern."""
        return self.printed is not None or self.bounds.width <= WIDE


def series_of(resolution: Resolution, subject: str, frequency: Frequency) -> Series:
    """Return the series of a subject at a frequency: bounds from the whole evidence, values that add up."""
    entry = resolution.ledger.catalog.entry(subject)
    spots = _spots(resolution, subject, frequency)
    if frequency != "annual" and subject.endswith(".share"):
        spots = _shares_estimated(resolution, subject, frequency, spots)
    elif frequency != "annual" and entry.nature == "flow":
        spots = _adding_up(resolution, subject, frequency, spots)
    conflicting = resolution.conflicting
    observations = tuple(_observation(resolution, subject, spot, conflicting) for spot in spots)
    return Series(subject, entry.unit, frequency, None, observations)


def years(resolution: Resolution, subject: str) -> list[Period]:
    """Return the years of a subject's annual series."""
    simple, periods = _periods(resolution, subject, "annual")
    return sorted(p for p in periods if p in simple or 0 < resolution.bounds(subject, p).width <= WIDE)


def observation_of(resolution: Resolution, subject: str, period: Period) -> Observation | None:
    """Return one cell of a subject, whatever its span; None when nothing bounds it from above."""
    if period.frequency is not None and period.frequency != "annual":
        for one in series_of(resolution, subject, period.frequency).observations:
            if one.period == period:
                return one
    spots = [_spot(resolution, subject, period)]
    return next((_observation(resolution, subject, spot, resolution.conflicting) for spot in spots if spot), None)


def _spot(resolution: Resolution, subject: str, period: Period) -> Spot | None:
    bounds = resolution.bounds(subject, period)
    if math.isinf(bounds.high):
        return None
    items = [s for s in resolution.ledger.in_force if (s.subject, s.period) == (subject, period)]
    levels = [item for item in items if is_level(item, resolution.ledger)]
    printed = choose(levels, resolution.ledger.sources) if levels else None
    middle = (bounds.low + bounds.high) / 2
    if period.frequency == "annual":  # as the series has it
        middle = _periods(resolution, subject, "annual")[0].get(period, middle)
    return _placed(resolution, period, bounds, printed, middle)


def _placed(resolution: Resolution, period: Period, bounds: Bounds, printed: Span | None, centre: float) -> Spot:
    figure = None
    if printed is not None and printed.value is not None:
        centre = float(printed.value)
        exact = resolution.statements[printed.statements[0]].hedge == "exact"
        figure = centre if exact or bounds.low <= centre <= bounds.high else None
    return Spot(period, bounds, printed, figure, min(max(centre, bounds.low), bounds.high))


def _periods(resolution: Resolution, subject: str, frequency: Frequency) -> tuple[dict[Period, float], set[Period]]:
    """The values that single figures give, and every period within the months that the evidence speaks of."""
    simple = {one.period: one.value for one in resolution.reading(frequency).series(subject).observations}
    periods, length = set(simple), MONTHS[frequency]
    stem = subject.removesuffix(".share")
    names = [f"{stem}.{currency}" for currency in CURRENCIES] if stem != subject else [subject]
    for marks in (resolution.system.grid.boundaries.get(name, ()) for name in names):
        if marks:
            starts = range(marks[0] // 12 * 12, marks[-1], length)
            periods |= {Period(a, a + length - 1) for a in starts if marks[0] <= a and a + length <= marks[-1]}
    return simple, periods


def _spots(resolution: Resolution, subject: str, frequency: Frequency) -> list[Spot]:
    """The periods that the evidence bounds from both sides; years only where they are known well."""
    published = resolution.reading(frequency).published(subject)
    simple, periods = _periods(resolution, subject, frequency)
    spots = []
    for period in sorted(periods):
        bounds = resolution.bounds(subject, period)
        told = period in simple or frequency != "annual" or bounds.width <= WIDE
        if told and math.isfinite(bounds.high) and bounds.high > 0:
            middle = simple.get(period, (bounds.low + bounds.high) / 2)
            spots.append(_placed(resolution, period, bounds, published.get(period), middle))
    return spots


def _adding_up(resolution: Resolution, subject: str, frequency: Frequency, spots: list[Spot]) -> list[Spot]:
    years = {spot.period: spot for spot in _spots(resolution, subject, "annual")}
    spots = _seasonal(resolution, subject, frequency, spots, years)
    targets = [Target(spot.period, spot.centre, spot.printed is not None) for spot in spots]
    targets += [Target(spot.period, spot.centre, firm=True) for spot in years.values()]
    found = allocate(resolution.evidence, subject, targets)
    values = {
        spot.period: found.get(spot.period, spot.centre) if spot.figure is None else spot.figure for spot in spots
    }
    for year in years.values():
        within = [spot for spot in spots if year.period.contains(spot.period)]
        if sum(spot.period.length for spot in within) == year.period.length:
            values |= _summing_to(year.shown, within, values)
    return [replace(spot, centre=values[spot.period]) for spot in spots]


def _summing_to(total: float, spots: list[Spot], values: Mapping[Period, float]) -> dict[Period, float]:
    """Spread what rounding leaves between the quarters and the year's own figure, by the room that each has."""
    rest = total - sum(values[spot.period] for spot in spots)
    rooms = {
        spot.period: max(
            0.0, spot.bounds.high - values[spot.period] if rest > 0 else values[spot.period] - spot.bounds.low
        )
        for spot in spots
        if spot.figure is None
    }
    room = sum(rooms.values())
    if room <= 0 or abs(rest) > room:
        return {}
    return {period: values[period] + rest * own / room for period, own in rooms.items()}


def _seasonal(
    resolution: Resolution, subject: str, frequency: Frequency, spots: list[Spot], years: Mapping[Period, Spot]
) -> list[Spot]:
    """Give the wide periods their target; those without one are left out."""
    usual = _usual(spots, years, MONTHS[frequency])
    if not usual:
        stem, _, currency = subject.rpartition(".")
        for other in (f"{stem}.{name}" for name in CURRENCIES if name != currency and currency in CURRENCIES):
            if resolution.ledger.catalog.knows(other):
                theirs = {spot.period: spot for spot in _spots(resolution, other, "annual")}
                usual = _usual(_spots(resolution, other, frequency), theirs, MONTHS[frequency])
    result = []
    for spot in spots:
        year = years.get(Period.year(spot.period.start // 12))
        if spot.narrow:
            result.append(spot)
        elif year is not None and year.narrow and spot.period.start % 12 in usual:
            wanted = year.centre * usual[spot.period.start % 12]
            inside = min(max(wanted, spot.bounds.low), spot.bounds.high)
            result.append(replace(spot, centre=inside, estimated=True))
    return result


def _usual(spots: Iterable[Spot], years: Mapping[Period, Spot], length: int) -> dict[int, float]:
    """The median share of each quarter (month) of a year, over the years that are known quarter by quarter."""
    known: dict[int, dict[int, float]] = {}
    for spot in spots:
        year, place = divmod(spot.period.start, 12)
        if spot.narrow and Period.year(year) in years:
            known.setdefault(year, {})[place] = spot.centre / years[Period.year(year)].centre
    full = [shares for shares in known.values() if len(shares) == 12 // length]
    return {place: statistics.median(shares[place] for shares in full) for place in (full[0] if full else ())}


def _shares_estimated(resolution: Resolution, subject: str, frequency: Frequency, spots: list[Spot]) -> list[Spot]:
    """Estimate wide shares from the values of part and whole, which are estimates themselves."""
    if all(spot.narrow for spot in spots):
        return spots
    stem = subject.removesuffix(".share")
    whole = resolution.structure.whole(stem)
    estimates: dict[Period, float] = {}
    for currency in CURRENCIES:
        if not resolution.ledger.catalog.knows(f"{stem}.{currency}") or whole is None:
            continue
        tops, bottoms = (
            {one.period: one.value for one in series_of(resolution, f"{name}.{currency}", frequency).observations}
            for name in (stem, whole)
        )
        estimates |= {p: 100 * tops[p] / bottoms[p] for p in tops.keys() & bottoms.keys() if bottoms[p] > 0}
    result = []
    for spot in spots:
        if spot.narrow:
            result.append(spot)
        elif spot.period in estimates and (spot.bounds.low > 0 or spot.bounds.high < 100):
            inside = min(max(estimates[spot.period], spot.bounds.low), spot.bounds.high)
            result.append(replace(spot, centre=inside, estimated=True))
    return result


def _observation(resolution: Resolution, subject: str, spot: Spot, conflicting: frozenset[Cell]) -> Observation:
    low, high, value = spot.bounds.low, spot.bounds.high, spot.centre
    status: Status = "estimated" if spot.estimated else "derived"
    if spot.printed is not None:
        width = float(spot.printed.high - spot.printed.low)
        status = "narrowed" if high - low <= TIGHTER * width * (1 + SOLVED) else "published"
        if spot.figure is not None:
            value, low, high = spot.figure, min(low, spot.figure), max(high, spot.figure)
    if Cell(subject, spot.period) in conflicting:
        status = "conflicting"
    named = spot.printed.statements if spot.printed is not None else _support(resolution, subject, spot)
    last = spot.printed.last_digit if spot.printed is not None and spot.figure is not None else None
    return Observation(spot.period, min(max(value, low), high), low, high, status, named, last)


def _support(resolution: Resolution, subject: str, spot: Spot) -> tuple[str, ...]:
    component = resolution.system.component_of(resolution.quantity(subject, spot.period).top)
    if component is None:
        return ()
    named = sorted(spot.bounds.low_figures | spot.bounds.high_figures)
    return tuple(dict.fromkeys(component.figures[one].statements[0] for one in named))[:SUPPORT]
