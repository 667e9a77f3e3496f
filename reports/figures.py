"""Figures: numbers as a report holds them, each with its unit and what it rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from series.precision import outward

SIGNIFICANT = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, its unit, and the ids of the statements or forecasts that it rests on.

    `value` is None where there is no such number; a reader then sees a dash.
    """

    value: Decimal | None
    unit: str
    basis: tuple[str, ...] = ()

    @classmethod
    def exact(cls, number: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep every digit of `number`, as a published figure deserves."""
        return cls(_plain(Decimal(repr(float(number)))) if math.isfinite(number) else None, unit, basis)

    @classmethod
    def rounded(cls, number: float, unit: str, basis: tuple[str, ...] = (), digits: int = SIGNIFICANT) -> Figure:
        """Keep `digits` significant digits, as an estimate deserves."""
        if not math.isfinite(number):
            return cls(None, unit, basis)
        return cls(_plain(Context(prec=digits).create_decimal_from_float(float(number))), unit, basis)

    @classmethod
    def estimate(cls, number: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep what an estimate in `unit` can claim to know: a tenth of a percent, or three digits of an amount."""
        return cls.fixed(number, unit, 1, basis) if unit == "percent" else cls.rounded(number, unit, basis)

    @classmethod
    def beside(cls, number: float, other: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep the last digit that an estimate of `other` keeps: what stands beside it pretends to know no more."""
        if unit == "percent" or not (math.isfinite(number) and math.isfinite(other) and other):
            return cls.estimate(number, unit, basis)
        last = Decimal(1).scaleb(Decimal(repr(float(other))).adjusted() - SIGNIFICANT + 1)
        return cls(_unsigned(_plain(Decimal(repr(float(number))).quantize(last, ROUND_HALF_EVEN))), unit, basis)

    @classmethod
    def fixed(cls, number: float, unit: str, places: int, basis: tuple[str, ...] = ()) -> Figure:
        """Keep `places` decimals, as a column of scores needs to line up."""
        if not math.isfinite(number):
            return cls(None, unit, basis)
        return cls(_unsigned(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places))), unit, basis)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, both in one unit."""

    low: Figure
    high: Figure

    @classmethod
    def estimate(cls, low: float, high: float, unit: str, basis: tuple[str, ...] = ()) -> Span:
        """Keep what the upper end of an estimated interval can claim to know, at both ends: 92 to 408, not 91.7."""
        upper = Figure.estimate(high, unit, basis)
        lower = Figure.estimate(low, unit, basis)
        if upper.value is None or lower.value is None or unit == "percent":
            return cls(lower, upper)
        coarse = Figure.beside(low, high, unit, basis)
        return cls(coarse if coarse.value else lower, upper)

    @classmethod
    def outward(cls, low: float, high: float, unit: str, places: int, basis: tuple[str, ...] = ()) -> Span:
        """Keep `places` decimals of a range, its ends rounded outwards: nothing that is allowed is left out."""
        return cls(*(Figure(end, unit, basis) for end in outward(low, high, places)))


def _unsigned(value: Decimal) -> Decimal:
    """Drop the sign of a nought: what rounds to nothing went neither way."""
    return value if value else abs(value)


def _plain(value: Decimal) -> Decimal:
    """Drop zeros after the point and any positive exponent: 1.54E+4 becomes 15400."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
