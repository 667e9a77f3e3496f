"""Ingredients: the answers that a combination is made of, each on the scale of the combination."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import cast

from forecast.models import DECILES, Model, find
from forecast.models.recipes import Recipe
from forecast.quantiles import Floats, Forecasts
from forecast.transforms import Scaled, scale
from forecast.windows import Windows

HIDDEN = {
    "steady ets": "forecast.models.steady_ets",
    "faded theta": "forecast.models.faded_theta",
    "mean": "forecast.models.mean",
}
"""Models that are members only: nobody has asked for them by name."""
RECENT = "recent "
SHARE, FEWEST = 2 / 3, 6
"""How much of a window members of this prefix see, and how many values at least."""


def gather(
    recipe: Recipe,
    scaled: Scaled,
    windows: Windows,
    horizon: int,
    engine: str,
    known: Mapping[str, Forecasts] | None = None,
) -> dict[str, Forecasts]:
    """Ask every member; what is `known` on the scale of the combination already is not asked again.

    Members on the own scale state deciles, the others a median only.
    """
    found = dict(known or {})
    for member in recipe.own:
        if member not in found:
            name, asked = _seen(member, scaled.windows)
            found[member] = _model(name, engine).forecast(asked, horizon, DECILES)
    beside = scale(windows, "real")
    for member in recipe.plain:
        name, asked = _seen(member, beside.windows)
        levels: Floats = DECILES[1:2]
        answered = _model(name, engine).forecast(asked, horizon, levels)
        moved = scaled.forth(beside.back(answered.quantiles))
        found[f"plain {member}"] = Forecasts(moved, levels, answered.produced, answered.refusals)
    return found


def _seen(member: str, windows: Windows) -> tuple[str, Windows]:
    """Return the name of the model that a member is, and what it sees of the windows."""
    name = member.removeprefix(RECENT)
    return name, windows if name == member else windows.recent(SHARE, FEWEST)


def _model(name: str, engine: str) -> Model:
    return cast(Model, importlib.import_module(HIDDEN[name]) if name in HIDDEN else find(name, engine))
