"""Maximum likelihood for many series and orders: problems of one order are worked on together.

Fits are asked for one by one. Orders are special cases of a few hulls, with some reflection coefficients held at zero;
the fits of one hull wait in one pool, and the fullest pool takes the next step. So batches stay large although every
series asks for orders of its own, at its own time.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.gradient import value_and_gradient
from forecast.models.kernels.arima.likelihood import Operators
from forecast.models.kernels.arima.minimise import Objective, Pool
from forecast.models.kernels.arima.operators import clear_of_the_circle
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MARGIN = 1.01
"""An admissible model has no root within this distance of the origin (Hyndman and Khandakar 2008)."""
STATIONARY = 1.0 - 1e-8
"""The largest reflection coefficient of an autoregression; a moving average may go to one."""
TOLERANCE = 1e-6
AGREED = 1.0 + np.log(2.0 * np.pi)
FIRST, NEW, INNER = 0.1, 0.01, 0.95
"""Reflection coefficients to begin with: of a first model, those that a neighbour adds, and the most that it keeps."""
CACHE, NARROW, WIDE = 2**18, 128, 1024
"""Numbers that a batch may hold, and the least and most fits in it."""

_Asked = tuple[int, int, Floats | None, float]
"""Number of a fit, series, start and goal."""


class Fit(NamedTuple):
    """One series under one order.

    Attributes:
        row: which series.
        order: what it was fitted by.
        objective: -2 log L without n (1 + log 2 pi), at the optimum; infinite where it cannot be reckoned.
        reflections: [K] reflection coefficients of the order's hull.
        admissible: whether the roots keep clear of the unit circle.
    """

    row: int
    order: Order
    objective: float
    reflections: Floats
    admissible: bool

    def criterion(self, length: int) -> float:
        """Return AICc for a differenced series of some length; infinite where it has too few values or no such fit."""
        return self.objective + penalty(self.order, length) if self.admissible else float("inf")

    def neighbouring(self, order: Order) -> Floats | None:
        """Return where to begin with another order: what both have as it is, the rest near zero."""
        mine, theirs = _shared(self.order, order)
        if not len(mine):
            return None
        start = _beginning(order).copy()
        start[theirs] = self.reflections[mine]
        return start


@functools.lru_cache(maxsize=2**15)
def penalty(order: Order, length: int) -> float:
    """Return what AICc adds to the objective for a differenced series of some length; infinite for too few values."""
    k = order.parameters
    room = length - k - 1
    return length * AGREED + 2.0 * k + 2.0 * k * (k + 1) / room if room > 0 else float("inf")


class Fitter:
    """Fits in progress for the series of one sample."""

    def __init__(self, sample: Sample) -> None:
        """Begin with nothing to do."""
        self._sample = sample
        self._asked: list[Order] = []
        self._queues: dict[Order, list[_Asked]] = {}
        self._pools: dict[Order, Pool] = {}

    def ask(self, row: int, order: Order, start: Floats | None = None, goal: float = np.inf) -> None:
        """Ask for a fit of one series.

        Args:
            row: which series.
            order: what to fit.
            start: [K] reflection coefficients of the hull, zero where the order has none; near white noise without it.
            goal: the fit is left unfinished where its objective can hardly get below this.
        """
        self._queues.setdefault(order.hull, []).append((len(self._asked), row, start, goal))
        self._asked.append(order)

    def __bool__(self) -> bool:
        return any(map(len, self._queues.values())) or any(map(len, self._pools.values()))

    def step(self) -> list[Fit]:
        """Take one step with the hull that most fits are waiting for; return those that are done."""
        hull = max(self._queues, key=lambda one: len(self._queues[one]) + len(self._pools.get(one, ())))
        pool = self._pools.get(hull)
        if pool is None:
            pool = self._pools[hull] = Pool(self._objective(hull), hull.coefficients, 3, TOLERANCE)
        holes = self._sample.holes.shape[1]
        numbers = (8 + 6 * holes) * len(self._sample.values) + 6 * (hull.depth + holes) ** 2
        width = int(np.clip(CACHE // numbers, NARROW, WIDE))
        queue, room = self._queues[hull], width - len(pool)
        if queue and room > 0:
            taken, self._queues[hull] = queue[:room], queue[room:]
            self._put(pool, taken)
        return self._fits(hull, *pool.step())

    def _put(self, pool: Pool, taken: list[_Asked]) -> None:
        orders = [self._asked[place] for place, _, _, _ in taken]
        reach = np.stack([bounds(order) for order in orders], axis=1)
        start = np.where(reach > 0, FIRST, 0.0)
        for column, (_, _, first, _) in enumerate(taken):
            if first is not None:
                start[:, column] = first
        np.clip(start, -INNER, INNER, out=start)
        tags = np.array([(place, row, order.constant) for (place, row, _, _), order in zip(taken, orders, strict=True)])
        goals = np.array([goal for _, _, _, goal in taken])
        curvature = 2.0 * self._sample.known[tags[:, 1]] / (1.0 - start * start)
        pool.put(tags.T, start, reach, curvature, goals)

    def _objective(self, hull: Order) -> Objective:
        """Return the likelihood and its gradient of fits that are tagged by number, row and constant.

        One alone is taken twice, for the sum over a single column is rounded in another way.
        """
        last: Ints = np.empty((3, 0), np.int64)
        part = self._sample

        def objective(points: Floats, tags: Ints) -> tuple[Floats, Floats]:
            nonlocal last, part
            many = points.shape[1]
            if not np.array_equal(tags, last):
                last = tags
                _, rows, constant = np.repeat(tags, 2, axis=1) if many == 1 else tags
                part = self._sample.take(rows, constant.astype(np.float64))
            value, gradient = value_and_gradient(hull, part, np.repeat(points, 2, axis=1) if many == 1 else points)
            return value[:many], gradient[:, :many]

        return objective

    def _fits(self, hull: Order, tags: Ints, points: Floats, values: Floats) -> list[Fit]:
        if not len(values):
            return []
        clear = np.isfinite(values) & _admissible(hull, points)
        places, rows = tags[:2].tolist()
        return [
            Fit(row, self._asked[place], value, point, good)
            for place, row, value, point, good in zip(
                places, rows, values.tolist(), np.ascontiguousarray(points.T), clear.tolist(), strict=True
            )
        ]


def fit_all(sample: Sample, order: Order, firsts: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Fit one order to all from several starts; return the best points [p + q + P + Q, N] and objectives [N]."""
    fitter, count = Fitter(sample), len(sample.lengths)
    points, values = np.zeros((order.coefficients, count)), np.full(count, np.inf)
    for first in firsts:
        for row in range(count):
            fitter.ask(row, order, first)
    while fitter:
        for fit in fitter.step():
            if fit.objective < values[fit.row]:
                values[fit.row], points[:, fit.row] = fit.objective, fit.reflections[list(order.places)]
    return points, values


