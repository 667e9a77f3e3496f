"""Naive: the future is like the last value, or in seasonal data like the last cycle.

y(n+h) = y(n + h - m k), k = floor((h - 1) / m) + 1, with m the season (1: the last value). The spread is that of a
(seasonal) random walk: s sqrt(k) times Student's t with as many degrees of freedom as there are differences.
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
    """Return quantiles [B, H, Q]; a window shorter than one cycle and four more steps is answered without season."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        values, lengths = windows.values, windows.lengths
        if missing_inside(values).any():
            told = [_with_gaps(windows.take(slice(row, row + 1)), horizon, levels) for row in range(len(values))]
            return np.concatenate([found for found, _ in told]), [name for _, name in told]
        steps, lags = np.arange(horizon), np.where(lengths >= windows.season + MINIMUM, windows.season, 1)
        centre, spread = np.empty((2, len(values), horizon))
        for lag in np.unique(lags).tolist():
            rows = np.flatnonzero(lags == lag)
            some = values[rows]
            changes = some[:, lag:] - some[:, :-lag]
            squares = total(np.where(np.isnan(changes), 0.0, changes * changes)) / (lengths[rows] - lag)
            centre[rows] = some[:, some.shape[1] - lag + steps % lag]
            spread[rows] = np.sqrt(squares)[:, None] * np.sqrt(steps // lag + 1.0)
        found = student(centre, spread, np.asarray(lengths - lags, dtype=np.float64), levels)
        return found, ["naive" if lag == 1 else "seasonal naive" for lag in lags.tolist()]

    return answer(windows, MINIMUM, horizon, levels, body, mixed=True, gaps=True)


def _with_gaps(windows: Windows, horizon: int, levels: Floats) -> tuple[Floats, str]:
    """Return quantiles [1, H, Q] and the name of one window with missing values.

    Differences over k cycles have k times the variance of one.

    With a season each place of the cycle goes on from its newest value; where one has none, or four differences are
    not there, the window is answered without season.
    """
    values = windows.values[0]
    season = windows.season if len(values) >= windows.season + MINIMUM else 1
    for lag in dict.fromkeys((season, 1)):
        places = [values[len(values) - 1 - place :: -lag][::-1] for place in range(lag)]
        tracks = [np.flatnonzero(np.isfinite(track)) for track in places]
        pairs = [(np.diff(track[at]) ** 2 / np.diff(at)) for track, at in zip(places, tracks, strict=True)]
        squares = np.concatenate(pairs)
        if all(len(at) for at in tracks) and (len(squares) >= MINIMUM or lag == 1):
            break
    last = np.array([track[at[-1]] for track, at in zip(places, tracks, strict=True)])[::-1]
    since = np.array([len(track) - 1 - at[-1] for track, at in zip(places, tracks, strict=True)])[::-1]
    steps = np.arange(horizon)
    ahead = steps // lag + 1.0 + since[steps % lag]
    spread = np.sqrt(squares.mean()) * np.sqrt(ahead)
    freedom = np.array([float(len(squares))])
    found = student(last[steps % lag][None], spread[None], freedom, levels)
    return found, "naive" if lag == 1 else "seasonal naive"
