"""Scores of the point forecast, which is the median."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.quantiles import place_of

Floats = NDArray[np.float64]
LARGE, SHRINK = 1e300, 2.0**-10
"""From where on 200 times a value may be no float, and a power of two that changes no ratio and no digit."""


def absolute(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
    """Absolute errors over the in-sample naive error [B, H]; their mean is the MASE."""
    return np.asarray(np.abs(truth - _median(quantiles, levels)) / scale[:, None])


def squared(truth: Floats, quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
    """Squares of errors over the in-sample root mean square naive error [B, H]; the root of their mean is the RMSSE."""
    return np.asarray(((truth - _median(quantiles, levels)) / scale[:, None]) ** 2)


def symmetric_percentage(truth: Floats, quantiles: Floats, levels: Floats, _scale: Floats) -> Floats:
    """200 |y - f| / (|y| + |f|) in percent [B, H]; zero where both are zero."""
    middle = _median(quantiles, levels)
    large = np.maximum(np.abs(truth), np.abs(middle)) > LARGE
    truth, middle = (np.where(large, one * SHRINK, one) for one in (truth, middle))
    whole = np.abs(truth) + np.abs(middle)
    return np.asarray(np.where(whole == 0, 0.0, 200 * np.abs(truth - middle) / np.where(whole == 0, 1.0, whole)))


def _median(quantiles: Floats, levels: Floats) -> Floats:
    return np.asarray(quantiles[:, :, place_of(0.5, levels, "the median")])
