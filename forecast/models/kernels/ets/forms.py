"""The forms of exponential smoothing, their parameters and the region the parameters live in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 1e-4, 0.9999
DAMPING = (0.8, 0.98)


@dataclass(frozen=True, slots=True)
class Structure:
    """Which states there are and how they meet; the kind of error is the likelihood's matter.

    Parameters stand in this order: alpha, then beta, gamma and phi as far as there are any, the first level, the
    first slope, and the first seasonal states of the steps 1..period-1 (that of step 0 makes their sum 0, or their
    mean 1). Beta and gamma are written as shares u, v in [0, 1] of their range:
    beta = LOWEST + (alpha - LOWEST) u, gamma = LOWEST + (1 - alpha - LOWEST) v. The usual region is then a box.
    """

    trend: str = "N"
    damped: bool = False
    season: str = "N"
    period: int = 1

    @property
    def beta(self) -> int:
        """Row of u; -1 where there is no trend."""
        return 1 if self.trend != "N" else -1

    @property
    def gamma(self) -> int:
        """Row of v; -1 where there is no season."""
        return 1 + (self.trend != "N") if self.season != "N" else -1

    @property
    def phi(self) -> int:
        """Row of phi; -1 where the trend is not damped."""
        return 1 + (self.trend != "N") + (self.season != "N") if self.damped else -1

    @property
    def level(self) -> int:
        """Row of the first level."""
        return 1 + (self.trend != "N") + (self.season != "N") + self.damped

    @property
    def slope(self) -> int:
        """Row of the first slope; -1 where there is no trend."""
        return self.level + 1 if self.trend != "N" else -1

    @property
    def seasons(self) -> int:
        """Row of the first seasonal state."""
        return self.level + 1 + (self.trend != "N")

    @property
    def size(self) -> int:
        """How many parameters are estimated, the variance not counted."""
        return self.seasons + (self.period - 1 if self.season != "N" else 0)

    def bounds(self) -> tuple[Floats, Floats]:
        """Return lower and upper bounds [P]."""
        lower, upper = np.full(self.size, -np.inf), np.full(self.size, np.inf)
        lower[0], upper[0] = LOWEST, HIGHEST
        for share in (self.beta, self.gamma):
            if share >= 0:
                lower[share], upper[share] = 0.0, 1.0
        if self.damped:
            lower[self.phi], upper[self.phi] = DAMPING
        if self.trend == "M":
            lower[self.level], lower[self.slope] = 1e-12, 1e-3
        if self.season == "M":
            lower[self.seasons :] = 1e-6
        return lower, upper


@dataclass(frozen=True, slots=True)
class Form:
    """One form: additive or multiplicative error over a structure."""

    error: str
    structure: Structure

    @property
    def name(self) -> str:
        """The usual name, as ETS(M,Ad,N)."""
        structure = self.structure
        return f"ETS({self.error},{structure.trend}{'d' if structure.damped else ''},{structure.season})"

    @property
    def usual(self) -> bool:
        """Whether R's `ets` admits the form: the others have infinite variance or are unstable to estimate."""
        parts = self.structure.trend + self.structure.season
        return "M" not in parts if self.error == "A" else parts != "MA"

    @property
    def kind(self) -> str:
        """How the predictive distribution is had: "first", "second", "third" class of known moments, or "simulated"."""
        parts = self.structure.trend + self.structure.season
        if "M" not in parts:
            return "first" if self.error == "A" else "second"
        return "third" if self.error == "M" and parts in ("NM", "AM") else "simulated"

    @classmethod
    def named(cls, name: str, period: int = 1) -> Form:
        """Return the form called as in "AAN", "MAdM" or "ETS(M,Ad,M)"."""
        letters = name.removeprefix("ETS(").removesuffix(")").replace(",", "")
        damped = "d" in letters
        error, trend, season = tuple(letters.replace("d", ""))
        return cls(error, Structure(trend, damped, season, period if season != "N" else 1))


def usual_forms(period: int, multiplicative_trend: bool = False) -> tuple[Form, ...]:
    """Return the forms that a choice by AICc is made from; a period of one has no seasonal forms."""
    trends = ["N", "A", "Ad"] + (["M", "Md"] if multiplicative_trend else [])
    forms = [
        Form.named(error + trend + season, period)
        for season in ("N", "A", "M")[: 3 if period > 1 else 1]
        for trend in trends
        for error in ("A", "M")
    ]
    return tuple(form for form in forms if form.usual)
