"""Faded theta: theta after a seasonal adjustment in which old cycles count less and a doubtful season counts in part.

The usual adjustment takes a season out whole where a test finds one, by the average of all cycles. Seasons change, and
tests err on short series. A member of the combination; the equations stand with the kernel.
"""

from __future__ import annotations

from forecast.models import theta
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = theta.MINIMUM


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; every window longer than two cycles is adjusted."""
    return theta.adjusted(windows, horizon, levels, "faded theta", faded=True)
