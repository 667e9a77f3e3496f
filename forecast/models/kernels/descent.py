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
REACH = 5.0
"""A problem is taken to be able to fall by this many times its last fall and what its quadratic model predicts."""
CROWD = 0.125
"""Stopped problems are carried along until they are this share of the batch: moving the others costs too."""
NARROW = 512
"""Batches below this are solved with fewer, larger operations: calls then cost more than sums."""


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
    """The problems under way, one a column: where they stand and what is known there."""

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

    def only(self, keep: Bools) -> _Running:
        columns = np.flatnonzero(keep)
        return _Running(*(getattr(self, name).take(columns, axis=-1) for name in _Running.__slots__))


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
    points, rows = np.clip(start, lower, upper), np.arange(count)
    final = Descent(points.copy(), np.full(count, np.inf), np.ones(count, np.int64), np.zeros(count, np.bool_))
    with np.errstate(all="ignore"):
        values, gradients, curvatures = objective(points, rows)
        final.values[:] = np.where(np.isfinite(values), values, np.inf)
        scales = curvatures[np.arange(len(start)), np.arange(len(start))].copy()
        damping = np.full(count, DAMPING)
        now = _Running(rows, np.isfinite(values), points, values, gradients, curvatures, scales, lower, upper, damping)
        if hopeless is not None:
            hopeless(values, np.full(count, -np.inf), points, scales, rows)
        for _ in range(limit):
            if np.count_nonzero(now.live) <= (1.0 - CROWD) * len(now.live):
                now = now.only(now.live)
            if not len(now.rows):
                break
            moves, image = _moves(now)
            bend = _dot(moves, image)
            predicted = -_dot(now.gradients, moves) - 0.5 * bend
            trial = np.clip(now.points + moves, now.low, now.high)
            values, gradients = slopes(trial, now.rows)
            decrease = np.where(np.isfinite(values), now.values - values, -np.inf)
            better = decrease > 0
            _carry(now, moves, image, bend, gradients - now.gradients, np.isfinite(values))
            now.points = np.where(better, trial, now.points)
            now.values = np.where(better, values, now.values)
            now.gradients = np.where(better, gradients, now.gradients)
            # a damped step predicts less than the full one by about this factor
            within = np.abs(predicted) * (1.0 + now.damping)
            settled = (within < tolerance) & (decrease < tolerance)
            ratio = decrease / np.maximum(predicted, 1e-300)
            calmer = np.where(ratio > 0.75, np.maximum(0.125 * now.damping, 1e-9), now.damping)
            now.damping = np.where(ratio > 0.25, calmer, np.maximum(6.0 * now.damping, WARY))
            stop = settled | (now.damping > 1e12)
            if hopeless is not None:
                sure = (ratio > 0.25) & (ratio < 4.0) & (now.damping <= DAMPING)
                reach = np.where(sure, now.values - REACH * np.maximum(within, decrease), -np.inf)
                stop |= hopeless(np.where(now.live, now.values, np.inf), reach, now.points, now.scales, now.rows)
            live = now.rows[now.live]
            final.steps[live] += 1
            final.converged[live] = settled[now.live]
            final.points[:, live], final.values[live] = now.points[:, now.live], now.values[now.live]
            now.live &= ~stop
    return final


def solve_symmetric(matrices: Floats, right: Floats) -> tuple[Floats, Bools]:
    """Solve A x = b for positive definite A [P, P, N] and b [P, N] by LDL' along the batch.

    Returns x and whether no pivot was negative; a pivot that is not positive gives zero. Only the lower triangle is
    read. Both arguments are overwritten.
    """
    size, width = right.shape
    definite = np.ones(width, np.bool_)
    inverse = np.zeros_like(right)
    for j in range(size):
        pivot = matrices[j, j]
        np.divide(1.0, pivot, out=inverse[j], where=pivot > 0)
        definite &= pivot >= 0
        column = matrices[j + 1 :, j]
        factor = column * inverse[j]
        if width < NARROW:
            matrices[j + 1 :, j + 1 :] -= factor[:, None] * column
        else:
            for i in range(j + 1, size):
                matrices[i:, i] -= factor[i - j - 1 :] * matrices[i, j]
        right[j + 1 :] -= factor * right[j]
        column[...] = factor
    right *= inverse
    for j in range(size - 1, 0, -1):
        right[:j] -= matrices[j, :j] * right[j]
    return right, definite


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
    return moves, _product(now.curvatures, moves)


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
        right -= _product(now.curvatures, fixed)
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


def _carry(now: _Running, moves: Floats, image: Floats, bend: Floats, changes: Floats, usable: Bools) -> None:
    """Update the curvatures by BFGS after moves d (image H d, bend d'H d) that changed the gradients by `changes`."""
    gain = _dot(moves, changes)
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


def _dot(left: Floats, right: Floats) -> Floats:
    """Return the inner products [N], summed in the order of the rows."""
    total = left[0] * right[0]
    for one, other in zip(left[1:], right[1:], strict=True):
        total += one * other
    return np.asarray(total)


def _product(matrices: Floats, vectors: Floats) -> Floats:
    """Return A x [P, N], reading the lower triangle of A."""
    out = np.zeros_like(vectors)
    for j in range(len(vectors)):
        out[j:] += matrices[j:, j] * vectors[j]
        out[:j] += matrices[j, :j] * vectors[j]
    return out
