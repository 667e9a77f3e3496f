"""Division by moving-average operators along time: x_t = e_t - c_1 x_{t-1} - .. - c_q x_{t-q}, a step at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def lagged(values: Floats, depth: int, first: int = 0) -> Floats:
    """Return a view [T, depth, N] of values [T, N], `first` and more steps ago; zero before the start."""
    before = first + max(depth - 1, 0)
    padded = np.zeros((before + len(values), values.shape[1]))
    padded[before:] = values
    step, column = padded.strides
    shape = (len(values), depth, values.shape[1])
    return np.ndarray(shape, np.float64, padded, (before - first) * step, (step, -step, column))


def divide(values: Floats, operator: Floats) -> Floats:
    """Divide [T, C, N] by operators [q, N], from zeros before the start."""
    size, flipped = len(operator), operator[::-1]
    found = np.zeros((size + len(values), *values.shape[1:]))
    found[size:] = values
    for before, now in enumerate(found[size + 1 :], start=1):
        now -= np.einsum("jn,jcn->cn", flipped, found[before : before + size])
    return found[size:]


def divide_seasonal(values: Floats, operator: Floats, season: int) -> None:
    """Divide [T, C, N] in place by operators [Q, N] whose lags are whole seasons."""
    size, flipped = len(operator), operator[::-1]
    for start in range(season, len(values) if size else 0, season):
        now = values[start : start + season]
        before = values[max(start - size * season, 0) : start]
        many = len(before) // season
        cycles = before.reshape(many, season, *before.shape[1:])[:, : len(now)]
        now -= np.einsum("jn,jicn->icn", flipped[size - many :], cycles)
