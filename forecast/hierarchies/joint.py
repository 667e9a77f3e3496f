"""Joint: draws of all series together, made to add up; their quantiles are the reconciled intervals.

Each series keeps the distribution that its model states. Draws of several series are tied by how their past errors went
together (a Gaussian copula with the correlations of those errors as they were: shrinking these, good for the weights of
the projection, would let errors of many parts cancel in their sum). Draws are projected, and cut at zero where a series
is an amount, the wholes then being summed anew. Their quantiles are moved so that the medians are the reconciled
medians, which add up exactly (Panagiotelis, Gamakumara, Athanasopoulos and Hyndman 2023 for the projection of draws).

Series are drawn in blocks, twice: for what the draws fail to add up to, and for the draws that do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtri

from forecast.hierarchies.projection import Covariance, Projection, Sparse, fit_bottom, shrink_covariance
from forecast.quantiles import place_of
from forecast.windows import Floats, Ints

DRAWS, LEAST_DRAWS = 4096, 512
CELLS = 1 << 26
"""Numbers that all draws may be, over all steps; they are fewer in large hierarchies."""
BLOCK = 1 << 22
"""Numbers that the draws of a block are."""


def reconcile_quantiles(base: Floats, levels: Floats, sums: Sparse, errors: Floats, seed: int, amounts: bool) -> Floats:
    """Return quantiles [N, H, Q] whose medians add up, wholes first.

    Args:
        base: [N, H, Q] quantiles of the models.
        levels: [Q] one of them one half.
        sums: [K, M] sparse, which bottom series make up each whole.
        errors: [T, N] one-step errors of the past, NaN where there are none.
        seed: of the draws.
        amounts: whether no series can be below zero.
    """
    (count, horizon, _), wholes = base.shape, sums.shape[0]
    covariance = shrink_covariance(errors)
    projection = Projection(sums, covariance)
    middle = place_of(0.5, levels, "reconciling")
    points = _points(base[:, :, middle], sums, covariance, projection, amounts)
    size = int(np.clip(CELLS // (count * horizon), LEAST_DRAWS, DRAWS)) // 2
    scores = Scores(errors, size, seed)
    multipliers = _multipliers(base, levels, sums, projection, scores)
    out = np.empty_like(base)
    totals = np.zeros((horizon, wholes, 2 * size))
    for rows in scores.blocks(wholes):
        sides = between(scores.of(rows), ndtri(levels))
        parts = sums[:, rows.start - wholes : rows.stop - wholes]
        for step in range(horizon):
            drawn = at_scores(sides, base[rows, step]) - projection.moves(multipliers[step], rows)
            drawn = np.maximum(drawn, 0.0) if amounts else drawn
            totals[step] += parts @ drawn
            out[rows, step] = np.quantile(drawn, levels, axis=1).T
    for step in range(horizon):
        out[:wholes, step] = np.quantile(totals[step], levels, axis=1).T
        out[:, step] = _moved(out[:, step], out[:, step, middle], points[:, step], amounts)
    return out


def _points(base: Floats, sums: Sparse, covariance: Covariance, projection: Projection, amounts: bool) -> Floats:
    """Return the reconciled medians [N, H] of medians [N, H]."""
    bottom = projection.bottom(base)
    for step in np.flatnonzero((bottom < 0).any(axis=0)).tolist() if amounts else ():
        bottom[:, step] = fit_bottom(sums, covariance, np.maximum(base[:, step], 0.0))
    return np.vstack([sums @ bottom, bottom])


def _multipliers(base: Floats, levels: Floats, sums: Sparse, projection: Projection, scores: Scores) -> Floats:
    """Return for each step the multipliers [H, K, D] of what the draws fail to add up to."""
    wholes, horizon = sums.shape[0], base.shape[1]
    gaps = np.zeros((horizon, wholes, scores.size))
    for first, last in ((0, wholes), (wholes, len(base))):
        for rows in scores.blocks(first, last):
            sides = between(scores.of(rows), ndtri(levels))
            for step in range(horizon):
                drawn = at_scores(sides, base[rows, step])
                if first:
                    gaps[step] -= sums[:, rows.start - wholes : rows.stop - wholes] @ drawn
                else:
                    gaps[step, rows] = drawn
    for step in range(horizon):
        gaps[step] = projection.multipliers(gaps[step])
    return gaps


class Scores:
    """Standard normal scores of N series in `size` draws, mirrored about zero, with the correlations of errors [T, N].

    A missing error is replaced by noise of its own: what was not seen together is not tied.
    """

    def __init__(self, errors: Floats, half: int, seed: int) -> None:
        """Prepare twice `half` draws."""
        generator = np.random.default_rng(seed)
        known = np.isfinite(errors)
        square = np.where(known, errors, 0.0) ** 2
        spread = np.sqrt(square.sum(axis=0) / np.maximum(known.sum(axis=0), 1))
        unit = np.where(
            known & (spread > 0), errors / np.where(spread > 0, spread, 1.0), generator.standard_normal(errors.shape)
        )
        unit /= np.sqrt((unit**2).mean(axis=0))
        self._unit = np.asarray(unit.T, dtype=np.float64)
        self._shocks = generator.standard_normal((len(errors), half)) / np.sqrt(len(errors))
        self.size = 2 * half

    def of(self, rows: slice) -> Floats:
        """Return the scores [N', D] of some of the series."""
        half = self._unit[rows] @ self._shocks
        return np.hstack([half, -half])

    def blocks(self, first: int, last: int | None = None) -> Iterator[slice]:
        """Cut the series from `first` to `last` into blocks."""
        end = len(self._unit) if last is None else last
        width = max(1, BLOCK // self.size)
        for start in range(first, end, width):
            yield slice(start, min(start + width, end))


def between(scores: Floats, places: Floats) -> tuple[Ints, Floats]:
    """Return which two of the places [Q] each score [N, D] lies between, and how far along (beyond the ends too)."""
    at = np.clip(np.searchsorted(places, scores), 1, len(places) - 1)
    return at, np.asarray((scores - places[at - 1]) / (places[at] - places[at - 1]))


def at_scores(sides: tuple[Ints, Floats], quantiles: Floats) -> Floats:
    """Return the values [N, D] of distributions given by quantiles [N, Q], linear between them and beyond."""
    at, share = sides
    low, high = (np.take_along_axis(quantiles, side, axis=1) for side in (at - 1, at))
    return np.asarray(low + share * (high - low))


def _moved(quantiles: Floats, medians: Floats, points: Floats, amounts: bool) -> Floats:
    """Move quantiles [N, Q] so that their medians are the points: amounts in proportion, else and at zero by shift."""
    if not amounts:
        return quantiles + (points - medians)[:, None]
    ratio = (medians > 0) & (points > 0)
    scaled = quantiles * np.where(ratio, points / np.where(ratio, medians, 1.0), 1.0)[:, None]
    shifted = np.maximum(quantiles + (points - medians)[:, None], 0.0)
    return np.where(ratio[:, None], scaled, shifted)
