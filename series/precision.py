"""Precision: how many digits a value and its range bear; ends are rounded outwards, so that nothing allowed is lost."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from series.observations import Observation

PRINTED = ("published", "narrowed")
DIGITS = 5
"""Digits of a derived range at most."""
MOST_PRINTED = 3
"""Decimals that releases print at most."""


def outward(low: float, high: float, places: int) -> tuple[Decimal, Decimal]:
    """Return the ends of a range with `places` decimals, rounded outwards."""
    last = Decimal(1).scaleb(-places)
    return clean(low).quantize(last, ROUND_FLOOR), clean(high).quantize(last, ROUND_CEILING)


def ends(one: Observation) -> tuple[Decimal, Decimal]:
    """Return the range of an observation with the digits it bears, rounded outwards."""
    if one.low == one.high:
        return clean(one.low), clean(one.high)
    return outward(one.low, one.high, places(one))


def places(one: Observation) -> int:
    """Return the decimals of a range: one more than were printed, or what shows how wide it is."""
    if as_printed(one):
        return 1 + _decimals(one.value)
    most = max(0, DIGITS - len(str(int(one.high))))
    return min(most, decimals(one.low, one.high))


def as_printed(one: Observation) -> bool:
    """Whether the value has the digits that a release printed; one that others moved to their edge has many."""
    return one.status in PRINTED and _decimals(one.value) <= MOST_PRINTED


def decimals(low: float, high: float) -> int:
    """Return the decimals that show two digits of how wide a range is."""
    width = clean(high) - clean(low)
    return max(0, 1 - width.adjusted()) if width else 0


def clean(number: float) -> Decimal:
    """Return a number without what arithmetic and solvers leave behind the sixth decimal."""
    return Decimal(repr(round(float(number), 6)))


def _decimals(value: float) -> int:
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
