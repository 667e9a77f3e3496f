"""Whether intervals held what came as often as they say, and how far off chance alone would put them.

Intervals that are right on average still hold more or less of what comes in any one backtest. The horizons of one
origin share a future, and so do neighbouring origins: as far as that goes, an origin counts for half of a single
draw's variance and a full block of H origins for a quarter. And a boom or a crisis hits all series of a panel in the
same years, however many they are. On M1, M3 and Tourism the coverage of calibrated intervals moved by 4, 4 and 1½
points from one time to another at 50, 80 and 95 %. Two standard deviations of both together are the range in which
intervals that are right would be found.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from forecast.backtest.verdicts import FEWEST, UNKNOWN, block_starts
from forecast.quantiles import Floats, Forecasts
from forecast.scores.intervals import coverage
from forecast.windows import Ints

YEARS = {0.5: 0.042, 0.8: 0.039, 0.95: 0.015}
"""By level, the standard deviation of coverage from one time to another."""
ALONE, SHARED = 0.25, 0.25
"""Of the variance of a single draw: what a block keeps however many origins it holds, and what these divide."""
BAND = 2.0
STATED, NARROW, WIDE = "as stated", "too narrow", "too wide"


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often one model's central intervals held what came, over all series.

    Attributes:
        level: what they state, as a share.
        held: the share of what came that lay within; None where nothing came.
        low, high: within these shares intervals that are right would be found.
        n, looks: forecasts that count, and blocks of H origins of a series.
        times: separate times, H origins each, over all series.
        verdict: as stated, too narrow, too wide, or cannot tell.
    """

    model: str
    level: float
    held: float | None
    low: float
    high: float
    n: int
    looks: int
    times: int
    verdict: str

    def document(self) -> dict[str, Any]:
        """Return it as a row of the JSON document."""
        return {name: getattr(self, name) for name in self.__slots__}


def judge(model: str, answer: Forecasts, truth: Floats, rows: Ints, origins: Ints) -> list[Reliability]:
    """Judge the central intervals of one model that `answer` has both ends of.

    Args:
        model: its name.
        answer: what it said of each window.
        truth: [B, H] what came, NaN where nothing did.
        rows: [B] which series a window is of; those of one follow each other by origin.
        origins: [B] the last month that each window knows.
    """
    found = []
    for level, years in YEARS.items():
        ends = ((1 - level) / 2, (1 + level) / 2)
        if not all(np.isclose(answer.levels, end).any() for end in ends):
            continue
        cells = coverage(level)(truth, answer.quantiles, answer.levels, np.ones(len(truth)))
        there = np.isfinite(cells)
        counted = np.asarray(there.any(axis=1))
        n = int(there.sum())
        if not n:
            found.append(Reliability(model, level, None, 0.0, 1.0, 0, 0, 0, UNKNOWN))
            continue
        firsts = block_starts(rows[counted], truth.shape[1])
        sizes = np.diff(np.append(firsts, counted.sum()))
        times = -(-len(np.unique(origins[counted])) // truth.shape[1])
        drawn = level * (1 - level) * float(np.sum(sizes**2 * (ALONE + SHARED / sizes))) / float(sizes.sum()) ** 2
        reach = BAND * sqrt(drawn + years**2 / times)
        low, high, held = max(level - reach, 0.0), min(level + reach, 1.0), float(np.nanmean(cells))
        verdict = UNKNOWN if len(firsts) < FEWEST else NARROW if held < low else WIDE if held > high else STATED
        found.append(Reliability(model, level, held, low, high, n, len(firsts), times, verdict))
    return found
