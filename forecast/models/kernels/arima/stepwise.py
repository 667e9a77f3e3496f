"""The search for orders (Hyndman and Khandakar 2008, section 3.2, with the limits of R's auto.arima).

It starts from the best of (2,2)(1,1), (0,0), (1,0)(1,0), (0,1)(0,1), and (0,0) without the constant. From there it goes
to the first neighbour with a lower criterion and begins again, until no neighbour is better. Neighbours differ by one
in the seasonal orders, then in the others, then in the constant.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.catalogue import PLAIN, SEASONAL, Catalogue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SHORT = 10
AHEAD = 4
"""Neighbours that are tried at the same time: waiting for each in turn would leave the batches small."""
STEPS = np.array([(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)])
"""What neighbours add to p and q, or to P and Q, in the order in which they are tried."""
STAGES = slice(0, 1), slice(2, 5), slice(1, 2)
"""Which of the models that a search starts from are asked for together.

The largest comes last: the others are cheap, and most of the largest are soon seen not to reach the best of them.
"""


class Limits(NamedTuple):
    """The largest orders of searches [N].

    Attributes:
        plain: of p and q.
        seasonal: of P and Q.
        free: whether the constant may come and go: with one difference. Without any the mean stays.
    """

    plain: Ints
    seasonal: Ints
    free: Bools

    @classmethod
    def of(cls, lengths: Ints, season: int, differences: Ints, even: Bools) -> Limits:
        """Return the limits for series of some lengths before their differences; white noise for `even` ones."""
        seasonal = np.minimum(SEASONAL, lengths // 3 // season) if season > 1 else np.zeros_like(lengths)
        plain = np.minimum(PLAIN, lengths // 3)
        plain = np.where(seasonal > 0, np.minimum(plain, season - 1), plain)
        return cls(np.where(even, 0, plain), np.where(even, 0, seasonal), (differences == 1) & ~even)


class Searches:
    """Searches under way: each asks for the criteria of orders and is told them.

    Attributes:
        best: [N] number of the best order so far.
        criteria: [N, C + 1] those known; NaN for the others, infinite for no order, whose number is C.
    """

    def __init__(self, catalogue: Catalogue, limits: Limits, constant: Bools, short: Bools, ahead: int = AHEAD) -> None:
        """Begin.

        Args:
            catalogue: the orders.
            limits: the largest ones.
            constant: [N] whether there may be a constant.
            short: [N] whether a series is short, so that it starts from smaller models.
            ahead: neighbours that are asked for at the same time; the answer does not depend on it.
        """
        count, none = len(constant), len(catalogue.orders)
        self._starts, self._ahead = starts(catalogue, limits, constant, short), ahead
        kinds, self._kind = np.unique(np.stack(limits), axis=1, return_inverse=True)
        self._near = np.stack([neighbours(catalogue, Limits(*kind)) for kind in kinds.T.tolist()])
        self._stage, self._due = np.zeros((2, count), np.int64)
        self.best = self._starts[:, 0].copy()
        self.criteria = np.full((count, none + 1), np.nan)
        self.criteria[:, none] = np.inf

    def tell(self, rows: Ints, numbers: Ints, criteria: Floats) -> Ints:
        """Take criteria [M] of orders of series; return the series that have all that they asked for."""
        self.criteria[rows, numbers] = criteria
        told = np.bincount(rows, minlength=len(self._due))
        self._due -= told
        return np.flatnonzero((told > 0) & (self._due == 0))

    def ask(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return which orders series want to know next: rows [M] and numbers [M], none of a search that is over.

        The criteria of neighbours matter only below that of the best so far.
        """
        wanted = []
        for stage, places in enumerate(STAGES):
            now = rows[self._stage[rows] == stage]
            if len(now):
                options = self._starts[now][:, places]
                unknown = np.isnan(self._known(now, options))
                wanted.append(_pairs(now, options, unknown))
                done = now[~unknown.any(axis=1)]
                self.best[done] = self._lowest(done)
                self._stage[done] += 1
        wanted += self._walk(rows[self._stage[rows] == len(STAGES)])
        asked, numbers = (np.concatenate(parts) for parts in zip(*wanted, strict=True))
        self._due += np.bincount(asked, minlength=len(self._due))
        return asked, numbers

    def _walk(self, rows: Ints) -> list[tuple[Ints, Ints]]:
        """Go to better neighbours as long as they are known; return what has to be asked for first."""
        wanted = [(rows[:0], rows[:0])]
        while len(rows):
            best = self.best[rows]
            options = self._near[self._kind[rows], best]
            found = self._known(rows, options)
            unknown = np.isnan(found)
            better = found < self.criteria[rows, best][:, None]
            every, first = np.arange(len(rows)), np.argmax(better | unknown, axis=1)
            moved = better[every, first]
            unknown[moved] = False
            wanted.append(_pairs(rows, options, unknown & (np.cumsum(unknown, axis=1) <= self._ahead)))
            rows = rows[moved]
            self.best[rows] = options[every, first][moved]
        return wanted

    def _lowest(self, rows: Ints) -> Ints:
        """Return the best of the models that series start from, the first of equal ones."""
        options = self._starts[rows]
        found = self._known(rows, options)
        least = np.argmin(np.where(np.isnan(found), np.inf, found), axis=1)
        return np.asarray(options[np.arange(len(rows)), least])

    def _known(self, rows: Ints, options: Ints) -> Floats:
        """Return the criteria of options [R, J]."""
        return np.take(self.criteria, rows[:, None] * self.criteria.shape[1] + options)


