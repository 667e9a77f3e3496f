"""Projection: minimum trace reconciliation (Wickramasuriya, Athanasopoulos and Hyndman 2019), for any number of series.

With all series y = S b of bottom series b, base forecasts z and the covariance W of their errors, the unbiased
combination of least variance is S (S' W^-1 S)^-1 S' W^-1 z. Here it is reckoned by what z fails to add up to:
C z = 0 holds for coherent z, and z - W C' (C W C')^-1 C z is the same without inverting W. Past errors are few, so W
is a diagonal and a few loadings, and C is sparse: C W C' is solved as sparse equations and a correction of low rank
(Woodbury), and no square of the number of series is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from forecast.windows import Floats, Ints

Sparse: TypeAlias = Any
"""A sparse matrix; scipy states no types."""

LEAST = 1e-12
MILD = 1e-8
"""The least share of a variance that is a series' own: below it C W C' could not be solved."""
FEWEST = 3
"""Errors from which on a series is correlated with others."""
ROUNDS, PATIENCE, SLACK = 1000, 3, 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Covariance:
    """W = diag(own) + loadings loadings'.

    Attributes:
        own: [N] variances that a series has alone.
        loadings: [N, T] what errors of the same period share.
        shrinkage: how far correlations were shrunk towards none, 0..1.
    """

    own: Floats
    loadings: Floats
    shrinkage: float

    def matrix(self) -> Floats:
        """Return W [N, N]."""
        return np.asarray(np.diag(self.own) + self.loadings @ self.loadings.T)


def shrink_covariance(errors: Floats) -> Covariance:
    """Return the covariance of errors [T, N] about zero, its correlations shrunk.

    The shrinkage is that of Schäfer and Strimmer (2005) towards no correlation: the summed sampling variance of the
    correlations over the sum of their squares, cut at one. A missing error (NaN) adds nothing to a sum of products,
    which is divided by the root of how many errors each of the two has: seldom seen together is hardly correlated.
    """
    known = np.isfinite(errors)
    filled = np.where(known, errors, 0.0)
    periods, seen = max(int(known.any(axis=1).sum()), 1), known.sum(axis=0)
    variance = (filled**2).sum(axis=0) / np.maximum(seen, 1)
    middle = np.median(variance[variance > 0]) if (variance > 0).any() else 1.0
    variance = np.where(variance > LEAST * middle, variance, middle * LEAST if (variance > 0).any() else 1.0)
    scaled = np.where(seen >= FEWEST, filled / np.sqrt(variance * np.maximum(seen, 1)), 0.0) * np.sqrt(periods)
    shrinkage = max(_shrinkage(scaled, periods), MILD)
    own = np.where((scaled**2).sum(axis=0) > 0, shrinkage, 1.0) * variance
    loadings = scaled.T * np.sqrt((1.0 - shrinkage) / periods * variance)[:, None]
    return Covariance(own, loadings, shrinkage)


def _shrinkage(scaled: Floats, periods: int) -> float:
    """Return the intensity for scaled errors [T, N]; sums over pairs of series are sums over pairs of periods."""
    if periods < 2:
        return 1.0
    squares = scaled**2
    own = squares.sum(axis=0) / periods  # one, or zero where too little is known
    total = float(((scaled @ scaled.T / periods) ** 2).sum() - (own**2).sum())
    fourth = float((squares.sum(axis=1) ** 2).sum() - (squares**2).sum())
    spread = (fourth - periods * total) / (periods * (periods - 1))
    return float(np.clip(spread / total, 0.0, 1.0)) if total > LEAST else 1.0


class Projection:
    """The projection of one hierarchy and covariance, with some bottom series held at zero."""

    def __init__(self, sums: Sparse, covariance: Covariance, zero: Ints | None = None) -> None:
        """Prepare it for sums [K, M] of zeros and ones and N = K + M series, wholes first; `zero` counts in bottom."""
        self.wholes, bottom = sums.shape
        held = np.empty(0, np.int64) if zero is None else zero
        gaps = sparse.hstack([sparse.eye(self.wholes), -sums], format="csr")
        ones = sparse.csr_matrix(
            (np.ones(len(held)), (np.arange(len(held)), self.wholes + held)), (len(held), self.wholes + bottom)
        )
        self._constraints: Sparse = sparse.vstack([gaps, ones], format="csr")
        self._covariance = covariance
        alone = self._constraints @ sparse.diags(covariance.own) @ self._constraints.T
        self._alone = splu(alone.tocsc())
        self._shared = self._constraints @ covariance.loadings  # [C, T]
        self._pulled = self._alone.solve(self._shared)
        self._core = np.eye(self._shared.shape[1]) + self._shared.T @ self._pulled

    def gaps(self, base: Floats) -> Floats:
        """Return what base forecasts [N, ...] fail to add up to [C, ...]."""
        return np.asarray(self._constraints @ base)

    def multipliers(self, gaps: Floats) -> Floats:
        """Return (C W C')^-1 of gaps [C, D]."""
        found = self._solve(gaps)
        rest = gaps - self._weigh(found)  # one step of refinement
        return found + self._solve(rest)

    def moves(self, multipliers: Floats, rows: slice) -> Floats:
        """Return what the projection takes from some of the series, W C' times multipliers [C, D]."""
        back = self._constraints.T[rows] @ multipliers
        shared = self._shared.T @ multipliers
        return np.asarray(
            self._covariance.own[rows, None] * back + self._covariance.loadings[rows] @ shared, dtype=np.float64
        )

    def bottom(self, base: Floats) -> Floats:
        """Return the bottom series [M, D] of base forecasts [N, D]."""
        moves = self.moves(self.multipliers(self.gaps(base)), slice(self.wholes, None))
        return np.asarray(base[self.wholes :] - moves)

    def _solve(self, right: Floats) -> Floats:
        found = self._alone.solve(right)
        return np.asarray(found - self._pulled @ np.linalg.solve(self._core, self._shared.T @ found))

    def _weigh(self, multipliers: Floats) -> Floats:
        back = self._covariance.own[:, None] * (self._constraints.T @ multipliers)
        return np.asarray(self._constraints @ back + self._shared @ (self._shared.T @ multipliers))


def fit_bottom(sums: Sparse, covariance: Covariance, base: Floats) -> Floats:
    """Return non-negative bottom series [M] whose sums are nearest to base forecasts [N] in the metric of W^-1.

    A quadratic program (Wickramasuriya, Turlach and Hyndman 2020), solved by block principal pivoting (Júdice and Pires
    1994): series below zero are held at it, and held ones that the projection would raise are let go, all together
    while fewer are left to move each time, else one by one.
    """
    wholes, count = sums.shape
    unit = np.sqrt(covariance.own + (covariance.loadings**2).sum(axis=1))[wholes:]
    held = np.zeros(count, dtype=np.bool_)
    fewest, patience = count + 1, PATIENCE
    for _ in range(ROUNDS):
        places = np.flatnonzero(held)
        projection = Projection(sums, covariance, places)
        multipliers = projection.multipliers(projection.gaps(base[:, None]))
        found = (base[wholes:, None] - projection.moves(multipliers, slice(wholes, None)))[:, 0]
        pull = np.zeros(count)
        pull[places] = multipliers[wholes:, 0] * unit[places]
        wrong = np.flatnonzero(np.where(held, pull > SLACK, found < -SLACK * unit))
        if not len(wrong):
            break
        better = len(wrong) < fewest
        fewest, patience = (len(wrong), PATIENCE) if better else (fewest, patience - 1)
        turned = wrong if better or patience >= 0 else wrong[-1:]
        held[turned] = ~held[turned]
    return np.asarray(np.where(held, 0.0, np.maximum(found, 0.0)))
