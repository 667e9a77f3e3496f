"""Errors: what models got wrong one step ahead at past origins, by period; what reconciling learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.backtest import Backtest
from forecast.models import predict_all
from forecast.panels import SHORTEST, Panel
from forecast.windows import Floats, Ints, Rolling, roll
from series.periods import Period

POOL = 16
"""Newest periods whose errors are learned from."""


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """One-step errors of one model.

    Attributes:
        periods: [T] first months of the periods forecast, ascending.
        values: [T, N] truth less median, NaN where a series had no forecast.
        origins: [T, N] the value of each series at the origin.
    """

    periods: Floats
    values: Floats
    origins: Floats

    def until(self, month: int, level: Floats | None) -> Floats:
        """Return the errors [T', N] of the newest periods up to one that starts in `month`.

        With a level [N] they are carried over to it: an error of ten percent then is one of ten percent now.
        """
        rows = np.flatnonzero(self.periods <= month)[-POOL:]
        if level is None:
            return self.values[rows]
        return np.asarray(self.values[rows] / self.origins[rows] * level)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a backtest forecast one step ahead.

    Attributes:
        series: N ids.
        rows: [B] of which series each forecast is.
        origins: B last periods known.
        medians: by model [B].
    """

    series: tuple[str, ...]
    rows: Ints
    origins: tuple[Period, ...]
    medians: Mapping[str, Floats]

    @classmethod
    def of(cls, tested: Backtest) -> Told:
        """Keep of a backtest what reconciling learns from."""
        medians = {name: answer.median[:, 0].copy() for name, answer in tested.answers.items()}
        ids = tuple(one.id for one in tested.panel.series)
        return cls(ids, tested.rolling.rows, tested.rolling.origins, medians)


def past_errors(
    panel: Panel,
    names: Sequence[str],
    origins: int = POOL,
    engine: str = "batch",
    seed: int = 0,
    told: Told | None = None,
) -> dict[str, Errors]:
    """Return the errors of each model at the newest `origins` origins of every series.

    What a backtest of the same series by the same engine and seed has `told` is not forecast again.
    """
    rolling = roll(panel.series, origins, 1, SHORTEST, seed)
    medians = _medians(panel, rolling, names, engine, told)
    months = np.array([origin.step().start for origin in rolling.origins])
    periods = np.unique(months)
    place = np.searchsorted(periods, months)
    shape = (len(periods), len(panel.series))
    last = np.full(shape, np.nan)
    last[place, rolling.rows] = rolling.windows.values[:, -1]
    found = {}
    for name, median in medians.items():
        values = np.full(shape, np.nan)
        values[place, rolling.rows] = rolling.truth[:, 0] - median
        found[name] = Errors(periods, values, last)
    return found


def _medians(panel: Panel, rolling: Rolling, names: Sequence[str], engine: str, told: Told | None) -> dict[str, Floats]:
    """Return the medians [B] of windows one step ahead, by model."""
    same = np.full(len(rolling.rows), -1) if told is None else _same(panel, rolling, told)
    rest = np.flatnonzero(same < 0)
    supports = [panel.supports[row] for row in rolling.rows[rest]]
    answers = predict_all(names, rolling.windows.take(rest), 1, np.array([0.5]), supports, engine)
    found = {}
    for name, answer in answers.items():
        found[name] = np.empty(len(same)) if told is None else told.medians[name][same]
        found[name][rest] = answer.median[:, 0]
    return found


def _same(panel: Panel, rolling: Rolling, told: Told) -> Ints:
    """Return [B] which forecast of a backtest was made from each window, -1 where none was."""
    rows = {one.id: row for row, one in enumerate(panel.series)}
    known = _keys(np.array([rows[name] for name in told.series])[told.rows], told.origins)
    wanted = _keys(rolling.rows, rolling.origins)
    order = np.argsort(known)
    place = order[np.minimum(np.searchsorted(known[order], wanted), len(order) - 1)]
    return np.where(known[place] == wanted, place, -1)


def _keys(rows: Ints, origins: Sequence[Period]) -> Ints:
    """Return one number [B] for each series and origin; months are below 2 ** 16."""
    return (rows << 16) + np.array([one.start for one in origins], dtype=np.int64)


def growing(panel: Panel) -> bool:
    """Whether all values are above zero, so that errors go by proportion."""
    return all(seen.value > 0 for one in panel.series for seen in one.known)
