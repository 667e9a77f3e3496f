"""Bounded minimisation of many small smooth problems at once.

Projected quasi-Newton steps with Levenberg-Marquardt damping (Moré 1978; Bertsekas 1982 for the bounds). The caller
gives curvatures at the starts, Gauss-Newton's say; from there BFGS carries them on (damped as by Powell 1978), so that
each further step costs a value and a gradient. Every problem has its own damping and its own active bounds, and leaves
the batch when it has converged. All operations are element by element along the batch, hence the result of one problem
never depends on its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.symmetric import dot, product, solve_symmetric

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Objective = Callable[[Floats, Ints], tuple[Floats, Floats, Floats]]
"""(points [P, N], rows [N]) -> values [N], gradients [P, N], curvatures [P, P, N], of which the lower triangle is read.

`rows` tell which problems the columns are. A value that is not finite marks an inadmissible point.
"""

Slopes = Callable[[Floats, Ints], tuple[Floats, Floats]]
"""The same without the curvatures."""

Hopeless = Callable[[Floats, Floats, Floats, Floats, Ints], Bools]
"""(values [N], lowest values that may still be reached [N], points [P, N], curvatures along each coordinate at the
start [P, N], rows [N]) -> which problems need not be finished. Values of stopped problems are infinite.
"""

DAMPING, WARY = 1e-2, 0.3
"""Damping at the start, and the least after a step that failed."""
REACH = 7.0
"""A problem is taken to be able to fall by this many times what its quadratic model predicts."""
AHEAD, SETTLING = 0.1, 1e-3
"""A problem stops too when it expects this share of the tolerance after a decrease below the second number."""
CROWD = 0.125
"""Stopped problems are carried along until they are this share of the batch: moving the others costs too."""


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """Where the problems ended.

    Attributes:
        points: [P, N] the minimisers.
        values: [N] the objective there; infinite where the start was inadmissible.
        steps: [N] evaluations spent.
        converged: [N] whether the predicted and the last decrease fell below the tolerance.
    """

    points: Floats
    values: Floats
    steps: Ints
    converged: Bools


@dataclass(slots=True, eq=False)
class _Running:
    """The problems under way, one a column: where they stand, what is known there and where they go next.

    Attributes:
        rows: [N] which problems they are.
        live: [N] whether they have not stopped.
        points: [P, N].
        values: [N].
        gradients: [P, N].
        curvatures: [P, P, N], the lower triangle.
        scales: [P, N] the first curvatures' diagonal.
        low, high: [P, N] bounds.
        damping: [N].
        fallen: [N] the last decrease.
        moves: [P, N] the next steps.
        images: [P, N] the curvatures times these.
        bends: [N] the products of both.
        predicted: [N] the decrease that the quadratic model expects.
    """

    rows: Ints
    live: Bools
    points: Floats
    values: Floats
    gradients: Floats
    curvatures: Floats
    scales: Floats
    low: Floats
    high: Floats
    damping: Floats
    fallen: Floats
    moves: Floats
    images: Floats
    bends: Floats
    predicted: Floats

    @classmethod
    def begin(
        cls, points: Floats, values: Floats, gradients: Floats, curvatures: Floats, low: Floats, high: Floats
    ) -> _Running:
        places, width = np.arange(len(points)), points.shape[1]
        scales = curvatures[places, places].copy()
        damping, fallen = np.full(width, DAMPING), np.full(width, np.inf)
        moves, images, bends, predicted = np.zeros_like(points), np.zeros_like(points), np.zeros(width), np.zeros(width)
        return cls(
            np.arange(width),
            np.isfinite(values),
            points,
            values,
            gradients,
            curvatures,
            scales,
            low,
            high,
            damping,
            fallen,
            moves,
            images,
            bends,
            predicted,
        )

    def only(self, keep: Bools) -> _Running:
        columns = np.flatnonzero(keep)
        return _Running(*(getattr(self, name).take(columns, axis=-1) for name in _Running.__slots__))

    def thinned(self) -> _Running:
        """Leave the stopped problems behind once they are many."""
        return self.only(self.live) if np.count_nonzero(self.live) <= (1.0 - CROWD) * len(self.live) else self

    def stop(self, which: Bools, settled: Bools, final: Descent) -> None:
        """Note where some of the live problems end."""
        columns = np.flatnonzero(which & self.live)
        rows = self.rows[columns]
        final.points[:, rows], final.values[rows] = self.points[:, columns], self.values[columns]
        final.converged[rows] = settled[columns]
        self.live[columns] = False

    def plan(self) -> Floats:
        """Choose the next steps, and return what full ones are expected to gain [N]."""
        self.moves, self.images = _moves(self)
        self.bends = dot(self.moves, self.images)
        self.predicted = -dot(self.gradients, self.moves) - 0.5 * self.bends
        # a damped step predicts less than the full one by about this factor
        return np.asarray(np.abs(self.predicted) * (1.0 + self.damping))

    def move(self, slopes: Slopes) -> None:
        """Try the steps, keep what is better, and learn from both."""
        trial = np.clip(self.points + self.moves, self.low, self.high)
        values, gradients = slopes(trial, self.rows)
        self.fallen = np.where(np.isfinite(values), self.values - values, -np.inf)
        better = self.fallen > 0
        _carry(self, gradients - self.gradients, np.isfinite(values))
        self.points = np.where(better, trial, self.points)
        self.values = np.where(better, values, self.values)
        self.gradients = np.where(better, gradients, self.gradients)
        ratio = self.fallen / np.maximum(self.predicted, 1e-300)
        calmer = np.where(ratio > 0.75, np.maximum(0.125 * self.damping, 1e-9), self.damping)
        self.damping = np.where(ratio > 0.25, calmer, np.maximum(6.0 * self.damping, WARY))


def descend(
    objective: Objective,
    slopes: Slopes,
    start: Floats,
    lower: Floats,
    upper: Floats,
    tolerance: float = 1e-8,
    limit: int = 60,
    hopeless: Hopeless | None = None,
) -> Descent:
    """Minimise every problem from its start within its bounds.

    Args:
        objective: values, gradients and curvatures; asked for at the starts.
        slopes: values and gradients; asked for from then on.
        start: [P, N] first points; moved into the bounds.
        lower: [P, N] lower bounds.
        upper: [P, N] upper bounds; equal to the lower bound where a coordinate is fixed.
        tolerance: a problem stops when its predicted and its last decrease are below this.
        limit: evaluations after which a problem stops in any case.
        hopeless: tells which problems can be left where they are.
    """
    count = start.shape[1]
    points = np.clip(start, lower, upper)
    final = Descent(points.copy(), np.full(count, np.inf), np.ones(count, np.int64), np.zeros(count, np.bool_))
    with np.errstate(all="ignore"):
        values, gradients, curvatures = objective(points, np.arange(count))
        now = _Running.begin(points, values, gradients, curvatures, lower, upper)
        for _ in range(limit):
            gain = now.plan()
            sure = now.damping <= DAMPING
            settled = (gain < AHEAD * tolerance) & (now.fallen < SETTLING) & sure
            settled |= (gain < tolerance) & (now.fallen < tolerance)
            done = settled | (now.damping > 1e12)
            if hopeless is not None:
                reach = np.where(sure, now.values - REACH * gain, -np.inf)
                done |= hopeless(np.where(now.live, now.values, np.inf), reach, now.points, now.scales, now.rows)
            now.stop(done, settled, final)
            now = now.thinned()
            if not len(now.rows):
                return final
            final.steps[now.rows[now.live]] += 1
            now.move(slopes)
        now.stop(now.live, ~now.live, final)
    return final


def _moves(now: _Running) -> tuple[Floats, Floats]:
    """Return damped Newton steps inside the bounds and the curvatures' product with them, both [P, N].

    What would leave the bounds is held there, and the rest solved again. A curvature that is no longer definite is
    replaced by the diagonal of the first one.
    """
    moves, definite = _bounded(now)
    if not definite.all():
        spoilt = np.flatnonzero(~definite)
        now.curvatures[:, :, spoilt] = 0.0
        for j, scale in enumerate(now.scales):
            now.curvatures[j, j, spoilt] = scale[spoilt]
        moves[:, spoilt], _ = _bounded(now.only(~definite))
    return moves, product(now.curvatures, moves)


def _bounded(now: _Running) -> tuple[Floats, Bools]:
    held = (now.points <= now.low) & (now.gradients >= 0)
    held |= (now.points >= now.high) & (now.gradients <= 0)
    moves, definite = _solve_free(now, held, None)
    for _ in range(2):
        goal = now.points + moves
        below, above = ~held & (goal < now.low), ~held & (goal > now.high)
        again: Bools = np.asarray((below | above).any(axis=0))
        if not again.any():
            break
        held |= below | above
        moves = np.where(below, now.low - now.points, np.where(above, now.high - now.points, moves))
        fixed = np.where(held, moves, 0.0)[:, again]
        moves[:, again], good = _solve_free(now.only(again), held[:, again], fixed)
        definite[again] &= good
    return moves, definite


def _solve_free(now: _Running, held: Bools, fixed: Floats | None) -> tuple[Floats, Bools]:
    """Return the damped Newton step of the coordinates that are not held, and what is `fixed` for the others."""
    free = ~held
    right = -now.gradients
    if fixed is not None:
        right -= product(now.curvatures, fixed)
    right *= free
    matrices = now.curvatures.copy()
    touched: Bools = np.asarray(held.any(axis=1))
    for j in range(len(held)):
        if touched[j]:
            matrices[j:, j] *= free[j]
            matrices[j, :j] *= free[j]
        matrices[j, j] += np.where(held[j], 1.0, now.damping * now.scales[j] + 1e-300)
    step, definite = solve_symmetric(matrices, right)
    return step if fixed is None else fixed + step, definite


def _carry(now: _Running, changes: Floats, usable: Bools) -> None:
    """Update the curvatures by BFGS after moves d (images H d, bends d'H d) that changed the gradients by `changes`."""
    moves, image, bend = now.moves, now.images, now.bends
    gain = dot(moves, changes)
    usable = usable & np.isfinite(gain) & (bend > 0)
    share = np.where(gain >= 0.1 * bend, 1.0, 0.9 * bend / (bend - gain))
    changes = share * changes + (1.0 - share) * image
    gain = share * gain + (1.0 - share) * bend
    usable &= gain > 0
    changes, image = np.where(usable, changes, 0.0), np.where(usable, image, 0.0)
    first, second = changes / np.where(usable, gain, 1.0), image / np.where(usable, bend, 1.0)
    for j in range(len(moves)):
        now.curvatures[j:, j] += changes[j:] * first[j]
        now.curvatures[j:, j] -= image[j:] * second[j]
