"""Models: one small file each, found by name in one table, imported only when asked for."""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from forecast.errors import InputError, near
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows


class Model(Protocol):
    """What every model file offers at module level.

    `MINIMUM` is the number of observations below which it refuses a window. `forecast` never raises for one bad
    window: it refuses that row and answers the others.
    """

    MINIMUM: int

    def forecast(self, windows: Windows, horizon: int, levels: Floats) -> Forecasts:
        """Return quantiles [B, H, Q] of the `horizon` steps after each window's origin, on the windows' own scale."""
        ...


TABLE: dict[str, str] = {
    "naive": "forecast.models.naive",
    "drift": "forecast.models.drift",
}


def find(name: str) -> Model:
    """Import the model called `name`.

    Raises:
        InputError: if no model has that name; the nearest one is suggested.
    """
    if name not in TABLE:
        raise InputError(f"model '{name}' is unknown.{near(name, TABLE)} Known: {', '.join(TABLE)}")
    return cast(Model, importlib.import_module(TABLE[name]))
