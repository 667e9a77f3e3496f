"""Maximum likelihood for many series and orders: problems of one order are worked on together.

Fits are asked for at any time. Orders are special cases of a few hulls, with some reflection coefficients held at zero;
the fits of one hull wait in one pool, and the fullest pool takes the next step. So batches stay large although every
series asks for orders of its own, at its own time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.likelihood import blocks
from forecast.models.kernels.arima.minimise import Pool
from forecast.models.kernels.arima.objectives import Likelihood, likelihood
from forecast.models.kernels.arima.operators import clear_of_the_circle, step_up
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MARGIN = 1.01
"""An admissible model has no root within this distance of the origin (Hyndman and Khandakar 2008)."""
TOLERANCE = 1e-6
SHARE = 0.5
"""The part of a batch that is waited for before others take its place."""
FIRST, NEW, INNER = 0.1, 0.01, 0.95
"""Reflection coefficients to begin with: of a first model, those that a neighbour adds, and the most that it keeps."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """M series, each under one order.

    Attributes:
        rows: [M] which series.
        numbers: [M] what they were fitted by, of the catalogue.
        objectives: [M] -2 log L without n (1 + log 2 pi), at the optimum; infinite where it cannot be reckoned.
        points: [K, M] reflection coefficients in the catalogue's places.
        admissible: [M] whether the roots keep clear of the unit circle.
    """

    rows: Ints
    numbers: Ints
    objectives: Floats
    points: Floats
    admissible: NDArray[np.bool_]


class Fitter:
    """Fits in progress for the series of one sample."""

    def __init__(self, sample: Sample, catalogue: Catalogue) -> None:
        """Begin with nothing to do."""
        self._sample, self._catalogue = sample, catalogue
        self._queues: list[list[Floats]] = [[] for _ in catalogue.hulls]
        self._waiting = np.zeros(len(catalogue.hulls), np.int64)
        self._work: dict[int, tuple[Likelihood, Pool]] = {}

    def ask(self, rows: Ints, numbers: Ints, starts: Floats, goals: Floats) -> None:
        """Ask for M fits.

        Args:
            rows: [M] which series.
            numbers: [M] orders.
            starts: [K, M] reflection coefficients to begin with.
            goals: [M] a fit is left unfinished where its objective can hardly get below this.
        """
        kinds = self._catalogue.hull[numbers]
        asked = np.vstack([rows, numbers, goals, starts])
        for kind in np.flatnonzero(np.bincount(kinds)).tolist():
            mine = asked[:, kinds == kind]
            self._queues[kind].append(mine)
            self._waiting[kind] += mine.shape[1]

    def __bool__(self) -> bool:
        return bool(self._waiting.any())

    def step(self) -> Fits:
        """Go on with the hull that most fits are waiting for until a share of them is done; return those."""
        kind = int(np.argmax(self._waiting))
        if kind not in self._work:
            objective = likelihood(self._catalogue.hulls[kind], self._sample)
            self._work[kind] = objective, Pool(objective, len(self._catalogue.places[kind]), 3, TOLERANCE)
        objective, pool = self._work[kind]
        room = objective.width - len(pool)
        if self._queues[kind] and room > 0:
            self._put(kind, pool, room)
        begun, found = len(pool), [pool.step()]
        while begun - len(pool) < SHARE * begun:
            found.append(pool.step())
        return self._done(kind, *(np.concatenate(parts, axis=-1) for parts in zip(*found, strict=True)))

    def _put(self, kind: int, pool: Pool, room: int) -> None:
        """Let fits into a pool, those of alike lengths together: a batch is as long as its longest series.

        The longest come first: their searches go on longest, and begun late they would be waited for alone.
        """
        queue = np.hstack(self._queues[kind])
        if room < queue.shape[1]:
            order = np.argsort(-self._sample.lengths[queue[0].astype(np.int64)], kind="stable")
            queue = queue.take(order, axis=1, mode="clip")
        taken, rest = queue[:, :room], queue[:, room:]
        self._queues[kind] = [rest] if rest.size else []
        rows, numbers = taken[:2].astype(np.int64)
        places = self._catalogue.places[kind]
        reach = self._catalogue.reach[:, numbers][places]
        start = np.clip(taken[3:][places], -INNER, INNER)
        tags = np.stack([rows, numbers, self._catalogue.digits[4, numbers]])
        curvature = 2.0 * np.maximum(self._sample.known[rows], 1) / (1.0 - start * start)
        pool.put(tags, start, reach, curvature, taken[2])

    def _done(self, kind: int, tags: Ints, points: Floats, values: Floats) -> Fits:
        self._waiting[kind] -= len(values)
        whole = np.zeros((len(self._catalogue.reach), len(values)))
        whole[self._catalogue.places[kind]] = points
        admissible = np.isfinite(values) & _admissible(self._catalogue.hulls[kind], points)
        return Fits(tags[0], tags[1], values, whole, admissible)


def points_near(catalogue: Catalogue, numbers: Ints, known: Ints, points: Floats) -> Floats:
    """Return where orders begin beside known ones with their points [K, M].

    What both have is left as it is, the rest is near zero; near white noise where they have nothing in common.
    """
    has = catalogue.reach[:, numbers] > 0
    shared = has & (catalogue.reach[:, known] > 0)
    return np.where(shared, points, np.where(has, np.where(shared.any(axis=0), NEW, FIRST), 0.0))


def _admissible(hull: Order, points: Floats) -> NDArray[np.bool_]:
    """Tell which models keep their roots clear of the unit circle."""
    seasonal = MARGIN**hull.season
    clear = np.ones(points.shape[1], dtype=np.bool_)
    for block, margin in zip(blocks(hull, points), (MARGIN, MARGIN, seasonal, seasonal), strict=True):
        if len(block):
            clear &= clear_of_the_circle(step_up(block)[-1], margin)
    return clear
