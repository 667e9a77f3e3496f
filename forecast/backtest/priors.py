"""What competition data say of two models before a backtest does: how far apart they are on series of other people.

One row of `priors.csv` a frequency and pair, learnt from the logarithms of score ratios on M1, M3 and Tourism by
`forecast.calibration.ranking`. A pair that was not learnt has the least sure row of its frequency, centred on zero.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

FREQUENCIES = {1: "annual"}


@dataclass(frozen=True, slots=True)
class Prior:
    """The log ratio of the scores of a model and another, as a normal law on three levels.

    Attributes:
        mean: over all collections of series; below zero where the model is better.
        collections: standard deviation of a collection's mean.
        series: standard deviation of a series' mean within its collection.
        windows: standard deviation of one window within its series.
    """

    mean: float
    collections: float
    series: float
    windows: float


def prior(model: str, against: str, season: int) -> Prior:
    """Return what is known of `model` beside `against` on data of that many steps in a year."""
    table = _table("annual" if season == 1 else "quarterly")
    if (model, against) in table:
        return table[model, against]
    if (against, model) in table:
        found = table[against, model]
        return replace(found, mean=-found.mean)
    known = table.values()
    return Prior(
        0.0,
        max(one.collections for one in known),
        max(one.series for one in known),
        max(one.windows for one in known),
    )


@lru_cache(maxsize=2)
def _table(frequency: str) -> dict[tuple[str, str], Prior]:
    text = resources.files("forecast.backtest").joinpath("priors.csv").read_text(encoding="utf-8")
    return {
        (row["model"], row["against"]): Prior(
            float(row["mean"]), float(row["collections"]), float(row["series"]), float(row["windows"])
        )
        for row in csv.DictReader(text.splitlines())
        if row["frequency"] == frequency
    }
