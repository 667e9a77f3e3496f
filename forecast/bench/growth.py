"""How well average growth over many years is foreseen: Brier scores of "growth is at least x" over a grid of x.

Annual M1, M3 and Tourism series are cut six years before their end. Exports of ICT services are cut every third
year, and the average growth over the 6, 8 and 10 years after is foreseen. Nothing has seen what it is judged by: a
competition is left out of the atlas, and every fifth country in turn of the growth processes, which never saw a
competition. Beside them stand our single models on logarithms with their own (normal or Student) intervals, and the
peers on logarithms with theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from forecast.bench import Row, Table, other_years
from forecast.bench.exceedance import RATES, brier, by_chance, calibration_error, exceeding, happened_by, windows_of
from forecast.bench.many_years import Ahead, classes
from forecast.bench.peers import FOLDERS, ask, said, titled, versions
from forecast.bench.unseen import answer_by, atlases
from forecast.calibration.growth import Member, commonest, grid, learn, weigh
from forecast.models import DEFAULT, predict_all
from forecast.models.atlas import Atlas
from forecast.models.growth import forecast_by
from forecast.models.kernels.growth import Processes
from forecast.quantiles import LEVELS, Floats

OURS = ("naive", "drift", "theta", "ets", "arima")
MOST = 700.0
"""Logarithms above it are no numbers any more."""
FOLDS = 5
REMARK = (
    "Brier: mean squared difference, in hundredths, of the probability and what happened, for growth of at least "
    f"{RATES[0]:g}, {RATES[1]:g} … {RATES[-1]:g} % a year, every series weighing the same. Off: mean distance of "
    "probability and frequency over ten classes of probability, in points; by chance: what true probabilities would be "
    "off on as many series, were what happens to one independent of the others. "
    "95 %: half the interval of the Brier score's difference from growth's, over series. All but growth are "
    "fitted to logarithms; our single models state their own intervals, peers theirs, put in order where they cross."
)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Probabilities [N, H, K] of one contestant by window, horizon and rate."""

    name: str
    probabilities: Floats


def tables(peers: Path) -> Sequence[Table]:
    """Ask the peers for what is not stored yet, learn without what is judged, forecast, and score.

    Raises:
        InputError: if there is neither a peers' environment nor anything that they said before.
    """
    ask(peers, "growth")
    processes, marks = grid()
    *competitions, exports = classes()
    evidence = weigh(exports.member, processes)
    whole = commonest(learn(evidence, processes, marks))
    unseen = atlases("annual")
    rows = [row for one in competitions for row in _on_competition(one, whole, unseen[one.name])]
    folds = exports.member.series % FOLDS
    parts = {fold: exports.member.take(folds == fold) for fold in range(FOLDS)}
    rests = {fold: commonest(learn(evidence.take(folds != fold), processes, marks)) for fold in parts}
    found = np.concatenate([_foreseen(part, rests[fold], exports.years[-1]) for fold, part in parts.items()])
    order = np.argsort(np.concatenate([np.flatnonzero(folds == fold) for fold in parts]), kind="stable")
    rows += _on_exports(exports, found[order])
    remark = f"{REMARK} Peers: {versions(FOLDERS['growth'])}."
    return [Table("Average growth over many years", rows, remark), other_years.table(unseen)]


def _on_competition(one: Ahead, processes: Processes, atlas: Atlas) -> list[Row]:
    horizon, windows = one.years[-1], windows_of(one.member)
    growth = Judged("growth", exceeding(forecast_by(processes, windows, horizon, LEVELS).quantiles, one.member))
    default = Judged(DEFAULT, exceeding(answer_by(windows, horizon, atlas).quantiles, one.member))
    return _scored(one, [growth, default, *_others(one)])


def _on_exports(one: Ahead, growth: Floats) -> list[Row]:
    answer = predict_all([DEFAULT], windows_of(one.member), one.years[-1], LEVELS, "positive", "batch")[DEFAULT]
    default = Judged(DEFAULT, exceeding(answer.quantiles, one.member))
    return _scored(one, [Judged("growth", growth), default, *_others(one)])


def _foreseen(member: Member, processes: Processes, horizon: int) -> Floats:
    answer = forecast_by(processes, windows_of(member), horizon, LEVELS)
    return exceeding(answer.quantiles, member)


def _others(one: Ahead) -> list[Judged]:
    """Return our single models and the peers, on logarithms."""
    horizon = one.years[-1]
    answers = predict_all(OURS, windows_of(one.member), horizon, LEVELS, "positive", "batch")
    told = said(FOLDERS["growth"], titled(one), len(one.member.pasts), horizon)
    with np.errstate(over="ignore"):
        amounts = {name: np.exp(np.minimum(np.sort(logs, axis=2), MOST)) for name, logs in told.items()}
    quantiles = {f"our {name}": answer.quantiles for name, answer in answers.items()} | amounts
    return [Judged(name, exceeding(some, one.member)) for name, some in quantiles.items()]


def _pool(found: Sequence[Judged]) -> Judged:
    """Return growth and the default, half of each."""
    return Judged(f"{found[0].name} and {found[1].name}", (found[0].probabilities + found[1].probabilities) / 2)


def _scored(one: Ahead, found: Sequence[Judged]) -> list[Row]:
    return [row for years in one.years for row in _at(one, years, [*found, _pool(found)])]


def _at(one: Ahead, years: int, found: Sequence[Judged]) -> list[Row]:
    grown, reached = happened_by(one.member, years)
    rows: list[Row] = []
    for judged in found:
        known = np.isfinite(grown) & np.isfinite(judged.probabilities[:, years - 1]).all(axis=1)
        happened, series = reached[known], one.member.series[known]
        own, first = (brier(some.probabilities[known, years - 1], happened, series) for some in (judged, found[0]))
        rows.append(
            {
                "task": f"{one.name}, {years} years",
                "model": judged.name,
                "series": len(own),
                "Brier": round(100 * float(own.mean()), 2),
                "95 %": "" if judged is found[0] else f"{_half(own - first):.2f}",
                "by chance": round(
                    100 * by_chance(judged.probabilities[known, years - 1], one.member.series[known]), 1
                ),
                "off": round(100 * calibration_error(judged.probabilities[known, years - 1], happened, series), 1),
            }
        )
    return rows


def _half(differences: Floats) -> float:
    return 100 * 1.96 * float(differences.std(ddof=1)) / float(np.sqrt(len(differences)))
