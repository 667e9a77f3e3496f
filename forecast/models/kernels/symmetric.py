"""Algebra with many small symmetric matrices at once, of which the lower triangles are read.

All operations are element by element along the batch, hence the result of one never depends on its neighbours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NARROW = 512
"""Batches below this are solved with fewer, larger operations: calls then cost more than sums."""


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


def dot(left: Floats, right: Floats) -> Floats:
    """Return the inner products [N], summed in the order of the rows."""
    total = left[0] * right[0]
    for one, other in zip(left[1:], right[1:], strict=True):
        total += one * other
    return np.asarray(total)


def product(matrices: Floats, vectors: Floats) -> Floats:
    """Return A x [P, N], reading the lower triangle of A."""
    out = np.zeros_like(vectors)
    for j in range(len(vectors)):
        out[j:] += matrices[j:, j] * vectors[j]
        out[:j] += matrices[j, :j] * vectors[j]
    return out
