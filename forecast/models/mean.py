"""Mean: the future is like the average of the past.

The spread is that of a new value about an estimated mean, s sqrt(1 + 1 / n) times Student's t with n - 1 degrees of
freedom, at every step ahead. Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, sections 5.2 and
5.5. A member of the combination.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.models.answers import answer
from forecast.quantiles import Floats, Forecasts, student
from forecast.windows import Windows

MINIMUM = 4


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q], the same at every step."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        batch, size = windows.values.shape
        centre, spread = windows.values.mean(axis=1), windows.values.std(axis=1, ddof=1) * np.sqrt(1.0 + 1.0 / size)
        steps = np.ones((1, horizon))
        found = student(centre[:, None] * steps, spread[:, None] * steps, np.full(batch, size - 1.0), levels)
        return found, ["mean"] * batch

    return answer(windows, MINIMUM, horizon, levels, body)
