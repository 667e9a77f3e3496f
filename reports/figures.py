"""Figures: numbers as a report holds them, each with its unit and what it rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from series import precision
from series.precision import SIGNIFICANT, plain


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, its unit, and the ids of the statements or forecasts that it rests on.

    `value` is None where there is no such number; a reader then sees a dash. `last` is the power of ten of the last
    digit that counts, where that is known: 280 with 0 is USD 28.0 bn, and with 1 it is USD 28 bn.
    """

    value: Decimal | None
    unit: str
    basis: tuple[str, ...] = ()
    last: int | None = None

    @classmethod
    def of(cls, number: Decimal, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep the digits that the decimal has, noughts behind the point too, as print and `precision` give them."""
        exponent = number.as_tuple().exponent
        last = exponent if isinstance(exponent, int) else None
        return cls(number.quantize(Decimal(1)) if last is not None and last > 0 else number, unit, basis, last)

    @classmethod
    def exact(cls, number: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep every digit of `number`, where nobody knows how many were printed."""
        return cls(plain(Decimal(repr(float(number)))) if math.isfinite(number) else None, unit, basis)

    @classmethod
    def rounded(cls, number: float, unit: str, basis: tuple[str, ...] = (), digits: int = SIGNIFICANT) -> Figure:
        """Keep `digits` significant digits, for a chart or a score."""
        if not math.isfinite(number):
            return cls(None, unit, basis)
        return cls(plain(precision.rounded(number, precision.last_of(number, digits))), unit, basis)

    @classmethod
    def estimate(cls, number: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep what an estimate in `unit` can claim to know: a tenth of a percent, or three digits of an amount."""
        return (
            cls.of(precision.estimate(number, unit), unit, basis) if math.isfinite(number) else cls(None, unit, basis)
        )

    @classmethod
    def beside(cls, number: float, other: float, unit: str, basis: tuple[str, ...] = ()) -> Figure:
        """Keep the last digit that an estimate of `other` keeps: what stands beside it pretends to know no more."""
        if unit == "percent" or not (math.isfinite(number) and math.isfinite(other) and other):
            return cls.estimate(number, unit, basis)
        return cls.of(precision.rounded(number, precision.last_of(other)), unit, basis)

    @classmethod
    def fixed(cls, number: float, unit: str, places: int, basis: tuple[str, ...] = ()) -> Figure:
        """Keep `places` decimals, as a column of scores needs to line up."""
        if not math.isfinite(number):
            return cls(None, unit, basis)
        return cls(precision.rounded(number, -places), unit, basis)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, both in one unit."""

    low: Figure
    high: Figure

    @classmethod
    def of(cls, ends: tuple[Decimal, Decimal], unit: str, basis: tuple[str, ...] = ()) -> Span:
        """Keep the digits that both ends have."""
        return cls(*(Figure.of(end, unit, basis) for end in ends))

    @classmethod
    def estimate(cls, low: float, high: float, unit: str, basis: tuple[str, ...] = ()) -> Span:
        """Keep what each end of an estimated interval can claim to know."""
        if math.isfinite(low) and math.isfinite(high):
            return cls.of(precision.interval(low, high, unit), unit, basis)
        return cls(Figure.estimate(low, unit, basis), Figure.estimate(high, unit, basis))

    @classmethod
    def outward(cls, low: float, high: float, unit: str, places: int, basis: tuple[str, ...] = ()) -> Span:
        """Keep `places` decimals of a range, its ends rounded outwards: nothing that is allowed is left out."""
        return cls.of(precision.outward(low, high, places), unit, basis)
