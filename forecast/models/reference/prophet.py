"""Prophet by the prophet package, with the guards that short regular series need.

Steps are put on an even calendar (a year of 365.25 days), the trend is linear with at most one possible change per
three observations (and at most 25, the package's default), annual data gets no seasonal term, quarterly and monthly
data one yearly term once two cycles are there. The posterior mode is found by Stan from the package's own start; the
uncertainty is the package's simulation of trend changes and noise, seeded per window and made symmetric about the
mode, so that the median is exactly the fitted path.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from forecast.errors import InputError
from forecast.models.answers import answer
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4
SAMPLES = 1000
YEAR = 365.25


def changepoints(length: int) -> int:
    """Return how many possible trend changes a window of that length gets."""
    return min(25, length // 3)


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; a window that the package fails on is refused with its message.

    Raises:
        InputError: if the prophet package is not installed.
    """

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        out = np.full((len(windows), horizon, len(levels)), np.nan)
        names = []
        with _quiet():
            for row, size in enumerate(windows.lengths):
                try:
                    out[row] = _one(
                        windows.values[row, -size:], windows.season, int(windows.seeds[row]), horizon, levels
                    )
                    names.append("prophet")
                except (ValueError, RuntimeError, ArithmeticError) as error:
                    names.append(f"failed: {str(error).splitlines()[0]}")
        return out, names

    return answer(windows, MINIMUM, horizon, levels, body, gaps=True)


def _one(values: Floats, season: int, seed: int, horizon: int, levels: Floats) -> Floats:
    import pandas as pd

    prophet = _package()
    size = len(values)
    steps = np.arange(size + horizon) * (YEAR / season)
    dates = pd.Timestamp("2000-01-01") + pd.to_timedelta(np.round(steps * 86400), unit="s")
    centre, width = float(np.nanmean(values)), float(np.nanmax(values) - np.nanmin(values))
    model = prophet.Prophet(
        n_changepoints=changepoints(int(np.isfinite(values).sum())),
        yearly_seasonality=False,
        weekly_seasonality=False,
        daily_seasonality=False,
        uncertainty_samples=SAMPLES,
    )
    if season > 1 and size >= 2 * season:
        model.add_seasonality("yearly", period=YEAR, fourier_order=min(10, season // 2))
    state = np.random.get_state()  # noqa: NPY002 - the package draws from the global generator
    np.random.seed(seed % 2**32)  # noqa: NPY002
    try:
        # Prophet scales by the largest absolute value; a centred series of unit width makes that scale-free.
        model.fit(pd.DataFrame({"ds": dates[:size], "y": (values - centre) / width}), seed=seed % 2**31)
        future = pd.DataFrame({"ds": dates[size:]})
        middle = model.predict(future, vectorized=True)["yhat"].to_numpy()[:, None]  # [H, 1]
        drawn = model.predictive_samples(future)["yhat"]  # [H, S]
    finally:
        np.random.set_state(state)  # noqa: NPY002
    both = np.concatenate([drawn, 2 * middle - drawn], axis=1)
    return np.asarray(np.quantile(both, levels, axis=1).T * width + centre)


def _package() -> Any:
    try:
        import prophet
    except ImportError as error:
        raise InputError(
            "the prophet package is not installed; pip install 'outsourcing-forecast[prophet]', or choose other models"
        ) from error
    return prophet


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the package's loggers and warnings down while it works, and leave them as they were."""
    loggers = [logging.getLogger(name) for name in ("prophet", "prophet.plot", "prophet.forecaster", "cmdstanpy")]
    before = [(logger, logger.disabled) for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations inside the package, nothing a user can act on
            yield
    finally:
        for logger, disabled in before:
            logger.disabled = disabled
