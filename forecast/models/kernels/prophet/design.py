"""What Prophet's mean is made of: scaled time, changepoints, slope changes and seasonal waves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError
from forecast.quantiles import Floats

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Settings:
    """Prophet's own switches and prior scales, with the package's defaults.

    Attributes:
        growth: form of the trend.
        seasonality: whether waves add to the trend or multiply it.
        order: pairs of waves; None takes ten, or as many as the season has (half of it).
        changepoints: most slope changes; fewer where the past is short.
        apart: values per slope change at least; 1 leaves the package's own limit, the leading part less one.
        reach: the leading part of the past in which slopes may change.
        slope_scale: Laplace scale of a slope change.
        wave_scale: normal scale of a wave's coefficient.
        centred: take the mean off before scaling by the largest absolute value, which the package does not do.
    """

    growth: Literal["linear", "flat", "logistic"] = "linear"
    seasonality: Literal["additive", "multiplicative"] = "additive"
    order: int | None = None
    changepoints: int = 25
    apart: int = 1
    reach: float = 0.8
    slope_scale: float = 0.05
    wave_scale: float = 10.0
    centred: bool = False

    def __post_init__(self) -> None:
        if self.growth not in ("linear", "flat", "logistic"):
            raise InputError(f"growth '{self.growth}' is unknown; take linear, flat or logistic")
        if self.seasonality not in ("additive", "multiplicative"):
            raise InputError(f"seasonality '{self.seasonality}' is unknown; take additive or multiplicative")
        if (
            min(self.slope_scale, self.wave_scale) <= 0
            or not 0 < self.reach <= 1
            or min(self.changepoints, self.apart) < 1
        ):
            raise InputError("prior scales and the number of changepoints are above 0, their reach is in (0, 1]")
        if self.growth == "logistic" and self.centred:
            raise InputError("a logistic trend grows from zero to its capacity; its values cannot be centred")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The regressors that all windows with the same steps present share.

    Time is 0 at the first value present and 1 at the last. Columns are the rate, the offset, one hinge (t - s)+ for
    each changepoint s, and the waves, so that the first 2 + S times (k, m, delta) are Prophet's trend. Columns of
    zeros stand where a longer window has more changepoints, or waves.

    A flat trend leaves only the offset of it.

    Attributes:
        past: [N, 2 + S + K] over the N values present.
        ahead: [H, 2 + S + K].
        changes: number of changepoints in use.
        step: time from one step to the next.
    """

    past: Floats
    ahead: Floats
    changes: int
    step: float


def lay_out(present: Bools, season: int, horizon: int, settings: Settings) -> Design:
    """Return the regressors of windows whose values stand at `present` [T], the last step being the origin.

    Waves join where two cycles lie behind the origin, as in the package. At least three values are needed.
    """
    at = np.flatnonzero(present)
    n, span = len(at), at[-1] - at[0]
    steps = np.concatenate([at, len(present) + np.arange(horizon)])
    t = (steps - at[0]) / span
    inner = int(np.floor(n * settings.reach))
    changes = min(settings.changepoints, inner - 1, max(1, n // settings.apart))
    knots = t[np.linspace(0, inner - 1, changes + 1).round().astype(int)[1:]]
    hinges = np.zeros((len(t), settings.changepoints))
    hinges[:, :changes] = np.maximum(t[:, None] - knots, 0.0)
    if settings.growth == "flat":
        t, hinges = np.zeros_like(t), np.zeros_like(hinges)
    waves = _waves(steps - len(present), season, settings.order)
    if len(present) - at[0] < 2 * season:
        waves[:] = 0.0
    whole = np.column_stack([t, np.ones_like(t), hinges, waves])
    return Design(whole[:n], whole[n:], changes, 1.0 / span)


def _waves(steps: NDArray[np.int64], season: int, order: int | None) -> Floats:
    """[N, K] Fourier pairs of one season, counted from the origin; a pair at the turn of the sign has no sine.

    Where in the season the count begins only turns each pair, which its prior does not notice.
    """
    pairs = min(10 if order is None else order, season // 2)
    columns = []
    for pair in range(1, pairs + 1):
        angle = 2.0 * np.pi * ((pair * steps) % season) / season
        if 2 * pair != season:
            columns.append(np.sin(angle))
        columns.append(np.cos(angle))
    return np.column_stack(columns) if columns else np.zeros((len(steps), 0))
