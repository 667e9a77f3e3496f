"""Quantile levels, and the answer of a model: a predictive distribution per window and step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.errors import InputError, named

Floats = NDArray[np.float64]

LEVELS: Floats = np.array(
    [
        0.01,
        0.025,
        0.05,
        0.1,
        0.15,
        0.2,
        0.25,
        0.3,
        0.35,
        0.4,
        0.45,
        0.5,
        0.55,
        0.6,
        0.65,
        0.7,
        0.75,
        0.8,
        0.85,
        0.9,
        0.95,
        0.975,
        0.99,
    ]
)


def check_levels(levels: ArrayLike) -> Floats:
    """Return probabilities [Q] that ascend within 0..1, ends excluded, without the noise of sums (0.1 + 0.2 is 0.3).

    Raises:
        InputError: if they are something else.
    """
    try:
        found: Floats = np.asarray(levels, dtype=np.float64).round(12)
    except (TypeError, ValueError):
        found = np.full(1, np.nan)
    if found.ndim == 1 and len(found) and (np.diff(found, prepend=0.0, append=1.0) > 0).all():
        return found
    given = named([f"{one:g}" for one in found.ravel()]) or "none"
    raise InputError(
        f"levels ({given}) do not ascend between 0 and 1, ends excluded; give probabilities like 0.1, 0.5, 0.9"
    )


def place_of(level: float, levels: Floats, what: str) -> int:
    """Return where a level stands among levels [Q], for `what` needs it.

    Raises:
        InputError: if it is not among them.
    """
    place = int(np.argmin(np.abs(levels - level)))
    if abs(levels[place] - level) > 1e-9:
        raise InputError(f"{what} needs the level {level:g}; add it to the levels")
    return place


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """What a model answers for a batch of windows.

    Attributes:
        quantiles: [B, H, Q] ascending along Q; rows of a refused window are NaN.
        levels: [Q] ascending probabilities.
        produced: B names, what made each row ("arima(0,1,1) with drift", "theta", "naive (fallback)").
        refusals: B messages, empty where the window was forecast.
    """

    quantiles: Floats
    levels: Floats
    produced: tuple[str, ...]
    refusals: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.quantiles.ndim != 3 or self.quantiles.shape[2] != len(self.levels):
            raise InputError(f"quantiles are [B, H, Q]; got {self.quantiles.shape} for {len(self.levels)} levels")
        if len(self.produced) != len(self.quantiles) or len(self.refusals) != len(self.quantiles):
            raise InputError("every window has one name and one refusal (empty where it was forecast)")

    def take(self, rows: NDArray[np.int64]) -> Forecasts:
        """Return the chosen rows, in that order."""
        return Forecasts(
            self.quantiles[rows],
            self.levels,
            tuple(self.produced[row] for row in rows),
            tuple(self.refusals[row] for row in rows),
        )

    @property
    def mean(self) -> Floats:
        """[B, H] the mean of the distribution as far as its quantiles tell, each standing for the levels nearest it.

        On a log scale it lies above the median: the bias of mapping a mean back is corrected by construction. What
        lies beyond the outer quantiles counts as much as they do, so that a mean exists for every tail.
        """
        edges = np.concatenate([[0.0], (self.levels[1:] + self.levels[:-1]) / 2, [1.0]])
        return np.asarray(np.sum(self.quantiles * np.diff(edges), axis=2))

    @property
    def median(self) -> Floats:
        """[B, H] the quantile at level one half.

        Raises:
            InputError: if that is not among the levels.
        """
        return np.asarray(self.quantiles[:, :, place_of(0.5, self.levels, "the median")])

    def at(self, columns: NDArray[np.int64]) -> Forecasts:
        """Return the same answer with the chosen of its levels only."""
        return Forecasts(self.quantiles[:, :, columns], self.levels[columns], self.produced, self.refusals)


def student(centre: Floats, spread: Floats, freedom: Floats, levels: Floats) -> Floats:
    """Return quantiles [B, H, Q] of `centre` + `spread` times Student's t with `freedom` degrees of freedom.

    Shapes: centre and spread [B, H], freedom [B], levels [Q]. An infinite freedom is the normal distribution.
    """
    from scipy.special import ndtri, stdtrit

    kinds, which = np.unique(np.asarray(freedom, dtype=np.float64), return_inverse=True)
    exact = np.isfinite(kinds)
    scores = np.tile(ndtri(levels), (len(kinds), 1))
    scores[exact] = stdtrit(kinds[exact, None], levels)
    out = spread[:, :, None] * scores[which.reshape(-1)][:, None, :]
    out += centre[:, :, None]
    return np.asarray(out)
