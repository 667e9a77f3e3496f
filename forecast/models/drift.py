"""Drift: the average step so far goes on.

y(n+h) = y(n) + h b, b = (y(n) - y(1)) / (n - 1). With normal steps the predictive distribution is exactly
y(n) + h b + s sqrt(h (1 + h / (n - 1))) t with n - 2 degrees of freedom, s the standard deviation of the steps.
Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, sections 5.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.models.answers import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        if np.isnan(windows.values).any():
            return _with_gaps(windows.values[0], horizon, levels)
        steps = np.diff(windows.values, axis=1)  # [B, T - 1]
        batch, count = steps.shape
        drift = (windows.values[:, -1] - windows.values[:, 0]) / count
        spread = np.sqrt(np.sum((steps - drift[:, None]) ** 2, axis=1) / (count - 1))
        ahead = np.arange(1.0, horizon + 1)
        centre = windows.values[:, -1:] + ahead * drift[:, None]
        reach = np.sqrt(ahead * (1 + ahead / count))
        found = student(centre, spread[:, None] * reach, np.full(batch, count - 1.0), levels)
        return found, ["drift"] * batch

    return answer(windows, MINIMUM, horizon, levels, body, gaps=True)


def _with_gaps(values: Floats, horizon: int, levels: Floats) -> tuple[Floats, Sequence[str]]:
    """Answer one window with missing values: a change over k steps has mean k b and variance k s^2."""
    at = np.flatnonzero(np.isfinite(values))
    over, changes = np.diff(at), np.diff(values[at])
    drift = changes.sum() / over.sum()
    freedom = len(changes) - 1.0
    spread = np.sqrt(np.sum((changes - over * drift) ** 2 / over) / freedom)
    ahead = np.arange(1.0, horizon + 1)
    reach = np.sqrt(ahead * (1 + ahead / over.sum()))
    centre = values[-1] + ahead * drift
    return student(centre[None], spread * reach[None], np.array([freedom]), levels), ["drift"]
