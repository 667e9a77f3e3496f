"""Scores of the predictive distribution, from its quantiles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from forecast.quantiles import place_of
from forecast.scores.points import Floats


def ranked_probability(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
    """CRPS over the in-sample naive error [B, H]: twice the pinball loss, integrated over the levels.

    Each level stands for the probabilities nearer to it than to its neighbours. Gneiting and Raftery (2007).
    """
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    return np.asarray(2 * (_losses(truth, quantiles, levels) @ np.diff(edges)) / scale[:, None])


def pinball(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
    """Pinball loss averaged over the levels as they are, over the in-sample naive error [B, H]."""
    return np.asarray(_losses(truth, quantiles, levels).mean(axis=2) / scale[:, None])


def coverage(nominal: float) -> Callable[[Floats, Floats, Floats, Floats], Floats]:
    """Return the score that is 1 where the central interval of that probability holds the truth, else 0."""

    def cells(truth: Floats, quantiles: Floats, levels: Floats, _scale: Floats) -> Floats:
        low, high = _bounds(quantiles, levels, nominal)
        return np.where(np.isfinite(truth + low + high), (low <= truth) & (truth <= high), np.nan)

    return cells


def interval_score(nominal: float) -> Callable[[Floats, Floats, Floats, Floats], Floats]:
    """Return the score width + (2 / a) overshoot of the central interval, a = 1 - nominal, over the naive error.

    Averaged it is the mean scaled interval score of the M4 competition. Gneiting and Raftery (2007), section 6.2.
    """

    def cells(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
        low, high = _bounds(quantiles, levels, nominal)
        outside = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
        return np.asarray((high - low + 2 / (1 - nominal) * outside) / scale[:, None])

    return cells


def _losses(truth: Floats, quantiles: Floats, levels: Floats) -> Floats:
    error = truth[:, :, None] - quantiles
    return np.asarray(np.maximum(levels * error, (levels - 1) * error))


def _bounds(quantiles: Floats, levels: Floats, nominal: float) -> tuple[Floats, Floats]:
    what = f"an interval of {nominal:.0%}"
    low, high = (place_of(wanted, levels, what) for wanted in ((1 - nominal) / 2, (1 + nominal) / 2))
    return quantiles[:, :, low], quantiles[:, :, high]
