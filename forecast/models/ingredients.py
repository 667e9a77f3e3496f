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

HIDDEN = {"steady ets": "forecast.models.steady_ets", "mean": "forecast.models.mean"}
"""Models that are members only: nobody has asked for them by name."""


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
            found[member] = _model(member, engine).forecast(scaled.windows, horizon, DECILES)
    beside = scale(windows, "real")
    return found | {f"plain {one}": _moved(_model(one, engine), beside, scaled, horizon) for one in recipe.plain}


def _model(name: str, engine: str) -> Model:
    return cast(Model, importlib.import_module(HIDDEN[name]) if name in HIDDEN else find(name, engine))


def _moved(model: Model, beside: Scaled, scaled: Scaled, horizon: int) -> Forecasts:
    """Ask for medians on one scale and move them to another."""
    levels: Floats = DECILES[1:2]
    answered = model.forecast(beside.windows, horizon, levels)
    moved = scaled.forth(beside.back(answered.quantiles))
    return Forecasts(moved, levels, answered.produced, answered.refusals)
