"""The law of Prophet's simulated futures, reckoned instead of drawn.

The package simulates: at each step ahead the slope changes with probability p, by a Laplace amount as large on average
as the changes of the past; half of a change counts in the step where it falls. So at step h the trend is off by

    U_h = step * sum over i < h of (i + 1/2) b_i L_i,   b_i Bernoulli(p), L_i Laplace(0, mean |delta|),

a sum of independent terms with a known characteristic function, and the observation adds normal noise. The quantiles
of that sum are what infinitely many simulated paths would give: no seed, no sampling error, the same in every batch.

Source: prophet 1.5.0, `_sample_uncertainty` and `_make_trend_shift_matrix`; Gil-Pelaez (1951) for the inversion.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr, ndtri

from forecast.quantiles import Floats

PACE, NODES, POINTS, REACH = 0.35, 160, 80, 12.0
"""Frequencies are PACE apart; the law is tabled at POINTS places up to REACH times its greatest spread."""
NEGLIGIBLE = 1e-4
"""Slope changes that add less than this part to the spread leave the normal noise alone."""
BLOCK = 32
"""Windows inverted at a time, so that their tables stay near the processor."""
PLACES, GOLDEN = 1024, 0.5 * (np.sqrt(5.0) - 1.0)


def spread(noise: Floats, jump: Floats, likelihood: Floats, levels: Floats) -> Floats:
    """Return the quantiles [B, H, Q] of jump * sum (i + 1/2) b_i L_i + noise * Z around their centre.

    Args:
        noise: [B] standard deviation of the observations.
        jump: [B, H] mean slope change in units of one step, times what multiplies the trend at that step.
        likelihood: [B] probability p of a change in a step.
        levels: [Q].
    """
    out = noise[:, None, None] * np.broadcast_to(ndtri(levels), (*jump.shape, len(levels)))
    steps = np.arange(jump.shape[1])
    size = jump * np.sqrt(2.0 * np.cumsum((steps + 0.5) ** 2))
    rows = np.flatnonzero((size > NEGLIGIBLE * noise[:, None]).any(axis=1))
    for first in range(0, len(rows), BLOCK):
        some = rows[first : first + BLOCK]
        out[some] = _inverted(noise[some], jump[some], size[some], likelihood[some], levels)
    return out


def bent(noise: Floats, jump: Floats, likelihood: Floats, levels: Floats, trend: Callable[[Floats], Floats]) -> Floats:
    """Return the quantiles [B, H, Q] around their centre where the changes pass through a curve before the noise adds.

    The law of the changes is taken at PLACES even places, each with one of as many even places of the noise: a
    lattice in place of random draws. As in the package, the mean of the curved changes is taken off.

    Args:
        noise: [B] standard deviation of the observations.
        jump: [B, H] mean slope change in units of one step.
        likelihood: [B] probability of a change in a step.
        levels: [Q].
        trend: from shifts [B, H, M] of its piecewise-linear part to the trend [B, H, M].
    """
    even = (np.arange(PLACES) + 0.5) / PLACES
    shifted = trend(spread(np.zeros(len(noise)), jump, likelihood, even))
    shifted -= (shifted[..., None, :] @ np.full((PLACES, 1), 1.0 / PLACES))[..., 0]
    shifted += noise[:, None, None] * ndtri((np.arange(PLACES) * GOLDEN + 0.5 / PLACES) % 1.0)
    return np.asarray(np.moveaxis(np.quantile(shifted, levels, axis=2), 0, -1))


def _inverted(noise: Floats, jump: Floats, size: Floats, likelihood: Floats, levels: Floats) -> Floats:
    """[B, H, Q] by inverting the characteristic function; the part without any change is normal and kept apart."""
    scale = np.sqrt(noise[:, None] ** 2 + size**2)  # [B, H] at least the standard deviation
    u = (np.arange(NODES) + 0.5) * PACE
    x = np.concatenate([[0.0], np.geomspace(1e-4, REACH, POINTS - 1)])
    calm = (1.0 - likelihood[:, None]) ** (np.arange(jump.shape[1]) + 1.0)  # [B, H]
    squared = (jump / scale)[..., None] ** 2 * (u * u)  # [B, H, N]
    law = np.ones_like(squared)
    p = likelihood[:, None, None]
    for i in range(jump.shape[1]):
        law[:, i:] *= 1.0 - p + p / (1.0 + (i + 0.5) ** 2 * squared[:, i:])
    rough = noise[:, None] / scale
    law = (law - calm[..., None]) * np.exp(-0.5 * rough[..., None] ** 2 * (u * u))
    kernel = np.sin(np.outer(u, x)) * (PACE / (np.pi * u))[:, None]  # [N, X]
    above = law @ kernel + calm[..., None] * (ndtr(x / np.maximum(rough, 1e-12)[..., None]) - 0.5)
    above = np.clip(np.maximum.accumulate(above, axis=-1), 0.0, 0.5 - 1e-12)  # mass between the centre and x

    heights, back = np.unique(np.abs(np.round(levels - 0.5, 12)), return_inverse=True)
    flat = above.reshape(-1, POINTS)
    right = np.clip((flat[:, :, None] < heights).sum(axis=1), 1, POINTS - 1)  # [B * H, U]
    z = ndtri(0.5 + np.stack([np.take_along_axis(flat, right - 1, 1), np.take_along_axis(flat, right, 1)]))
    wanted = ndtri(np.minimum(0.5 + heights, 1.0 - 1e-12))
    part = np.clip((wanted - z[0]) / np.maximum(z[1] - z[0], 1e-300), 0.0, 1.0)
    found = (x[right - 1] + part * (x[right] - x[right - 1])) * scale.reshape(-1, 1)
    return np.asarray((found[:, back] * np.sign(np.round(levels - 0.5, 12))).reshape(*jump.shape, -1))
