"""Verdicts: whether a backtest can tell two models apart, and if not, to say so.

The rule. Errors of neighbouring origins share the same future, so origins are taken together in blocks of H, the
horizon, within each series. If the models were equally good, each block's difference could as well have the other
sign: the probability of a mean difference as large as the observed one under random signs is the p-value (every
combination of signs up to 12 blocks, the normal approximation beyond). With fewer than six blocks not even a difference
that is always of one sign reaches 5 %: cannot tell. Diebold and Mariano (1995), section 1.2, for the sign test.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np

from forecast.windows import Floats, Ints

FEWEST = 6
EXACT = 12
LEVEL = 0.05
UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a backtest says about one model against another: better, worse, or cannot tell."""

    model: str
    against: str
    series: str
    metric: str
    difference: float | None
    n: int
    blocks: int
    p: float | None
    verdict: str

    def document(self) -> dict[str, Any]:
        """Return the verdict as a row of the JSON document."""
        return {name: getattr(self, name) for name in self.__slots__}


def compare(model: str, against: str, series: str, ours: Floats, theirs: Floats, rows: Ints) -> Verdict:
    """Judge `model` by its CRPS cells [B, H] beside those of `against`; `rows` [B] says which series a window is of.

    Windows of one series follow each other by origin. Windows that either model refused do not count.
    """
    differences = ours - theirs
    there = np.isfinite(differences)
    counted = there.any(axis=1)
    n = int(counted.sum())
    if not n:
        return Verdict(model, against, series, "crps", None, 0, 0, None, UNKNOWN)
    means = np.nansum(np.where(there, differences, 0.0), axis=1)[counted] / there.sum(axis=1)[counted]
    blocks = _blocks(means, rows[counted], ours.shape[1])
    mean = float(means.mean())
    p = _flip(blocks)
    told = len(blocks) >= FEWEST and p < LEVEL
    verdict = ("better" if mean < 0 else "worse") if told else UNKNOWN
    return Verdict(model, against, series, "crps", mean, n, len(blocks), p, verdict)


def _blocks(means: Floats, rows: Ints, size: int) -> Floats:
    """Add up the means [B] of each series (windows of one follow each other) in blocks of `size`."""
    starts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    within = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    return np.asarray(np.add.reduceat(means, np.flatnonzero(within % size == 0)))


def _flip(blocks: Floats) -> float:
    """Return the two-sided probability of so large a sum when every block's sign is a coin's."""
    total = abs(float(blocks.sum()))
    square = float(np.sum(blocks**2))
    if square == 0:
        return 1.0
    if len(blocks) > EXACT:
        return erfc(total / sqrt(2 * square))
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=len(blocks))))
    return float(np.mean(np.abs(signs @ blocks) >= total * (1 - 1e-12)))
