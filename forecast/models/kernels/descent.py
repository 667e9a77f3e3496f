"""Bounded minimisation of many small smooth problems at once.

Projected Levenberg-Marquardt (Moré 1978; Bertsekas 1982 for the bounds) whose curvature is the one the caller knows
(Gauss-Newton) plus a secant estimate of what it leaves out (structured BFGS, Dennis, Martinez and Tapia 1989). Each
problem has its own damping and its own active bounds, and leaves the batch when it has converged. All operations are
element by element along the batch, hence the result of one problem never depends on its neighbours.
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


def descend(
    objective: Objective,
    start: Floats,
    lower: Floats,
    upper: Floats,
    tolerance: float = 1e-8,
    limit: int = 60,
) -> Descent:
    """Minimise every problem from its start within its bounds.

    Args:
        objective: values, gradients and curvatures of the problems asked for.
        start: [P, N] first points; moved into the bounds.
        lower: [P, N] lower bounds.
        upper: [P, N] upper bounds; equal to the lower bound where a coordinate is fixed.
        tolerance: a problem stops when its predicted and its last decrease are below this.
        limit: evaluations after which a problem stops in any case.
    """
    count = start.shape[1]
    points, low, high = np.clip(start, lower, upper), lower, upper
    rows = np.arange(count)
    with np.errstate(all="ignore"):
        values, gradients, known = objective(points, rows)
        final = Descent(points.copy(), np.full(count, np.inf), np.ones(count, np.int64), np.zeros(count, np.bool_))
        learnt, damping = np.zeros_like(known), np.full(count, 1e-3)
        stop = ~np.isfinite(values)
        for _ in range(limit):
            if stop.any():
                done, keep = rows[stop], ~stop
                final.points[:, done], final.values[done] = points[:, stop], values[stop]
                rows, points, values, damping = rows[keep], points[:, keep], values[keep], damping[keep]
                gradients, known, learnt = gradients[:, keep], known[:, :, keep], learnt[:, :, keep]
                low, high = low[:, keep], high[:, keep]
            if not len(rows):
                break
            curvatures = known + learnt
            moves, definite = _moves(points, gradients, curvatures, known, damping, low, high)
            if not definite.all():
                # what was learnt has spoilt the curvature: forget it
                spoilt = ~definite
                learnt[:, :, spoilt] = 0.0
                curvatures[:, :, spoilt] = part = known[:, :, spoilt]
                moves[:, spoilt], _ = _moves(
                    points[:, spoilt],
                    gradients[:, spoilt],
                    part,
                    part,
                    damping[spoilt],
                    low[:, spoilt],
                    high[:, spoilt],
                )
            predicted = -_dot(gradients, moves) - 0.5 * _dot(moves, _product(curvatures, moves))
            trial = np.clip(points + moves, low, high)
            new_values, new_gradients, new_known = objective(trial, rows)
            final.steps[rows] += 1
            decrease = np.where(np.isfinite(new_values), values - new_values, -np.inf)
            better = decrease > 0
            update = _secant(trial - points, new_gradients - gradients, new_known, learnt)
            points = np.where(better, trial, points)
            values = np.where(better, new_values, values)
            gradients = np.where(better, new_gradients, gradients)
            known = np.where(better, new_known, known)
            learnt = np.where(better, update, learnt)
            ratio = decrease / np.maximum(predicted, 1e-300)
            # a damped step predicts less than the full one by about this factor
            settled = (predicted * (1.0 + damping) < tolerance) & (decrease < tolerance)
            final.converged[rows] = settled
            damping = np.where(ratio > 0.75, damping / 8.0, np.where(ratio > 0.25, damping, damping * 6.0))
            damping = np.maximum(damping, 1e-9)
            stop = settled | (damping > 1e12)
        final.points[:, rows], final.values[rows] = points, values
    final.values[~np.isfinite(final.values)] = np.inf
    return final


def solve_symmetric(matrices: Floats, right: Floats) -> tuple[Floats, Bools]:
    """Solve A x = b for positive definite A [P, P, N] and b [P, N] by LDL' along the batch.

    Returns x and whether no pivot was negative; a pivot that is not positive gives zero. Only the lower triangle is
    read. Both arguments are overwritten.
    """
    size = len(right)
    definite = np.ones(right.shape[1], np.bool_)
    inverse = np.empty_like(right)
    factors = []
    for j in range(size):
        pivot = matrices[j, j]
        inverse[j] = np.divide(1.0, pivot, out=np.zeros_like(pivot), where=pivot > 0)
        definite &= pivot >= 0
        factor = matrices[j + 1 :, j] * inverse[j]
        for i in range(j + 1, size):
            matrices[i:, i] -= factor[i - j - 1 :] * matrices[i, j]
        right[j + 1 :] -= factor * right[j]
        factors.append(factor)
    right *= inverse
    for j in range(size - 1, 0, -1):
        for i in range(j):
            right[i] -= factors[i][j - i - 1] * right[j]
    return right, definite


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


def _moves(
    points: Floats, gradients: Floats, curvatures: Floats, scales: Floats, damping: Floats, low: Floats, high: Floats
) -> tuple[Floats, Bools]:
    """Return damped Newton steps inside the bounds, and whether the curvature was definite.

    What would leave the bounds is held there, and the rest solved again.
    """
    definite = np.ones(points.shape[1], np.bool_)
    held = ((points <= low) & (gradients >= 0)) | ((points >= high) & (gradients <= 0))
    moves = np.zeros_like(points)
    for _ in range(3):
        # held coordinates move by what is decided, which shifts the others' right side
        right = -gradients - _product(curvatures, moves)
        free = ~held
        right *= free
        matrices = curvatures.copy()
        for j in range(len(points)):
            matrices[j:, j] *= free[j]
            matrices[j, :j] *= free[j]
            matrices[j, j] += np.where(held[j], 1.0, damping * scales[j, j] + 1e-300)
        change, good = solve_symmetric(matrices, right)
        moves += change
        definite &= good
        below, above = free & (points + moves < low), free & (points + moves > high)
        if not (below.any() or above.any()):
            break
        held |= below | above
        moves = np.where(below, low - points, np.where(above, high - points, np.where(held, moves, 0.0)))
    return moves, definite


def _secant(moves: Floats, changes: Floats, known: Floats, learnt: Floats) -> Floats:
    """Return the learnt curvature after a move that changed the gradient by `changes`; forgotten where impossible."""
    curvatures = known + learnt
    image = _product(curvatures, moves)
    bend, gain = _dot(moves, image), _dot(moves, changes)
    usable = (gain > 1e-12 * np.abs(bend)) & (bend > 1e-3 * _dot(moves, _product(known, moves))) & (bend > 0)
    usable &= np.isfinite(gain) & np.isfinite(bend)
    bend, gain = np.where(usable, 1.0 / bend, 0.0), np.where(usable, 1.0 / gain, 0.0)
    image, changes = np.where(usable, image, 0.0), np.where(usable, changes, 0.0)
    update = np.where(usable, learnt, 0.0)
    for j in range(len(moves)):
        update[j:, j] += changes[j:] * (changes[j] * gain) - image[j:] * (image[j] * bend)
    return update
