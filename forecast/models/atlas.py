"""The error atlas: how far forecasts of short series went wrong, pooled over public competition data.

There are tables for what is forecast on logarithms or logits, and for what stands as it is. One row a table and
horizon: coefficients of the logarithm of the errors' spread on the features of `roughness`; how far to tilt the centre,
in units of that spread; and the quantiles of what errors are left, in the same units, the median being zero.
`forecast.calibration` learns the tables and says from what; a window is calibrated by every other series, because its
own past is too short.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from forecast.models.recipes import recipe
from forecast.models.roughness import NAMES
from forecast.quantiles import LEVELS
from forecast.windows import Floats

FREQUENCIES = {1: "annual", 4: "quarterly", 12: "monthly"}
FARTHEST = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """One table.

    Attributes:
        coefficients: [H, 11] intercept, then one a feature; zero for a feature that the table leaves out.
        scores: [H, 23] quantiles of the scaled errors at `LEVELS`.
        tilts: [H, 1 + K] a constant lift, then one weight a tilted member of the recipe; zero where nothing tilts.
    """

    coefficients: Floats
    scores: Floats
    tilts: Floats

    def spread(self, features: Floats) -> Floats:
        """Return the spread [B, H] of the errors for features [B, H, 10].

        Beyond the last horizon of the table it grows as a random walk's.
        """
        horizon = features.shape[1]
        last = len(self.coefficients)
        rows = np.minimum(np.arange(horizon), last - 1)
        logs = self.coefficients[rows, 0] + np.einsum("bhf,hf->bh", features, self.coefficients[rows, 1:])
        beyond = np.maximum(np.arange(1, horizon + 1) / last, 1.0)
        return np.asarray(np.exp(np.clip(logs, -30.0, 30.0)) * np.sqrt(beyond))

    def tilt(self, deviations: Floats, spread: Floats) -> Floats:
        """Return by how many spreads [B, H] the centre moves, for deviations [K, B, H] of members from it.

        No member counts for more than `FARTHEST` spreads.
        """
        rows = np.minimum(np.arange(spread.shape[1]), len(self.tilts) - 1)
        distances = clipped(deviations, spread)
        return np.asarray(self.tilts[rows, 0] + np.einsum("kbh,hk->bh", distances, self.tilts[rows, 1:]))

    def errors(self, horizon: int, levels: Floats) -> Floats:
        """Return the quantiles [H, Q] of the scaled errors at any levels, straight lines in the normal score."""
        from scipy.special import ndtri

        known, wanted = ndtri(LEVELS), ndtri(levels)
        side = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
        share = (wanted - known[side - 1]) / (known[side] - known[side - 1])
        rows = self.scores[np.minimum(np.arange(horizon), len(self.scores) - 1)]
        return np.asarray(rows[:, side - 1] + share * (rows[:, side] - rows[:, side - 1]))


def clipped(deviations: Floats, spread: Floats) -> Floats:
    """Return deviations [K, B, H] in units of the spread [B, H], none beyond `FARTHEST`."""
    room = np.where(spread > 0, spread, 1.0)
    return np.asarray(np.clip(deviations / room, -FARTHEST, FARTHEST))


@lru_cache(maxsize=8)
def shipped(season: int, plain: bool = False) -> Atlas:
    """Return the shipped table for data with that many steps in a year; the finest known one for finer data.

    There is one for logarithms and logits and one for `plain` data, which is forecast as it stands.
    """
    text = resources.files("forecast.models").joinpath("atlas.csv").read_text(encoding="utf-8")
    finest = max(FREQUENCIES)
    wanted = title(FREQUENCIES[next((steps for steps in FREQUENCIES if steps >= season), finest)], plain)
    rows = [row for row in csv.DictReader(text.splitlines()) if row["table"] == wanted]
    return Atlas(
        _columns(rows, ["intercept", *NAMES]),
        _columns(rows, [f"q{level:g}" for level in LEVELS]),
        _columns(rows, ["lift", *(f"to {name}" for name in recipe(season, plain).tilted)]),
    )


def title(frequency: str, plain: bool) -> str:
    """Return what a table is called."""
    return f"{frequency} plain" if plain else frequency


def _columns(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> Floats:
    return np.array([[float(row[name]) for name in names] for row in rows])
