"""Precision: how many digits a number bears.

Every rule returns a decimal whose exponent is that of the last digit to show: 2.80E+4 is 28000 known to hundreds,
28.0 is known to a tenth. Ends of a range are rounded outwards, so that nothing allowed is lost.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from series.observations import Observation

PRINTED = ("published", "narrowed")
DIGITS = 5
"""Digits of a derived range at most."""
MOST_PRINTED = 3
"""Decimals that releases print at most."""
SIGNIFICANT = 3
"""Digits of an estimate."""
RATES = ("percent", "points")
"""Units in which an estimate knows a tenth."""
FINEST = (-2, -1)
"""Last digits of what came where no print says them, the finer first."""
SOLVED = 4
"""Decimals of a bound that arithmetic and solvers leave alone."""
TENTH = Decimal("0.05")
"""What rounding to a tenth may hide."""


def outward(low: float, high: float, places: int) -> tuple[Decimal, Decimal]:
    """Return the ends of a range with `places` decimals, rounded outwards."""
    last = Decimal(1).scaleb(-places)
    return clean(low).quantize(last, ROUND_FLOOR), clean(high).quantize(last, ROUND_CEILING)


def ends(one: Observation) -> tuple[Decimal, Decimal]:
    """Return the range of an observation with the digits it bears, rounded outwards."""
    if one.low == one.high:
        return clean(one.low), clean(one.high)
    return outward(one.low, one.high, places(one))


def value(one: Observation) -> Decimal:
    """Return the value of an observation as it was printed, or with the digits that its range bears."""
    if one.last_digit is not None and one.status in PRINTED:
        return Decimal(repr(one.value)).quantize(Decimal(1).scaleb(one.last_digit))
    if one.low < one.high and not as_printed(one):
        return Decimal(repr(one.value)).quantize(Decimal(1).scaleb(min(0, 1 - places(one))))
    return plain(Decimal(repr(float(one.value))))


def places(one: Observation) -> int:
    """Return the decimals of a range: one more than were printed, or what shows how wide it is."""
    if as_printed(one):
        return 1 + (_decimals(one.value) if one.last_digit is None else max(0, -one.last_digit))
    most = max(0, DIGITS - len(str(int(one.high))))
    return min(most, decimals(one.low, one.high))


def as_printed(one: Observation) -> bool:
    """Whether the value has the digits that a release printed; one that others moved to their edge has many."""
    return one.status in PRINTED and (one.last_digit is not None or _decimals(one.value) <= MOST_PRINTED)


def decimals(low: float, high: float) -> int:
    """Return the decimals that show two digits of how wide a range is."""
    width = clean(high) - clean(low)
    return max(0, 1 - width.adjusted()) if width else 0


def estimate(number: float, unit: str) -> Decimal:
    """Return an estimate: a tenth of a percent, or three digits of an amount."""
    return rounded(number, -1 if unit in RATES else last_of(number))


def interval(low: float, high: float, unit: str) -> tuple[Decimal, Decimal]:
    """Return the ends of an estimated interval, each an estimate of its own: 6.13 to 859."""
    return estimate(low, unit), estimate(high, unit)


def came(
    middle: float, low: float, high: float, last_digit: int | None = None, close: bool = False
) -> tuple[Decimal, Decimal]:
    """Return the ends between which something came to lie; both are one where one number tells all.

    That is a figure in print, a hundredth or tenth to which both ends round, or the tenth whose rounding leaves them
    both. Where it is `close`, which end is true decides, and both are shown.
    """
    if last_digit is not None and not close:
        return (rounded(middle, last_digit),) * 2
    tenth, low, high = rounded(middle, -1), round(low, SOLVED), round(high, SOLVED)
    for last in () if close else FINEST:
        if rounded(low, last) == rounded(high, last):
            return (rounded(middle, last),) * 2
    if not close and max(tenth - clean(low), clean(high) - tenth) <= TENTH:
        return tenth, tenth
    return between(low, high, -FINEST[0])


def between(low: float, high: float, most: int = DIGITS) -> tuple[Decimal, Decimal]:
    """Return the ends of a range with the decimals that show how wide it is, `most` at most, and no nought at both."""
    if low == high:
        return (plain(clean(low)),) * 2
    room = max(0, DIGITS - len(str(int(max(abs(low), abs(high))))))
    shown = outward(low, high, min(most, room, decimals(low, high)))
    last = Decimal(1).scaleb(-max(_decimals(float(end)) for end in shown))
    return shown[0].quantize(last), shown[1].quantize(last)


def least(low: float) -> Decimal:
    """Return a lower bound that stands alone: cut off at a tenth, without noughts."""
    return plain(outward(low, low, 1)[0])


def chance(probability: float | Decimal, sure: bool = False) -> str:
    """Return a probability in whole percent; never 0 or 100 where only an estimate says so, and it is not `sure`."""
    percent = Decimal(repr(float(probability))).quantize(Decimal("0.0001"), ROUND_HALF_EVEN) * 100
    if not sure and percent < 1:
        return "<1"
    if not sure and percent > 99:
        return ">99"
    return f"{percent.quantize(Decimal(1), ROUND_HALF_EVEN):f}"


def rounded(number: float, last: int) -> Decimal:
    """Return a number that ends at the power of ten `last`; what rounds to nothing has no sign."""
    found = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(last), ROUND_HALF_EVEN)
    return found if found else abs(found)


def last_of(number: float, digits: int = SIGNIFICANT) -> int:
    """Return the power of ten of the last digit of an estimate: 27996 ends at hundreds, as 28000 does."""
    exact = Decimal(repr(float(number)))
    if not exact:
        return 0
    last = exact.adjusted() - digits + 1
    return exact.quantize(Decimal(1).scaleb(last), ROUND_HALF_EVEN).adjusted() - digits + 1


def clean(number: float) -> Decimal:
    """Return a number without what arithmetic and solvers leave behind the sixth decimal."""
    return Decimal(repr(round(float(number), 6)))


def plain(number: Decimal) -> Decimal:
    """Drop noughts after the point and any positive exponent: 1.54E+4 becomes 15400."""
    short = number.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def _decimals(number: float) -> int:
    exponent = Decimal(repr(float(number))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
