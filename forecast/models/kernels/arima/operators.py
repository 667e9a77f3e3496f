"""Lag operators 1 + c_1 B + ... + c_p B^p of many models at once, made stable by their reflection coefficients.

An operator has all its roots outside the unit circle exactly when its reflection coefficients k lie in (-1, 1)
(Barndorff-Nielsen and Schou 1973; Monahan 1984). The Levinson step from order m to m + 1 is

    c_i <- c_i + k c_{m+1-i},   c_{m+1} = k.

The same step serves the autoregressive operator (its coefficients are minus the usual ones) and the moving average.
Arrays are [lag, N], the batch last.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def step_up(reflections: Floats) -> list[Floats]:
    """Return the operators of order 0..p that the reflection coefficients [p, N] build, the last for all."""
    levels = [reflections[:0], reflections[:1]][: len(reflections) + 1]
    for m in range(1, len(reflections)):
        below, level = levels[-1], np.empty_like(reflections[: m + 1])
        np.multiply(reflections[m], below[::-1], out=level[:m])
        level[:m] += below
        level[m] = reflections[m]
        levels.append(level)
    return levels


def step_up_adjoint(reflections: Floats, levels: list[Floats], gradient: Floats) -> Floats:
    """Turn the gradient [p, N] with respect to the operator into one with respect to its reflection coefficients."""
    result = np.empty_like(reflections)
    flow = gradient
    for m in range(len(reflections) - 1, 0, -1):
        np.einsum("jn,jn->n", flow[:m], levels[m][::-1], out=result[m])
        result[m] += flow[m]
        flow = flow[:m] + reflections[m] * flow[:m][::-1]
    result[:1] = flow[:1]
    return result


def step_down(operator: Floats) -> Floats:
    """Return the reflection coefficients [p, N] of an operator."""
    reflections = np.empty_like(operator)
    for m, level in enumerate(_levels(operator)):
        reflections[m] = level[-1]
    return reflections


def _levels(operator: Floats) -> list[Floats]:
    """Return the operators of order 1..p that the Levinson steps build one of order p by."""
    levels = [operator][: len(operator)]
    for m in range(len(operator) - 1, 0, -1):
        above = levels[-1]
        levels.append((above[:m] - above[m] * above[:m][::-1]) / (1.0 - above[m] * above[m]))
    return levels[::-1]


def autocovariances(operator: Floats) -> tuple[Floats, Floats]:
    """Return the covariance matrix [p, p, N] of p values of autoregressions [p, N], and the log of its determinant [N].

    The innovations have variance one. With k the reflection coefficients and c_1..c_m the operator of order m, the
    variance is the product of 1 / (1 - k^2), the covariances follow from c_0 g_m + .. + c_m g_0 = 0, and the
    determinant is the product of (1 - k_i^2)^-i.
    """
    levels = _levels(operator)
    left, found = np.empty_like(operator), np.empty_like(operator)
    for m, level in enumerate(levels):
        left[m] = 1.0 - level[-1] * level[-1]  # rounded as in V^-1: near a unit root the two must cancel
    found[:1] = 1.0 / np.prod(left, axis=0)
    for m, level in enumerate(levels[:-1], start=1):
        found[m] = -np.einsum("in,in->n", level, found[:m][::-1])
    places = np.arange(len(operator))
    volume = -np.einsum("i,in->n", places + 1.0, np.log(left))
    return found[np.abs(places[:, None] - places)], volume


def expand(short: Floats, seasonal: Floats, season: int, depth: int) -> Floats:
    """Return the product of a short and a seasonal operator, padded with zeros to [depth, N]."""
    if len(short) == depth:
        return short
    product = np.zeros((depth, short.shape[1]))
    product[: len(short)] = short
    for j, coefficient in enumerate(seasonal, start=1):
        product[j * season - 1] += coefficient
        product[j * season : j * season + len(short)] += coefficient * short
    return product


def expand_adjoint(short: Floats, seasonal: Floats, season: int, gradient: Floats) -> tuple[Floats, Floats]:
    """Turn the gradient [depth, N] with respect to the product into those with respect to its two factors."""
    to_seasonal = np.empty_like(seasonal)
    if not len(seasonal):
        return gradient[: len(short)], to_seasonal
    to_short = gradient[: len(short)].copy()
    for j, coefficient in enumerate(seasonal, start=1):
        shifted = gradient[j * season : j * season + len(short)]
        to_short += coefficient * shifted
        to_seasonal[j - 1] = gradient[j * season - 1] + np.sum(shifted * short, axis=0)
    return to_short, to_seasonal


def clear_of_the_circle(operator: Floats, margin: float) -> NDArray[np.bool_]:
    """Tell which operators [p, N] have every root farther from the origin than `margin`.

    The roots of c(B) are all beyond the margin exactly when c(margin B) is stable.
    """
    scale = margin ** np.arange(1, len(operator) + 1)
    with np.errstate(all="ignore"):
        return np.asarray(np.all(np.abs(step_down(operator * scale[:, None])) < 1.0, axis=0))


def cholesky(matrices: Floats) -> Floats:
    """Return the lower factors [K, K, N] of symmetric matrices, a column of zeros where nothing is left to span."""
    left = matrices.copy()
    for j in range(len(left)):
        root = np.sqrt(np.maximum(left[j, j], 0.0))
        left[j:, j] /= np.where(root > 0, root, np.inf)
        left[j, j + 1 :] = 0.0
        left[j + 1 :, j + 1 :] -= left[j + 1 :, j, None] * left[j + 1 :, j]
    return left
