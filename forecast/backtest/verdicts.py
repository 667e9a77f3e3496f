"""Verdicts: the probability that one model truly beats another, and "cannot tell" where it says too little.

The quantity is d, the mean logarithm of the ratio of two models' CRPS on the series at hand. Before the backtest it is
what competition data say of such pairs (`priors`): d ~ N(mean, collections^2 + series^2 / S) for S series. Errors
of neighbouring origins share the same future, so origins are averaged in blocks of H, the horizon, within each
series, and a block counts once. Its variance is pooled over the blocks of all series and shrunk to the competitions',
which count as four blocks more. Normal laws combine to P(d < 0). A verdict needs 0.9 and six blocks, because single
blocks stray further than a normal law has it; anything less is "cannot tell".

The p-value beside it knows no competitions: how often random signs of the blocks' differences give as large a
mean (every combination of signs up to 12 blocks, the normal approximation beyond; Diebold and Mariano 1995,
section 1.2). Blocks of different series count as independent.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np

from forecast.backtest.priors import Prior, prior
from forecast.scores.ratios import log_ratios
from forecast.windows import Floats, Ints

EXACT = 12
FEWEST = 6
"""Blocks below which nothing is told."""
STATED = 0.9
"""The probability from which models are told apart."""
SHRINKAGE = 4.0
"""Blocks that the variance from the competitions counts for."""
UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a backtest says about one model against another: better, worse, or cannot tell.

    Attributes:
        difference: mean difference of scaled CRPS; below zero where the model scored better here.
        n, blocks: windows that count, and blocks of H of them.
        p: two-sided p-value of the difference alone.
        probability: that the model truly beats the other on these series, competitions considered.
        expected: the ratio of their scores that is expected, 1 where they are equal.
    """

    model: str
    against: str
    series: str
    metric: str
    difference: float | None
    n: int
    blocks: int
    p: float | None
    probability: float
    expected: float
    verdict: str

    def document(self) -> dict[str, Any]:
        """Return the verdict as a row of the JSON document."""
        return {name: getattr(self, name) for name in self.__slots__}


def compare(
    model: str, against: str, series: str, ours: Floats, theirs: Floats, rows: Ints, season: int = 1
) -> Verdict:
    """Judge `model` by its CRPS cells [B, H] beside those of `against`; `rows` [B] says which series a window is of.

    Windows of one series follow each other by origin. Windows that either model refused do not count.
    """
    known = prior(model, against, season)
    ratios = log_ratios(ours, theirs)
    counted = np.isfinite(ratios)
    n = int(counted.sum())
    if not n:
        alone, expected = _posterior(known, np.zeros(0), np.zeros(0, dtype=np.int64))
        return Verdict(model, against, series, "crps", None, 0, 0, None, alone, expected, UNKNOWN)
    differences = np.where(np.isfinite(ours - theirs), ours - theirs, 0.0)[counted]
    means = differences.sum(axis=1) / np.isfinite(ours - theirs)[counted].sum(axis=1)
    starts = block_starts(rows[counted], ours.shape[1])
    sizes = np.diff(np.append(starts, n))
    blocks = np.add.reduceat(ratios[counted], starts) / sizes
    probability, expected = _posterior(known, blocks, rows[counted][starts])
    told = len(blocks) >= FEWEST and max(probability, 1 - probability) >= STATED
    verdict = ("better" if probability > 0.5 else "worse") if told else UNKNOWN
    return Verdict(
        model, against, series, "crps", float(means.mean()), n, len(blocks),
        _flip(np.add.reduceat(means, starts)), probability, expected, verdict,
    )  # fmt: skip


def _posterior(known: Prior, blocks: Floats, rows: Ints) -> tuple[float, float]:
    """Return P(d < 0) and exp(mean of d) for the means of blocks and the series that they are of."""
    _, codes, counts = np.unique(rows, return_inverse=True, return_counts=True)
    count = max(len(counts), 1)
    before = known.collections**2 + known.series**2 / count
    centre, certainty = known.mean / before, 1 / before
    if len(blocks):
        means = np.bincount(codes, weights=blocks) / counts
        apart = float(np.sum((blocks - means[codes]) ** 2))
        noise = (SHRINKAGE * known.windows**2 + apart) / (SHRINKAGE + len(blocks) - len(counts))
        variance = noise * float(np.sum(1 / counts)) / count**2
        centre, certainty = centre + float(means.mean()) / variance, certainty + 1 / variance
    expected = centre / certainty
    return 0.5 * erfc(expected * sqrt(certainty / 2)), float(np.exp(expected))


def block_starts(rows: Ints, size: int) -> Ints:
    """Return where the blocks of at most `size` windows of one series begin; windows of one follow each other."""
    firsts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    within = np.arange(len(rows)) - np.repeat(firsts, np.diff(np.append(firsts, len(rows))))
    return np.flatnonzero(within % size == 0)


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
