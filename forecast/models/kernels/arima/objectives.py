"""The likelihood of a hull as the minimiser asks for it, by the cheapest of the ways to reckon it.

Plain autoregressions of complete series need a few sums, ARMA(1,1) sine transforms, all others the whole series.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima import autoregression, mixture
from forecast.models.kernels.arima.gradient import value_and_gradient
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CACHE, NARROW, WIDE = 2**18, 128, 1024
"""Numbers that a batch may hold, and the least and most fits in it."""


class Likelihood:
    """-2 log L without its constant and its gradient, of fits that are tagged by series, order and constant.

    Attributes:
        width: fits that are best worked on together.
    """

    def __init__(
        self,
        take: Callable[[Ints, Floats], Any],
        evaluate: Callable[[Any, Floats], tuple[Floats, Floats]],
        numbers: int,
    ) -> None:
        """Make the likelihood of one hull.

        Args:
            take: chooses the series of a batch, with or without a mean.
            evaluate: gives values [N] and gradients [K, N] of what was taken at points [K, N].
            numbers: what an evaluation holds at the same time for each fit.
        """
        self._take, self._evaluate = take, evaluate
        self._tags: Ints = np.empty((3, 0), np.int64)
        self._taken: Any = None
        self.width = int(np.clip(CACHE // numbers, NARROW, WIDE))

    def __call__(self, points: Floats, tags: Ints) -> tuple[Floats, Floats]:
        """Evaluate at points [K, M]."""
        if tags is not self._tags:  # a pool makes new ones when fits enter or leave
            self._tags = tags
            self._taken = self._take(tags[0], tags[2].astype(np.float64))
        return self._evaluate(self._taken, points)


def likelihood(hull: Order, sample: Sample) -> Likelihood:
    """Return the likelihood of the series of a sample under the models of a hull."""
    time, holes = len(sample.values), sample.holes.shape[1]
    complete = not holes and not hull.P + hull.Q
    if complete and hull.p and not hull.q:
        sums = autoregression.LaggedSums.of(sample, hull.p)
        return Likelihood(sums.take, autoregression.value_and_gradient, 6 * (hull.p + 1) ** 2)
    if complete and (hull.p, hull.q) == (1, 1):
        return Likelihood(mixture.Sines.of(sample).take, mixture.value_and_gradient, 10 * time)
    return Likelihood(
        sample.take,
        lambda taken, points: value_and_gradient(hull, taken, points),
        (8 + 6 * holes) * time + 6 * (hull.depth + holes) ** 2,
    )
