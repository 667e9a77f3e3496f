"""Residual squares of many windows as quadratics in their coefficients, in tables that alike windows share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.prophet.posterior import objective
from forecast.quantiles import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Quadratic:
    """For window b of kind l: rest[b] + |target[b] - sum over p of x[b, p] columns[l, p]|^2.

    The regressors are in triangular form, so R is P however long the windows are. Sums run over the coefficients in
    use, one after the other: a window's digits depend neither on its neighbours nor on columns of zeros.

    Attributes:
        kind: [B] which of the L tables a window uses.
        columns: [L, P, R] one row a coefficient.
        gram: [L, P, P] products of the columns.
        target: [B, R].
        pull: [B, P] products of columns and target.
        rest: [B] squares that no coefficients explain.
        count: [B] values behind each window.
        ridge: [P] weights of the squares in the prior.
        weight: [P] weights of the absolute values; 0 for a coefficient that is always in use.
    """

    kind: Ints
    columns: Floats
    gram: Floats
    target: Floats
    pull: Floats
    rest: Floats
    count: Ints
    ridge: Floats
    weight: Floats

    @classmethod
    def of(cls, parts: Iterable[tuple[Floats, Floats]], ridge: Floats, weight: Floats) -> Quadratic:
        """Reduce regressions to one batch in the order given.

        Each part has values [B, N] and regressors: [N, P] that its windows share, or [B, N, P] of their own.
        """
        kind, columns, target, pull, rest, count = [], [], [], [], [], []
        tables = 0
        for regressors, values in parts:
            own = regressors.ndim == 3
            stacked = regressors if own else regressors[None]
            real = np.flatnonzero(np.any(stacked, axis=(0, 1)))
            basis, root = np.linalg.qr(stacked[:, :, real])
            rank = root.shape[1]
            wide = np.zeros((len(stacked), len(ridge), len(ridge)))
            wide[:, real, :rank] = np.swapaxes(root, 1, 2)
            seen = np.zeros((len(values), len(ridge)))
            seen[:, :rank] = (np.swapaxes(basis, 1, 2) @ values[..., None])[..., 0]
            left = values - (basis @ seen[:, :rank, None])[..., 0]
            kind.append(tables + (np.arange(len(values)) if own else np.zeros(len(values), np.int64)))
            tables += len(stacked)
            columns.append(wide)
            target.append(seen)
            pull.append((wide @ seen[..., None])[..., 0])
            rest.append(dot(left, left))
            count.append(np.full(len(values), values.shape[1]))
        table = np.concatenate(columns)
        return cls(
            np.concatenate(kind),
            table,
            table @ np.swapaxes(table, 1, 2),
            np.concatenate(target),
            np.concatenate(pull),
            np.concatenate(rest),
            np.concatenate(count),
            ridge,
            weight,
        )

    def take(self, rows: Ints) -> Quadratic:
        """Return the same problems for some windows."""
        return replace(
            self,
            kind=self.kind[rows],
            target=self.target[rows],
            pull=self.pull[rows],
            rest=self.rest[rows],
            count=self.count[rows],
        )

    def squares(self, x: Floats) -> Floats:
        """[B] residual squares at the coefficients x [B, P]."""
        _, order = packed(x != 0)
        left, rows = self.target.copy(), np.arange(len(x))
        for j in range(order.shape[1]):
            left -= x[rows, order[:, j], None] * self.columns[self.kind, order[:, j]]
        return self.rest + dot(left, left)

    def cost(self, variance: Floats, x: Floats) -> Floats:
        """[B] minus the log posterior."""
        return objective(self.squares(x), variance, x, self.ridge, self.weight, self.count)


def packed(used: Bools) -> tuple[Bools, Ints]:
    """Bring the columns in use to the front: which places are real, and which columns they are; both [B, p]."""
    width = int(used.sum(axis=1).max(initial=1))
    order = np.argsort(~used, axis=1, kind="stable")[:, :width]
    return used[np.arange(len(used))[:, None], order], order


def dot(a: Floats, b: Floats) -> Floats:
    """Sum products over the last axis, each row on its own."""
    return np.asarray((a[..., None, :] @ b[..., :, None])[..., 0, 0])
