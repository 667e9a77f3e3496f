"""The error atlas: how far forecasts of short series went wrong, pooled over public competition data.

One row a frequency and horizon: coefficients of the logarithm of the errors' spread on the features of `roughness`,
and the quantiles of the errors in units of that spread, the median being zero. `forecast.calibration` learns the
table and says from what; a window is calibrated by every other series, because its own past is too short.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from forecast.models.roughness import NAMES
from forecast.quantiles import LEVELS
from forecast.windows import Floats

FREQUENCIES = {1: "annual", 4: "quarterly"}


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """The table of one frequency.

    Attributes:
        coefficients: [H, 9] intercept, then one a feature; zero for a feature that the frequency leaves out.
        scores: [H, 23] quantiles of the scaled errors at `LEVELS`.
    """

    coefficients: Floats
    scores: Floats

    def spread(self, features: Floats) -> Floats:
        """Return the spread [B, H] of the errors for features [B, H, 8].

        Beyond the last horizon of the table it grows as a random walk's.
        """
        horizon = features.shape[1]
        last = len(self.coefficients)
        rows = np.minimum(np.arange(horizon), last - 1)
        logs = self.coefficients[rows, 0] + np.einsum("bhf,hf->bh", features, self.coefficients[rows, 1:])
        beyond = np.maximum(np.arange(1, horizon + 1) / last, 1.0)
        return np.asarray(np.exp(np.clip(logs, -30.0, 30.0)) * np.sqrt(beyond))

    def errors(self, horizon: int, levels: Floats) -> Floats:
        """Return the quantiles [H, Q] of the scaled errors at any levels, straight lines in the normal score."""
        from scipy.special import ndtri

        known, wanted = ndtri(LEVELS), ndtri(levels)
        side = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
        share = (wanted - known[side - 1]) / (known[side] - known[side - 1])
        rows = self.scores[np.minimum(np.arange(horizon), len(self.scores) - 1)]
        return np.asarray(rows[:, side - 1] + share * (rows[:, side] - rows[:, side - 1]))


@lru_cache(maxsize=4)
def shipped(season: int) -> Atlas:
    """Return the shipped table for data with that many steps in a year; the finest known one for finer data."""
    frequency = FREQUENCIES.get(season, "quarterly" if season > 1 else "annual")
    text = resources.files("forecast.models").joinpath("atlas.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["frequency"] == frequency]
    names = ("intercept", *NAMES)
    return Atlas(
        np.array([[float(row[name]) for name in names] for row in rows]),
        np.array([[float(row[f"q{level:g}"]) for level in LEVELS] for row in rows]),
    )
