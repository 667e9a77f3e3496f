"""Bounds: the least and the most that a cell, or a ratio of two cells, can be; proven in exact fractions."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from series.resolver import certificates
from series.resolver.conflicts import Search
from series.resolver.presolve import Vector
from series.resolver.program import Outcome
from series.resolver.system import IDENTITY

DIGITS = 9
EXACT = 22
"""Powers of ten up to which a float holds them without rounding."""
ROUNDS = 40
Terms = Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the evidence allows, and the figures of the component that hold each end in place."""

    low: float
    high: float
    low_figures: frozenset[int] = frozenset()
    high_figures: frozenset[int] = frozenset()

    @property
    def width(self) -> float:
        """Relative width: 0 is a point, infinite when one end is open."""
        if math.isinf(self.high):
            return math.inf
        middle = (abs(self.low) + abs(self.high)) / 2
        return (self.high - self.low) / middle if middle else 0.0


class Bounder:
    """Bounds within one component from which some figures have been released so that the rest can all be true.

    Without `proven` the bounds are the solver's word: good enough to weigh guesses, not to publish.
    """

    def __init__(self, search: Search, released: Collection[int], *, proven: bool = True) -> None:
        self.search = search
        self.proven = proven
        self.released = frozenset(released)
        self._relaxed = frozenset(search.rows_of(released))
        self._ceilings: Vector | None = None

    @property
    def ceilings(self) -> Vector:
        """Proven upper bounds of the unknowns."""
        if self._ceilings is None:
            self._ceilings = self.search.ceilings(self.released)
        return self._ceilings

    def amount(self, least: Terms, most: Terms) -> Bounds:
        """Bound an amount; `least` are the terms certainly in it, `most` also those that may be.

        Each end is a linear program; its multipliers are checked in fractions and the proven bound, rounded
        outwards to 9 digits, is what is returned.
        """
        low, low_figures = self._extreme({column: -c for column, c in least.items()})
        high, high_figures = self._extreme(dict(most))
        return Bounds(
            0.0 if low is None else max(0.0, -_outward(low)),
            math.inf if high is None else _outward(high),
            low_figures,
            high_figures,
        )

    def ratio(self, top: tuple[Terms, Terms], bottom: tuple[Terms, Terms]) -> Bounds:
        """Bound a ratio of two amounts of this component, each given as (least, most) terms.

        Dinkelbach's method: r is the largest ratio when max (top - r * bottom) = 0; r <- top / bottom at the
        maximiser converges from below in a few steps. A proof that max (top - r * bottom) <= 0 proves r.
        """
        high, high_figures = self._largest_ratio(top[1], bottom[0])
        inverse, low_figures = self._largest_ratio(bottom[1], top[0])
        low = 0.0 if inverse is None or inverse == 0 else 1 / inverse
        return Bounds(max(0.0, -_outward_float(-low)), math.inf if high is None else high, low_figures, high_figures)

    def _largest_ratio(self, top: Terms, bottom: Terms) -> tuple[float | None, frozenset[int]]:
        if not bottom:
            return None, frozenset()
        rate, outcome = Fraction(0), self._largest(dict(top))
        for _ in range(ROUNDS):
            if outcome.status != "feasible":
                return None, frozenset()
            above = sum(float(c) * outcome.point[column] for column, c in top.items())
            below = sum(float(c) * outcome.point[column] for column, c in bottom.items())
            if below <= 1e-9:
                return None, frozenset()
            if above / below <= float(rate) * (1 + 1e-12):
                break
            rate = Fraction(above / below)
            outcome = self._largest(_difference(top, bottom, rate))
        if not self.proven:
            return float(rate), frozenset()
        # a hair above the ratio found, so that rounding in the multipliers cannot spoil the proof
        rate *= 1 + Fraction(1, 10**9)
        multipliers = certificates.support(outcome.multipliers)
        excess = certificates.upper_bound(
            _difference(top, bottom, rate), self.search.component.rows, multipliers, self.ceilings
        )
        if excess is None:
            return None, frozenset()
        if excess > 0:
            floor = self.amount(bottom, bottom).low
            if floor <= 0:
                return None, frozenset()
            rate += excess / Fraction(floor)
        return _outward_float(float(rate)), self._figures(multipliers)

    def _extreme(self, objective: dict[int, Fraction]) -> tuple[Fraction | None, frozenset[int]]:
        if not objective:
            return Fraction(0), frozenset()
        outcome = self._largest(objective)
        if outcome.status != "feasible":
            return None, frozenset()
        if not self.proven:
            return Fraction(outcome.value), frozenset()
        multipliers = certificates.support(outcome.multipliers)
        bound = certificates.upper_bound(objective, self.search.component.rows, multipliers, self.ceilings)
        return bound, self._figures(multipliers)

    def _largest(self, objective: dict[int, Fraction]) -> Outcome:
        self.search.program.relax(self._relaxed)
        return self.search.program.optimise({column: float(c) for column, c in objective.items()})

    def _figures(self, multipliers: Mapping[int, float]) -> frozenset[int]:
        rows = self.search.component.rows
        return frozenset(rows[number].figure for number in multipliers) - {IDENTITY}


def _difference(top: Terms, bottom: Terms, rate: Fraction) -> dict[int, Fraction]:
    result = dict(top)
    for column, c in bottom.items():
        result[column] = result.get(column, Fraction(0)) - rate * c
    return result


def _outward(value: Fraction) -> float:
    return _outward_float(float(value))


def _outward_float(value: float) -> float:
    """Round up (towards plus infinity) in the ninth digit: further than any float conversion can have erred.

    The result is the float that is written with those digits: 5.85, and not 5.8500000000000005.
    """
    if value == 0 or not math.isfinite(value) or abs(value) < 1e-300:
        return value
    places = DIGITS - 1 - math.floor(math.log10(abs(value)))
    if 0 <= places <= EXACT:
        return math.ceil(value * 10.0**places - 1e-6) / 10.0**places
    grain = 10.0**-places
    return math.ceil(value / grain - 1e-6) * grain
