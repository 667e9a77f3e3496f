"""Width: whether intervals held more or fewer outcomes than they promise, as far as outcomes can tell.

Forecasts of one year share its outcome, so that they count as one: of `n` years, as many were held as the share of all
forecasts says. The chance of so many, or more, is binomial where the intervals are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from forecast.archive.scoring import Scored

LEVEL = 0.05
"""A share that right intervals would reach less often than this tells that they are not."""
PROMISED = 0.8

Finding = Literal["wide", "narrow", "unclear"]


@dataclass(frozen=True, slots=True)
class Width:
    """What the outcomes say of the 80 % intervals.

    Attributes:
        years: outcomes, each counted once.
        chance: of a share as far from 80 %, or further to its side, if the intervals were right.
        finding: too wide, too narrow, or not to be told.
    """

    years: int
    chance: float
    finding: Finding


def judge(scored: Iterable[Scored]) -> Width | None:
    """Return what the outcomes say of the 80 % intervals, or None where none is known to be held or missed."""
    known = [(row.period, row.covered[0]) for row in scored if row.covered[0] is not None]
    if not known:
        return None
    years = len({period for period, _ in known})
    held = round(years * sum(one for _, one in known) / len(known))
    above = held >= PROMISED * years
    chance = _at_least(held, years, PROMISED) if above else _at_least(years - held, years, 1 - PROMISED)
    finding: Finding = "unclear" if chance >= LEVEL else "wide" if above else "narrow"
    return Width(years, chance, finding)


def _at_least(count: int, trials: int, probability: float) -> float:
    """Return the chance of at least `count` successes in independent trials."""
    return sum(
        math.comb(trials, k) * probability**k * (1 - probability) ** (trials - k) for k in range(count, trials + 1)
    )
