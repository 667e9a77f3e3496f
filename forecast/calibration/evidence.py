"""Evidence of the user's own: how far the calibrated intervals were off on their series, weighed against the atlas.

Half of what came should lie within the quartiles. Let r be the median of |y - median| over the distance of the
quartile on that side, on the scale of the model; the intervals should have been r times as wide. The logarithm of r
has an error of about 1.1 / sqrt(n) for n independent blocks. It differs by about 0.2 between collections of series,
which is to be learnt, and by as much between the years of one collection, which hit all its series alike and tell
nothing of the years to come. So the intervals are stretched by r^(n / (2 n + 30)): never by more than the root of r.
With fewer than ten blocks the atlas is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.quantiles import Floats, Forecasts, place_of
from forecast.windows import Bools, Ints

FEWEST = 10
DOUBT, YEARS = 30.0, 1.0
"""Variances of log r over that between collections: of a single block's error, and of the years of one collection."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a backtest says about the width of the intervals.

    Attributes:
        ratio: by how much the intervals should have been wider, on the backtest alone.
        blocks: independent pieces of evidence: origins of a series, as many as the horizon together.
        factor: the ratio shrunk towards one.
    """

    ratio: float
    blocks: int
    factor: float


def weigh(answer: Forecasts, truth: Floats, rows: Ints, supports: Sequence[str]) -> Evidence:
    """Weigh what came, [B, H], against a backtest's answers; `rows` [B] says which series a window is of."""
    quantiles = _moved(answer, answer.quantiles, supports)
    came = _moved(answer, truth[:, :, None], supports)[:, :, 0]
    low, middle, high = (quantiles[:, :, int(np.argmin(np.abs(answer.levels - level)))] for level in (0.25, 0.5, 0.75))
    error = came - middle
    reach = np.where(error < 0, middle - low, high - middle)
    known = np.isfinite(error) & (reach > 0)
    if not known.any():
        return Evidence(1.0, 0, 1.0)
    series = rows[known.any(axis=1)]
    blocks = int(np.ceil(np.bincount(series) / truth.shape[1]).sum())
    ratio = float(np.median(np.abs(error[known]) / reach[known]))
    if blocks < FEWEST or ratio <= 0:
        return Evidence(ratio, blocks, 1.0)
    return Evidence(ratio, blocks, ratio ** (blocks / (blocks * (1.0 + YEARS) + DOUBT)))


def stretched(answer: Forecasts, supports: Sequence[str], evidence: Evidence) -> Forecasts:
    """Return an answer whose quantiles lie `factor` times as far from the median, on the scale of the model."""
    if evidence.factor == 1.0:
        return answer
    quantiles = _moved(answer, answer.quantiles, supports)
    middle = quantiles[:, :, [place_of(0.5, answer.levels, "evidence")]]
    wider = _moved(answer, middle + evidence.factor * (quantiles - middle), supports, back=True)
    told = f", stretched by {evidence.factor:.2f}"
    produced = tuple(f"{name}{told}" if name else "" for name in answer.produced)
    return Forecasts(wider, answer.levels, produced, answer.refusals)


def _moved(answer: Forecasts, values: Floats, supports: Sequence[str], back: bool = False) -> Floats:
    """Move values [B, H, N] to the scale on which a window's intervals are made, or back."""
    plain = np.array(["unlogged" in name for name in answer.produced], dtype=np.bool_)[:, None, None]
    above, share = _of(supports, "positive", "power"), _of(supports, "share", "percent")
    logged = above & ~plain
    whole = np.where(_of(supports, "percent"), 100.0, 1.0)
    floor = np.where(above, 0.0, -np.inf)
    with np.errstate(all="ignore"):
        if back:
            logistic = whole / (1.0 + np.exp(-values))
            return np.where(logged, np.exp(values), np.where(share, logistic, np.maximum(values, floor)))
        logit = np.log(values / whole) - np.log1p(-values / whole)
        return np.where(logged, np.log(values), np.where(share, logit, values))


def _of(supports: Sequence[str], *kinds: str) -> Bools:
    return np.array([one in kinds for one in supports], dtype=np.bool_)[:, None, None]
