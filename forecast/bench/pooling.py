"""Which view of average growth is the better calibrated and the sharper, and how the court best pools its views.

Exports of ICT services are cut every third year; "growth is at least x" is foreseen for a grid of x over one to ten
years. Every fifth economy in turn is held out of the growth processes, the plain count of runs leaves out the economy
that is judged and every year after the cut. What the court of claims uses (`forecast.claims.views`) is chosen from
these tables and from no claim.

`python -m forecast.bench.pooling` records them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.exceedance import RATES, brier, calibration_error, exceeding, happened_by, windows_of
from forecast.bench.growth import FOLDS
from forecast.bench.records import keep
from forecast.calibration.growth import HORIZON, Member, commonest, exporters, grid, learn, weigh
from forecast.claims.views import pool
from forecast.models import DEFAULT, predict
from forecast.models.growth import forecast_by
from forecast.quantiles import LEVELS, Floats
from forecast.reference_class import base_rate, load, stage_of

WEIGHTS = (1.0, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)
NEAR = 5
LEAST = 1e-3
VIEWS = "Views of average growth, exporters held out"
POOL = "Weight of the growth model beside the count of runs"
REMARK = (
    "Brier and log: mean scores in hundredths of 'growth is at least x', every economy weighing the same. Off: mean "
    "distance of probability and frequency over ten classes, in points. Growth: the growth model without the economy; "
    "count: the share of runs of other economies at a like stage that grew so fast, up to the year of the cut. Only "
    "cuts at which all three say something are scored; a table of the growth model alone has more of them."
)
CHOICE = "Logarithmic scores in hundredths of both pooled as log odds, over one to five and over six to ten years."


def tables() -> Sequence[Table]:
    """Foresee, score, pool."""
    exports = exporters()
    views = {"growth": _by_growth(exports), DEFAULT: _by_default(exports), "count": _by_count(exports)}
    rows = [row for years in range(1, HORIZON + 1) for row in _scored(views, exports, years)]
    pooled = {weight: [_loss(views, exports, years, weight) for years in range(1, HORIZON + 1)] for weight in WEIGHTS}
    choice: list[Row] = [
        {
            "weight": weight,
            "1 to 5 years": round(float(np.mean(losses[:NEAR])), 2),
            "6 to 10 years": round(float(np.mean(losses[NEAR:])), 2),
            "all": round(float(np.mean(losses)), 2),
        }
        for weight, losses in pooled.items()
    ]
    return [Table(VIEWS, rows, REMARK), Table(POOL, choice, CHOICE)]


def logarithmic(probabilities: Floats, happened: Floats, series: Floats) -> float:
    """Return the mean logarithmic score, every series weighing the same, from [N, K] probabilities."""
    kept = _kept(probabilities)
    losses = -(happened * np.log(kept) + (1 - happened) * np.log1p(-kept)).mean(axis=1)
    _, codes, counts = np.unique(series, return_inverse=True, return_counts=True)
    return float((np.bincount(codes, weights=losses) / counts).mean())


def _by_growth(exports: Member) -> Floats:
    processes, marks = grid()
    evidence = weigh(exports, processes)
    folds = exports.series % FOLDS
    found = np.empty((len(exports.pasts), HORIZON, len(RATES)))
    for fold in range(FOLDS):
        rest = commonest(learn(evidence.take(folds != fold), processes, marks))
        part = exports.take(folds == fold)
        found[folds == fold] = exceeding(forecast_by(rest, windows_of(part), HORIZON, LEVELS).quantiles, part)
    return found


def _by_default(exports: Member) -> Floats:
    return exceeding(predict(DEFAULT, windows_of(exports), HORIZON, LEVELS, "positive", "batch").quantiles, exports)


def _by_count(exports: Member) -> Floats:
    whole = load()
    found = np.full((len(exports.pasts), HORIZON, len(RATES)), np.nan)
    for row, (past, series) in enumerate(zip(exports.pasts, exports.series.tolist(), strict=True)):
        year = whole.first_years[series] + len(past) - 1
        others = whole.without(whole.names[series]).until(year)
        longest = max(len(record) for record in others.records) - 2
        stage = stage_of(np.exp(past))
        for step in np.flatnonzero(np.isfinite(exports.grown[row])).tolist():
            if step + 1 <= longest:
                rates = [base_rate(step + 1, float(rate), stage, others) for rate in RATES]
                found[row, step] = [(one.share * one.effective + 0.5) / (one.effective + 1) for one in rates]
    return found


def _known(views: Mapping[str, Floats], exports: Member, years: int) -> tuple[dict[str, Floats], Floats, Floats]:
    """Return what every view says [N, K] where all of them say something, what happened [N, K] and of which series."""
    grown, reached = happened_by(exports, years)
    rows = np.isfinite(grown) & np.all([np.isfinite(view[:, years - 1]).all(axis=1) for view in views.values()], axis=0)
    return {name: view[rows, years - 1] for name, view in views.items()}, reached[rows], exports.series[rows]


def _scored(views: Mapping[str, Floats], exports: Member, years: int) -> list[Row]:
    said, happened, series = _known(views, exports, years)
    return [
        {
            "years": years,
            "view": name,
            "economies": len(np.unique(series)),
            "Brier": round(100 * float(brier(chances, happened, series).mean()), 2),
            "log": round(100 * logarithmic(chances, happened, series), 1),
            "off": round(100 * calibration_error(chances, happened, series), 1),
        }
        for name, chances in said.items()
    ]


def _loss(views: Mapping[str, Floats], exports: Member, years: int, weight: float) -> float:
    said, happened, series = _known(views, exports, years)
    return 100 * logarithmic(pool(_kept(said["growth"]), _kept(said["count"]), weight), happened, series)


def _kept(chances: Floats) -> Floats:
    """Keep chances off certainty, which a single surprise would make infinitely bad."""
    return np.clip(chances, LEAST, 1 - LEAST)


if __name__ == "__main__":
    keep("pooling", tables())
