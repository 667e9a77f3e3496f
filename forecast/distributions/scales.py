"""Scales on which a quantile function is a line between its knots: the ones that models work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError, near

Floats = NDArray[np.float64]
LARGEST = float(np.log(np.finfo(np.float64).max))
"""The largest exponent whose exponential is a float."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone map of the values that a quantity can have to the real line, and its inverse.

    Attributes:
        low, high: the ends of the support, which quantiles may touch.
        forth, back: onto the line and back.
        unit, shift: for scales of exponentials x = unit * exp(line) + shift; unit is zero for others.
    """

    low: float
    high: float
    forth: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    unit: float = 0.0
    shift: float = 0.0


def _same(values: Floats) -> Floats:
    return values


def _exponential(unit: float, shift: float) -> Scale:
    def forth(values: Floats) -> Floats:
        return np.asarray(np.log((values - shift) / unit))

    def back(line: Floats) -> Floats:
        return np.asarray(unit * np.exp(np.minimum(line, LARGEST - np.log(unit))) + shift)

    return Scale(shift, np.inf, forth, back, unit, shift)


def _logit(whole: float) -> Scale:
    def forth(values: Floats) -> Floats:
        return np.asarray(np.log(values) - np.log(whole - values))

    def back(line: Floats) -> Floats:
        return np.asarray(whole / (1.0 + np.exp(np.clip(-line, -LARGEST, LARGEST))))

    return Scale(0.0, whole, forth, back)


SCALES: dict[str, Scale] = {
    "real": Scale(-np.inf, np.inf, _same, _same),
    "positive": _exponential(1.0, 0.0),
    "share": _logit(1.0),
    "percent": _logit(100.0),
    "growth": _exponential(100.0, -100.0),
}
"""Scales by the support of a quantity: any number, amounts, shares of 1 and of 100, and growth in percent."""


def scale_of(support: str) -> Scale:
    """Return the scale of a support; `power` quantities are amounts.

    Raises:
        InputError: if the support is unknown.
    """
    if support == "power":
        return SCALES["positive"]
    if not isinstance(support, str) or support not in SCALES:
        raise InputError(f"support '{support}' is unknown.{near(str(support), SCALES)} Known: {', '.join(SCALES)}")
    return SCALES[support]
