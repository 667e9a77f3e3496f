"""Quadratics with absolute-value penalties, many at once: the slope changes at a given noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.models.kernels.prophet.quadratic import Bools, Ints, Quadratic, packed
from forecast.quantiles import Floats

BLOCK = 256
"""Windows moved at a time, so that their systems stay near the processor."""


def minimise(problem: Quadratic, variance: Floats, start: Floats) -> Floats:
    """Minimise squares(x) / 2 + v (sum ridge x^2 / 2 + sum weight |x|) for every window, v its variance.

    A feature-sign search: solve on the coefficients in use with their signs held, stop at the first that would
    change sign and let it go, else admit the one whose gradient breaks its bound most. Each move lowers the
    objective, so the search ends at the minimum; it takes as many solves as coefficients come and go.

    Args:
        problem: the quadratics and the weights of the penalties.
        variance: [B].
        start: [B, P] where to begin; its non-zeros are in use.

    Source: Lee, Battle, Raina and Ng (2006), Efficient sparse coding algorithms.
    """
    always = problem.weight == 0
    x, used, signs = start.copy(), always | (start != 0), np.sign(start)
    barred = np.zeros_like(used)  # rounding admitted them though they cannot move
    bound = variance[:, None] * problem.weight
    slack = bound * (1.0 + 1e-9) + 1e-14 * np.abs(problem.pull).max(axis=1, keepdims=True, initial=0.0)
    state = _State(x, used, signs, barred, bound, slack)
    rows = np.arange(len(x))
    for _ in range(4 * x.shape[1] + 20):
        if not len(rows):
            break
        alike = rows[np.argsort(used[rows].sum(axis=1), kind="stable")]  # so that little of a block is padding
        blocks = [alike[first : first + BLOCK] for first in range(0, len(alike), BLOCK)]
        rows = np.concatenate([_move(problem, variance, state, block) for block in blocks])
    return x


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Where the search stands, [B, P] and changed in place, and the bounds of the gradient without and with slack."""

    x: Floats
    used: Bools
    signs: Floats
    barred: Bools
    bound: Floats
    slack: Floats


def _move(problem: Quadratic, variance: Floats, state: _State, rows: Ints) -> Ints:
    """Make one move for some windows; return those that are not at their minimum yet."""
    x, used, signs = state.x, state.used, state.signs
    here, kind, at = np.arange(len(rows)), problem.kind[rows], rows[:, None]
    part, order = packed(used[rows])
    sign = np.where(part, signs[at, order], 0.0)
    matrix = problem.gram[kind[:, None, None], order[:, :, None], order[:, None, :]]
    matrix *= part[:, :, None] & part[:, None, :]
    turn = np.arange(order.shape[1])
    matrix[:, turn, turn] += np.where(part, variance[at] * problem.ridge[order], 1.0)
    wanted = np.where(part, problem.pull[at, order] - state.bound[at, order] * sign, 0.0)
    full = solve(matrix, wanted)

    old = x[at, order]
    against = (full * sign <= 0) & (sign != 0)
    reach = np.where(against, np.abs(old) / np.maximum(np.abs(old - full), 1e-300), np.inf)
    first = np.argmin(reach, axis=1)
    blocked = against[here, first]
    share = np.where(blocked, reach[here, first], 1.0)
    full = np.where(blocked[:, None], old + share[:, None] * (full - old), full)
    gone = rows[blocked], order[here, first][blocked]
    full[here[blocked], first[blocked]] = 0.0
    x[at, order] = full
    used[gone], signs[gone], state.barred[gone] = False, 0.0, share[blocked] == 0

    slope = problem.pull[rows]
    for j in range(order.shape[1]):
        slope -= full[:, j, None] * problem.gram[kind, order[:, j]]
    excess = np.where(used[rows] | state.barred[rows], -np.inf, np.abs(slope) - state.slack[rows])
    worst = np.argmax(excess, axis=1)
    admit = ~blocked & (excess[here, worst] > 0)
    come = rows[admit], worst[admit]
    used[come], signs[come] = True, np.sign(slope[here, worst][admit])
    return np.asarray(rows[blocked | admit])


def solve(matrix: Floats, wanted: Floats) -> Floats:
    """Solve positive definite systems [B, p, p] x = [B, p].

    Elementwise elimination with the batch innermost: a row's digits depend neither on its neighbours nor on padding
    with unit rows.
    """
    a = np.ascontiguousarray(np.moveaxis(matrix, 0, -1))  # [p, p, B]
    x = np.ascontiguousarray(wanted.T)  # [p, B]
    p = len(a)
    floor = 1e-14 * a[np.arange(p), np.arange(p)]
    for j in range(p):
        pivot = np.maximum(a[j, j], floor[j])
        a[j, j] = pivot
        factor = a[j + 1 :, j] / pivot  # [p - j - 1, B]
        a[j + 1 :, j + 1 :] -= factor[:, None] * a[j, j + 1 :]
        x[j + 1 :] -= factor * x[j]
    for j in range(p - 1, -1, -1):
        x[j] /= a[j, j]
        x[:j] -= a[:j, j] * x[j]
    return np.ascontiguousarray(x.T)
