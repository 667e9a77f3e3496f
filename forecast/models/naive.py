"""Naive: the future is like the last value, or in seasonal data like the last cycle.

y(n+h) = y(n + h - m k), k = floor((h - 1) / m) + 1, with m the season (1: the last value). The spread is that of a
(seasonal) random walk: s sqrt(k) times Student's t with as many degrees of freedom as there are differences.
Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, sections 5.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.models import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; a window shorter than one cycle and four more steps is answered without season."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        values = windows.values
        batch, size = values.shape
        lag = windows.season if size >= windows.season + MINIMUM else 1
        changes = values[:, lag:] - values[:, :-lag]  # [B, T - m]
        spread = np.sqrt(np.mean(changes**2, axis=1))
        steps = np.arange(horizon)
        centre = values[:, size - lag + steps % lag]  # [B, H]
        freedom = np.full(batch, float(size - lag))
        found = student(centre, spread[:, None] * np.sqrt(steps // lag + 1.0), freedom, levels)
        return found, ["naive" if lag == 1 else "seasonal naive"] * batch

    return answer(windows, MINIMUM, horizon, levels, body)