def starts(order: Order) -> list[Floats]:
    """Return first points: near white noise, and with autoregression and moving average on either side."""
    hull = order.hull
    sides = np.repeat([0.4, -0.4, 0.4, -0.4], (hull.p, hull.q, hull.P, hull.Q)) * (bounds(order) > 0)
    return [FIRST * (bounds(order) > 0), sides, -sides]


def _admissible(hull: Order, points: Floats) -> NDArray[np.bool_]:
    """Tell which models keep their roots clear of the unit circle."""
    seasonal = MARGIN**hull.season
    clear = np.ones(points.shape[1], dtype=np.bool_)
    factors = Operators.from_reflections(hull, points).factors
    for factor, margin in zip(factors, (MARGIN, MARGIN, seasonal, seasonal), strict=True):
        if len(factor):
            clear &= clear_of_the_circle(factor, margin)
    return clear


@functools.lru_cache(maxsize=4096)
def bounds(order: Order) -> Floats:
    """Return [K] how far each reflection coefficient of the hull may go; those that the order lacks stay at zero."""
    reach = np.zeros(order.hull.coefficients)
    reach[list(order.places)] = np.repeat([STATIONARY, 1.0, STATIONARY, 1.0], (order.p, order.q, order.P, order.Q))
    return reach


@functools.lru_cache(maxsize=4096)
def _beginning(order: Order) -> Floats:
    """Return [K] where coefficients begin that the model before had not."""
    return np.where(bounds(order) > 0, NEW, 0.0)


@functools.lru_cache(maxsize=2**14)
def _shared(one: Order, other: Order) -> tuple[Ints, Ints]:
    """Return where the coefficients that two orders share stand in the hull of each."""
    mine: list[int] = []
    theirs: list[int] = []
    at = [0, 0]
    for name in ("p", "q", "P", "Q"):
        both = min(getattr(one, name), getattr(other, name))
        mine += range(at[0], at[0] + both)
        theirs += range(at[1], at[1] + both)
        at = [at[0] + getattr(one.hull, name), at[1] + getattr(other.hull, name)]
    return np.array(mine, dtype=np.int64), np.array(theirs, dtype=np.int64)
