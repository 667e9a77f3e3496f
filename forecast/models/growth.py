"""Growth: amounts whose growth decays toward a long-run rate, both learnt from many exporters and from the series.

The equations stand with the kernel. The processes that are weighed, and their prior weights, are learnt from exports
of ICT services of 85 economies (`forecast.calibration.growth`); it is meant for horizons of many years, where the last
steps of a short series say little. Amounts only: a zero, a negative value or a share is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import lru_cache
from importlib import resources

import numpy as np

from forecast.models.answers import answer
from forecast.models.kernels.growth import Processes, predict
from forecast.models.kernels.pasts import lay
from forecast.models.kernels.seasonal import adjust, with_season
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Windows

MINIMUM = 4
REFUSAL = "growth needs amounts, all above zero"
_CHUNK = 64


@lru_cache(maxsize=1)
def shipped() -> Processes:
    """Return the processes and their weights as learnt."""
    text = resources.files("forecast.models").joinpath("growth.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found = Processes(**{each.name: np.array([float(row[each.name]) for row in rows]) for each in fields(Processes)})
    return replace(found, weight=found.weight / found.weight.sum())


def forecast(windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q]; each window is named after the rate that its growth tends to."""
    return forecast_by(shipped(), windows, horizon, levels)


def forecast_by(processes: Processes, windows: Windows, horizon: int, levels: Floats) -> Forecasts:
    """Return quantiles [B, H, Q] by other processes than the shipped ones."""

    def body(windows: Windows) -> tuple[Floats, Sequence[str]]:
        values, logged = windows.values, windows.logged
        fit = np.flatnonzero(logged | (windows.ratio & (values > 0).all(axis=1)))
        quantiles, names = np.full((len(windows), horizon, len(levels)), np.nan), [""] * len(windows)
        logs = np.where(logged[:, None], values, np.log(np.where(values > 0, values, 1.0)))
        for first in range(0, len(fit), _CHUNK):
            rows = fit[first : first + _CHUNK]
            found, rates = _predicted(processes, windows.take(rows).with_values(logs[rows]), horizon, levels)
            with np.errstate(over="ignore"):  # of rows that stay on their scale
                quantiles[rows] = np.where(logged[rows, None, None], found, np.exp(found))
            for row, rate in zip(rows.tolist(), rates.tolist(), strict=True):
                names[row] = f"growth, toward {100 * np.expm1(rate):.1f} % a year"
        return quantiles, names

    found = answer(windows, MINIMUM, horizon, levels, body)
    refusals = tuple(REFUSAL if said.startswith("failed") else said for said in found.refusals)
    return replace(found, refusals=refusals)


def _predicted(processes: Processes, logs: Windows, horizon: int, levels: Floats) -> tuple[Floats, Floats]:
    """Forecast logarithms of one length, without their season where they have one."""
    if logs.season == 1:
        return predict(logs.values, processes, horizon, levels, 1)
    quantiles, rates = np.empty((len(logs), horizon, len(levels))), np.empty(len(logs))
    for pasts in lay(logs.values, logs.lengths, len(logs)):
        plain = adjust(pasts, logs.season, ratio=False)
        moved = np.ldexp(plain.pasts.values, pasts.exponents).T
        found, rates[pasts.rows] = predict(moved, processes, horizon, levels, logs.season)
        back = with_season(np.ldexp(found, -pasts.exponents[:, None, None]), plain, pasts.lengths)
        quantiles[pasts.rows] = pasts.scaled_back(back)
    return quantiles, rates
