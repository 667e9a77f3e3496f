"""Division by moving-average operators along time, several steps at once.

x_t = e_t - c_1 x_{t-1} - .. - c_q x_{t-q} is linear: the next b values are one matrix times the q values before them
and b values of e. The matrix is the response to each of these, found by b steps of the recursion itself. Longer blocks
take fewer steps, which narrow batches wait for, and more products, which wide ones do.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLOCK = 3
NARROW = 128
"""Numbers in a row below which calls cost more than sums."""


def lagged(values: Floats, depth: int, first: int = 0) -> Floats:
    """Return a view [T, depth, N] of values [T, N], `first` and more steps ago; zero before the start."""
    before = first + max(depth - 1, 0)
    padded = np.zeros((before + len(values), values.shape[1]))
    padded[before:] = values
    step, column = padded.strides
    shape = (len(values), depth, values.shape[1])
    return np.ndarray(shape, np.float64, padded, (before - first) * step, (step, -step, column))


def running(values: Floats) -> Floats:
    """Turn values [T, ...] into their running sums in place, where rows are wide by a third of the time of `cumsum`."""
    if values[:1].size < NARROW:
        return np.cumsum(values, axis=0, out=values)
    for before, now in pairwise(values):
        now += before
    return values


def responses(operator: Floats) -> Floats:
    """Return the matrix [BLOCK, q + BLOCK, N] of one block under operators [q, N]."""
    size, count = operator.shape
    matrix = np.zeros((size + BLOCK, size + BLOCK, count))
    for place in range(size + BLOCK):
        matrix[place, place] = 1.0
    flipped = operator[::-1]
    for step in range(size, size + BLOCK):
        matrix[step] -= np.einsum("jn,jcn->cn", flipped, matrix[step - size : step])
    return matrix[size:]


def divide(values: Floats, matrix: Floats) -> Floats:
    """Divide [T, C, N] by the operators of a matrix of responses, from zeros before the start."""
    time, size = len(values), matrix.shape[1] - BLOCK
    found = np.zeros((size + -(-time // BLOCK) * BLOCK, *values.shape[1:]))
    found[size : size + time] = values
    for start in range(size, len(found), BLOCK):
        found[start : start + BLOCK] = np.einsum("abn,bcn->acn", matrix, found[start - size : start + BLOCK])
    return found[size : size + time]


def divide_seasonal(values: Floats, operator: Floats, season: int) -> None:
    """Divide [T, C, N] in place by operators [Q, N] whose lags are whole seasons."""
    size, flipped = len(operator), operator[::-1]
    for start in range(season, len(values) if size else 0, season):
        now = values[start : start + season]
        before = values[max(start - size * season, 0) : start]
        many = len(before) // season
        cycles = before.reshape(many, season, *before.shape[1:])[:, : len(now)]
        now -= np.einsum("jn,jicn->icn", flipped[size - many :], cycles)
