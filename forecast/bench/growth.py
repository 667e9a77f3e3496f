"""How well average growth over many years is foreseen: Brier scores of "growth is at least x" over a grid of x.

Annual M1, M3 and Tourism series are cut six years before their end. Exports of ICT services are cut every third
year, and the average growth over the 6, 8 and 10 years after is foreseen. Nothing has seen what it is judged by: a
competition is left out of the atlas, and every fifth country in turn of the growth processes, which never saw a
competition. The peers are the single models on logarithms with their own (normal or Student) intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.unseen import answer_by, atlases
from forecast.calibration.competitions import entries
from forecast.calibration.growth import Member, commonest, cut, exporters, grid, learn, weigh
from forecast.distributions import Distribution
from forecast.models import DEFAULT, predict_all
from forecast.models.atlas import Atlas
from forecast.models.growth import forecast_by
from forecast.models.kernels.growth import Processes
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Windows

PEERS = ("naive", "drift", "theta", "ets", "arima")
RATES = np.arange(-5.0, 26.0, 2.5)
FOLDS = 5
YEARS = 6
HORIZONS = (6, 8, 10)
REMARK = (
    "Brier: mean squared difference, in hundredths, of the probability and what happened, for growth of at least "
    f"{RATES[0]:g}, {RATES[1]:g} … {RATES[-1]:g} % a year, every series weighing the same. Off: mean distance of "
    "probability and frequency over ten classes of probability, in points. "
    "95 %: half the interval of the Brier score's difference from growth's, over series."
)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Probabilities [N, H, K] of one contestant by window, horizon and rate."""

    name: str
    probabilities: Floats


def tables() -> Sequence[Table]:
    """Learn without what is judged, forecast, and score."""
    processes, marks = grid()
    exports = exporters()
    evidence = weigh(exports, processes)
    whole = commonest(learn(evidence, processes, marks))
    rows: list[Row] = []
    for name, atlas in atlases("annual").items():
        rows += _on_competition(name, whole, atlas)
    folds = exports.series % FOLDS
    parts = {fold: exports.take(folds == fold) for fold in range(FOLDS)}
    rests = {fold: commonest(learn(evidence.take(folds != fold), processes, marks)) for fold in parts}
    found = [_foreseen(part, rests[fold]) for fold, part in parts.items()]
    order = np.argsort(np.concatenate([np.flatnonzero(folds == fold) for fold in parts]), kind="stable")
    return [Table("Average growth over many years", rows + _on_exports(exports, np.concatenate(found)[order]), REMARK)]


def competition(name: str, before: int) -> Member:
    """Return the annual series of a competition that are amounts above zero, cut some years before their end."""
    whole = [np.array([*one.x, *one.xx], dtype=np.float64) for one in entries(name, "annual")]
    return cut([one for one in whole if (one > 0).all() and np.ptp(one) > 0], before)


def _on_competition(name: str, processes: Processes, atlas: Atlas) -> list[Row]:
    ends = competition(name, YEARS)
    windows = _windows(ends)
    found = [
        _judge("growth", forecast_by(processes, windows, YEARS, LEVELS).quantiles, ends),
        _judge(DEFAULT, answer_by(windows, YEARS, atlas).quantiles, ends),
        *_single(PEERS, windows, ends, YEARS),
    ]
    return _scored(f"{name}, {YEARS} years", [*found, _pool(found)], ends, YEARS)


def _on_exports(exports: Member, growth: Floats) -> list[Row]:
    found = [Judged("growth", growth), *_single((DEFAULT, *PEERS), _windows(exports), exports, HORIZONS[-1])]
    return [
        row
        for years in HORIZONS
        for row in _scored(f"ICT exports, {years} years", [*found, _pool(found)], exports, years)
    ]


def _foreseen(member: Member, processes: Processes) -> Floats:
    answer = forecast_by(processes, _windows(member), HORIZONS[-1], LEVELS)
    return _judge("growth", answer.quantiles, member).probabilities


def _single(names: Sequence[str], windows: Windows, member: Member, horizon: int) -> list[Judged]:
    answers = predict_all(names, windows, horizon, LEVELS, "positive", "batch")
    return [_judge(name, answer.quantiles, member) for name, answer in answers.items()]


def _pool(found: Sequence[Judged]) -> Judged:
    """Return growth and the default, half of each."""
    return Judged(f"{found[0].name} and {found[1].name}", (found[0].probabilities + found[1].probabilities) / 2)


def _windows(member: Member) -> Windows:
    return Windows.of([np.exp(past) for past in member.pasts])


def _judge(name: str, quantiles: Floats, member: Member) -> Judged:
    """Read probabilities of average growth off quantiles [N, H, Q] of amounts."""
    base = np.array([np.exp(past[-1]) for past in member.pasts])[:, None]
    years = np.arange(1, quantiles.shape[1] + 1)
    growth = Distribution(quantiles, LEVELS, "positive").average_growth(base, years)
    return Judged(name, np.moveaxis(growth.exceeds(RATES[:, None, None]), 0, 2))


def _scored(task: str, found: Sequence[Judged], member: Member, years: int) -> list[Row]:
    grown = 100 * np.expm1(member.grown[:, years - 1] / years)
    known = np.isfinite(grown)
    happened = (grown[known, None] >= RATES).astype(np.float64)
    series = member.series[known]
    scores = {one.name: brier(one.probabilities[known, years - 1], happened, series) for one in found}
    own = scores[found[0].name]
    return [
        {
            "task": task,
            "model": one.name,
            "series": len(own),
            "Brier": round(100 * float(scores[one.name].mean()), 2),
            "95 %": "" if one is found[0] else f"{_half(scores[one.name] - own):.2f}",
            "off": round(100 * calibration_error(one.probabilities[known, years - 1], happened, series), 1),
        }
        for one in found
    ]


def brier(probabilities: Floats, happened: Floats, series: Floats | Sequence[int]) -> Floats:
    """Return the mean Brier score of each series, from [N, K] probabilities and what happened."""
    _, codes, counts = np.unique(np.asarray(series), return_inverse=True, return_counts=True)
    return np.asarray(np.bincount(codes, weights=((probabilities - happened) ** 2).mean(axis=1)) / counts)


def calibration_error(probabilities: Floats, happened: Floats, series: Floats | Sequence[int]) -> float:
    """Return the mean distance of probability and frequency over ten classes of probability."""
    _, codes, counts = np.unique(np.asarray(series), return_inverse=True, return_counts=True)
    weights = np.repeat((1.0 / counts)[codes][:, None], probabilities.shape[1], axis=1)
    weights /= weights.sum()
    bins = np.minimum((probabilities * 10).astype(np.int64), 9)
    return float(sum(abs((weights * (probabilities - happened))[bins == place].sum()) for place in range(10)))


def _half(differences: Floats) -> float:
    return 100 * 1.96 * float(differences.std(ddof=1)) / float(np.sqrt(len(differences)))
