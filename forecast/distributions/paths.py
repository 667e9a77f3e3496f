"""Paths: several steps ahead together, so that sums over years have a distribution.

A model answers each step on its own. Steps are joined by a Gaussian copula: the normal scores of steps h and k have
the correlation (min(h, k) / max(h, k))^a, an Ornstein-Uhlenbeck process in the logarithm of time, so that what comes
true far ahead has been coming true for long. a = 1/2 would be a random walk's; the shipped ones are learnt from the
errors of the default model on competition data (`forecast.calibration.dependence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from forecast.arguments import read_count, read_number, read_numbers
from forecast.distributions.marginal import Distribution
from forecast.errors import InputError
from forecast.quantiles import Floats

DRAWS = 4096
"""Paths; a power of two, for the sequence that they are taken from."""
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class Dependence:
    """How steps ahead go together: `exponent` a of the correlation (min / max)^a; 0 is comonotone."""

    exponent: float

    def __post_init__(self) -> None:
        if not 0 <= read_number(self.exponent, "exponent") < np.inf:
            raise InputError(f"exponent {self.exponent} of a dependence is impossible; give a number from 0 up")

    def correlation(self, horizon: int) -> Floats:
        """Return the correlation [H, H] of the normal scores of steps 1..H."""
        steps = np.arange(1.0, read_count(horizon, "horizon") + 1)
        return np.asarray((np.minimum.outer(steps, steps) / np.maximum.outer(steps, steps)) ** self.exponent)


LEARNT = {1: Dependence(0.37), 4: Dependence(0.64), 12: Dependence(0.85)}
"""By steps in a year."""


def dependence_of(season: int) -> Dependence:
    """Return the learnt dependence for data of that many steps in a year; the nearest known one for others.

    Raises:
        InputError: if it is no whole number from 1 up.
    """
    if read_count(season, "season") < 1:
        raise InputError(f"season {season} is impossible; it is a number of steps in a year, from 1 up")
    return LEARNT[min(LEARNT, key=lambda known: abs(known - season))]


def draw(steps: Distribution, dependence: Dependence) -> Floats:
    """Return joint draws [..., H, N] of distributions [..., H].

    The draws are the same evenly spread ones for every cell: nothing depends on chance, order or company. Each step
    meets every N-th part of its distribution exactly once, so margins are kept.

    Raises:
        InputError: if there are no steps, or something else than distributions and a dependence is given.
    """
    _check(steps, dependence)
    if not steps.shape:
        raise InputError("paths need several steps; give distributions [..., H]")
    levels = _joint(steps.shape[-1], dependence.exponent)  # [H, N]
    found = np.stack([steps[..., step].quantile(levels[step]) for step in range(steps.shape[-1])], axis=-2)
    return np.asarray(found)


def total(
    steps: Distribution, dependence: Dependence, weights: Sequence[float] | None = None, known: ArrayLike = 0.0
) -> Distribution:
    """Return the distribution [...] of the weighted sum over the steps of [..., H], `known` amounts added.

    Weights are not below zero and one each without them. A sum of amounts is an amount, of shares a real number.

    Raises:
        InputError: if there is not one weight a step, or a weight or a known amount is none.
    """
    _check(steps, dependence)
    count = steps.shape[-1] if steps.shape else 0
    sizes = np.ones(count) if weights is None else read_numbers(weights, "weights")
    if sizes.shape != (count,) or not count:
        raise InputError(f"{sizes.size} weights were given for {count} steps; give a list of one from 0 up for each")
    if outside := sizes[~((sizes >= 0) & (sizes < np.inf))].tolist():
        raise InputError(f"a weight of {outside[0]:g} is impossible; give one from 0 up for each step")
    flat = steps.quantiles.reshape(-1, count, len(steps.levels))
    sums = np.empty((len(flat), len(steps.levels)))
    for first in range(0, len(flat), _BLOCK):
        part = Distribution(flat[first : first + _BLOCK], steps.levels, steps.support)
        each = draw(part, dependence)
        drawn = sum((each[:, step] * size for step, size in enumerate(sizes)), np.zeros((len(each), DRAWS)))
        sums[first : first + _BLOCK] = np.quantile(drawn, steps.levels, axis=-1, method="hazen").T
    amount = "positive" if steps.support in ("positive", "power") else "real"
    whole = Distribution(sums.reshape(*steps.shape[:-1], len(steps.levels)), steps.levels, amount)
    return whole.shifted(known)


def _check(steps: Distribution, dependence: Dependence) -> None:
    for given, kind, like in (
        (steps, Distribution, "Distribution(quantiles, levels)"),
        (dependence, Dependence, "dependence_of(1)"),
    ):
        if not isinstance(given, kind):
            raise InputError(f"a {type(given).__name__} is no {kind.__name__.lower()}; give {like}")


@lru_cache(maxsize=64)
def _joint(horizon: int, exponent: float) -> Floats:
    """Return levels [H, N] of the paths: a scrambled Sobol sequence (Owen 1995), correlated, each step then ranked."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    even = qmc.Sobol(horizon, scramble=True, seed=np.random.default_rng(1)).random(DRAWS)
    innovations = ndtri(np.clip(even, 1e-9, 1 - 1e-9)).T  # [H, N]
    root = np.zeros((horizon, horizon))
    root[0, 0] = 1.0
    for step in range(1, horizon):  # the process is Markov in time
        kept = (step / (step + 1)) ** exponent
        root[step] = kept * root[step - 1]
        root[step, step] = np.sqrt(max(1 - kept**2, 0.0))
    scores = root @ innovations
    if exponent == 0:
        scores = np.repeat(scores[:1], horizon, axis=0)
    ranks = scores.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    levels = np.asarray((ranks + 0.5) / DRAWS)
    levels.setflags(write=False)
    return levels
