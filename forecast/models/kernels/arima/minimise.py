"""Minimisation of many small smooth problems of one kind by BFGS, in a pool that problems enter and leave at any time.

Each problem has its own inverse Hessian, direction and step length. One that has converged leaves the pool, and
another may take its place: a batch is not held up by its slowest problem. Steps are capped, because a likelihood that
is flat towards a unit root would otherwise be left in one leap; after a step that was too long the cap is twice the
step found instead, and every full step doubles it again. Otherwise each second step along a narrow valley would be too
long once more. All operations are element by element along the batch: no problem can tell who its neighbours are.

Gauss-Newton and Levenberg-Marquardt steps converge linearly here (short series leave large residuals); the secant
updates need two thirds of their evaluations.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Objective = Callable[[Floats, Ints], tuple[Floats, Floats]]
"""(points [K, M], tags [L, M]) -> values [M], infinite where inadmissible, and gradients [K, M] of the problems."""

DECREASE = 1e-4
STRIDE = 0.5
"""The most that a step may change a coordinate."""
LIMIT = 80
SCALARS = 6
"""Numbers that each problem has whatever its coordinates."""
REACH = 5.0
"""A problem is taken to be able to fall by this many times its last fall and what its quadratic model predicts."""
UNTRIED = 4.0
"""By how much more at the first point, where the model has seen nothing of the problem yet."""


class Pool:
    """Problems under way."""

    def __init__(self, objective: Objective, size: int, tags: int, tolerance: float) -> None:
        """Make an empty pool for problems of `size` coordinates K with `tags` numbers L that tell which they are.

        A problem stops when its last and its predicted decrease are below the tolerance, or after LIMIT evaluations.
        """
        self._objective, self._tolerance = objective, tolerance
        self._size, self._labels = size, tags
        self._hold(np.empty((tags + SCALARS + 4 * size + size * size, 0)))

    def __len__(self) -> int:
        return len(self._value)

    def _hold(self, state: Floats) -> None:
        """Name the rows of the state [R, N]: one array, so that problems enter and leave in one movement."""
        self._state = state
        self._tags: Ints = state[: self._labels].astype(np.int64)
        first, size, many = self._labels, self._size, state.shape[1]
        scalars = state[first : first + SCALARS]
        self._value, self._slope, self._length, self._goal, self._spent, self._stride = scalars
        first += SCALARS
        self._at, self._bounds, self._gradient, self._move = state[first : first + 4 * size].reshape(4, size, many)
        self._hessian = state[first + 4 * size :].reshape(size, size, many)

    def put(self, tags: Ints, start: Floats, bounds: Floats, curvature: Floats, goal: Floats) -> None:
        """Let problems in.

        Args:
            tags: [L, M] which they are.
            start: [K, M] first points.
            bounds: [K, M] coordinates stay within plus and minus these; zero holds one where it is.
            curvature: [K, M] the order of the second derivatives at the start.
            goal: [M] a problem is left where it can hardly get below this any more.
        """
        size, count = start.shape
        hessian, unmoved, none = np.zeros((size * size, count)), np.zeros((2 * size, count)), np.zeros(count)
        hessian[:: size + 1] = 1.0 / curvature
        scalars = np.full(count, np.inf), none, np.ones(count), goal, none, np.full(count, STRIDE)
        fresh = np.vstack([tags, *scalars, np.clip(start, -bounds, bounds), bounds, unmoved, hessian])
        self._hold(np.hstack([self._state, fresh]))

    def step(self) -> tuple[Ints, Floats, Floats]:
        """Evaluate every problem once; return those that are done: tags [L, D], points [K, D] and values [D].

        A value is infinite where no admissible point was met. One alone is worked on twice, for a sum over a single
        column is rounded in another way.
        """
        alone = len(self) == 1
        if alone:
            self._hold(np.repeat(self._state, 2, axis=1))
        with np.errstate(all="ignore"):
            done = self._step()
        if alone:
            done[1] = True
        ended, left = np.flatnonzero(done), np.flatnonzero(~done)
        if alone:
            ended = ended[ended < 1]
        finished = self._tags[:, ended], self._at[:, ended], self._value[ended]
        if len(left) < len(self):
            self._hold(self._state.take(left, axis=1, mode="clip"))  # none to clip, but that way is faster
        return finished

    def _step(self) -> Bools:
        trial = self._length * self._move
        trial += self._at
        np.maximum(trial, -self._bounds, out=trial)
        np.minimum(trial, self._bounds, out=trial)
        value, gradient = self._objective(trial, self._tags)
        gradient *= self._bounds > 0
        step, change = trial - self._at, gradient - self._gradient
        gain, decrease = _dot(self._gradient, step), self._value - value
        accepted = decrease >= -DECREASE * gain  # infinite at first, not a number where both values are infinite
        _update(self._hessian, step, change, accepted, gain)
        for kept, now in ((self._at, trial), (self._value, value), (self._gradient, gradient)):
            np.copyto(kept, now, where=accepted)
        self._widen(step, accepted)
        refused = np.flatnonzero(~accepted)
        shorter = _shorter(self._length[refused], self._slope[refused], decrease[refused])
        self._length[:] = 1.0
        self._length[refused] = shorter
        # nothing that these depend on has changed where the step was refused
        self._move[:], self._slope[:] = self._direction()
        expected = -0.5 * self._slope
        done = (decrease < self._tolerance) | (expected < 0.01 * self._tolerance)
        done &= expected < self._tolerance
        fall = np.maximum(np.where(np.isposinf(decrease), UNTRIED * expected, decrease), expected)
        done |= self._value - REACH * fall > self._goal
        done[refused] = -gain[refused] < self._tolerance * 1e-3
        self._spent += 1
        done |= self._spent >= LIMIT
        return np.asarray(done)

    def _widen(self, step: Floats, accepted: Bools) -> None:
        """Cap the next steps at twice the last one where it had to be shortened, at twice the last cap elsewhere."""
        reached = np.abs(step).max(axis=0, initial=0.0)
        widened = 2.0 * np.where(self._length < 1.0, reached, self._stride)
        np.copyto(self._stride, np.minimum(widened, STRIDE), where=accepted)

    def _direction(self) -> tuple[Floats, Floats]:
        """Return the capped quasi-Newton step, without what would leave the bounds, and the slope along it."""
        move = np.einsum("ijn,jn->in", self._hessian, self._gradient)
        np.negative(move, out=move)
        self._hold_back(move)
        slope = _dot(self._gradient, move)
        uphill = slope > 0
        if uphill.any():
            steepest = -self._gradient / np.maximum(1.0, np.abs(self._gradient).max(axis=0, initial=0.0))
            np.copyto(move, steepest, where=uphill)
            self._hold_back(move)
            np.copyto(slope, _dot(self._gradient, move), where=uphill)
        cap = self._stride / np.maximum(np.abs(move).max(axis=0, initial=0.0), self._stride)
        move *= cap
        slope *= cap
        return move, slope

    def _hold_back(self, move: Floats) -> None:
        """Set to zero what would leave the bounds."""
        out = np.abs(self._at) >= self._bounds
        out &= self._at * move >= 0
        np.copyto(move, 0.0, where=out)


def _update(hessian: Floats, step: Floats, change: Floats, accepted: Bools, gain: Floats) -> None:
    """Apply the BFGS formula to the inverse Hessians in place, where the slope along the step has clearly risen.

    `gain` [N] is the slope before the step, times its length. A first point takes no step to learn from.
    """
    bend = _dot(step, change)
    usable = accepted & (bend > 1e-10 * np.abs(gain))
    share = np.where(usable, 1.0 / bend, 0.0)
    turned = np.einsum("ijn,jn->in", hessian, change)
    half = (0.5 * (1.0 + _dot(change, turned) * share) * share) * step
    turned *= share
    half -= turned
    outer = half[:, None] * step
    hessian += outer
    hessian += outer.transpose(1, 0, 2)


def _shorter(length: Floats, slope: Floats, decrease: Floats) -> Floats:
    """Return the step length at the minimum of the parabola through what is known, between a tenth and a half."""
    excess = -decrease - slope * length
    usable = np.isfinite(excess) & (excess > 0)
    guess = -0.5 * slope * length * length / np.where(usable, excess, 1.0)
    return np.where(usable, np.clip(guess, 0.1 * length, 0.5 * length), 0.2 * length)


def _dot(left: Floats, right: Floats) -> Floats:
    """Return the inner products [N]."""
    return np.asarray(np.einsum("kn,kn->n", left, right))
