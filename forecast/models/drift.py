"""Drift: the average step so far goes on.

y(n+h) = y(n) + h b, b = (y(n) - y(1)) / (n - 1). With normal steps the predictive distribution is exactly
y(n) + h b + s sqrt(h (1 + h / (n - 1))) t with n - 2 degrees of freedom, s the standard deviation of the steps.
Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, sections 5.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.models.answers import answer
from forecast.models.kernels.gaps import missing_inside
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows, total

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        values, lengths = windows.values, windows.lengths
        if missing_inside(values).any():
            told = [_with_gaps(value[-size:], horizon, levels) for value, size in zip(values, lengths, strict=True)]
            return np.concatenate(told), ["drift"] * len(told)
        count = lengths.astype(np.float64) - 1.0
        drift = (values[:, -1] - values[np.arange(len(values)), values.shape[1] - lengths]) / count
        apart = np.diff(values, axis=1) - drift[:, None]
        spread = np.sqrt(total(np.where(np.isnan(apart), 0.0, apart * apart)) / (count - 1.0))
        ahead = np.arange(1.0, horizon + 1)
        centre = values[:, -1:] + ahead * drift[:, None]
        reach = np.sqrt(ahead * (1 + ahead / count[:, None]))
        return student(centre, spread[:, None] * reach, count - 1.0, levels), ["drift"] * len(values)

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True, gaps=True)


def _with_gaps(values: Floats, horizon: int, levels: Floats) -> Floats:
    """Return quantiles [1, H, Q] of a window with missing values: a change over k steps is k b with variance k s^2."""
    at = np.flatnonzero(np.isfinite(values))
    over, changes = np.diff(at), np.diff(values[at])
    drift = changes.sum() / over.sum()
    freedom = len(changes) - 1.0
    spread = np.sqrt(np.sum((changes - over * drift) ** 2 / over) / freedom)
    ahead = np.arange(1.0, horizon + 1)
    reach = np.sqrt(ahead * (1 + ahead / over.sum()))
    centre = values[-1] + ahead * drift
    return student(centre[None], spread * reach[None], np.array([freedom]), levels)