def _pairs(rows: Ints, options: Ints, chosen: Bools) -> tuple[Ints, Ints]:
    row, place = np.nonzero(chosen)
    return rows[row], options[row, place]


def starts(catalogue: Catalogue, limits: Limits, constant: Bools, short: Bools) -> Ints:
    """Return the numbers [N, 5] of the models that searches begin with, white noise first; C where there is none."""
    digits = np.zeros((5, 5, len(constant)), np.int64)  # [which, digit, N]
    one, seasonal = np.minimum(1, limits.plain), np.minimum(1, limits.seasonal)
    digits[:, 4] = constant
    digits[1, :2] = np.minimum(np.where(short, 1, 2), limits.plain)
    digits[1, 2:4] = np.where(short, 0, seasonal)
    digits[2, 0], digits[2, 2] = one, seasonal
    digits[3, 1], digits[3, 3] = one, seasonal
    digits[4, 4] = 0
    numbers = catalogue.numbers(digits.transpose(1, 2, 0))
    numbers[~(constant & limits.free), 4] = len(catalogue.orders)
    for place in range(1, 5):
        again = (numbers[:, :place] == numbers[:, place, None]).any(axis=1)
        numbers[again, place] = len(catalogue.orders)
    return numbers


@functools.lru_cache(maxsize=256)
def neighbours(catalogue: Catalogue, limits: Limits) -> Ints:
    """Return the numbers [C, J] of the neighbours of every order within the limits of one search; C beyond them.

    They stand in the order in which they are tried: seasonal ones, plain ones, the one with or without the constant.
    """
    moves = np.zeros((5, 17), np.int64)
    moves[2:4, :8], moves[:2, 8:16] = STEPS.T, STEPS.T
    digits = catalogue.digits[:, :, None] + moves[:, None]
    digits[4, :, -1] = 1 - digits[4, :, -1]
    within = (digits[:2] <= limits.plain).all(axis=0) & (digits[2:4] <= limits.seasonal).all(axis=0)
    allowed = np.asarray(within & (digits >= 0).all(axis=0))
    allowed[:, -1] &= bool(limits.free)
    return np.where(allowed, catalogue.numbers(digits), len(catalogue.orders))[
        :, 0 if catalogue.digits[2].any() else 8 :
    ]
