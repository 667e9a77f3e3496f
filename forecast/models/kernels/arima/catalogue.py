"""The orders that a search may meet, by number, with what there is to know of each in arrays.

Reflection coefficients stand in one layout for all orders, K places: those of p, q, P and Q, each as long as it may
get. So what two orders share is one comparison.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.orders import Order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLAIN, SEASONAL = 5, 2
"""The largest p and q, and the largest P and Q."""
STATIONARY = 1.0 - 1e-8
"""The largest reflection coefficient of an autoregression; a moving average may go to one."""
AGREED = 1.0 + np.log(2.0 * np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All orders of one season, number n in place n.

    Attributes:
        orders: the orders themselves.
        digits: [5, C] p, q, P, Q and constant.
        parameters: [C] how many each estimates, the variance included.
        reach: [K, C] how far its reflection coefficients may go; zero where it has none.
        hulls: the models that orders are special cases of.
        hull: [C] which of them.
        places: of each hull, where its coefficients stand among K.
    """

    orders: tuple[Order, ...]
    digits: Ints
    parameters: Ints
    reach: Floats
    hulls: tuple[Order, ...]
    hull: Ints
    places: tuple[Ints, ...]

    @classmethod
    @functools.lru_cache(maxsize=16)
    def of(cls, season: int) -> Catalogue:
        """Return the catalogue for a season; 1 for none."""
        most = SEASONAL if season > 1 else 0
        ranges = [range(PLAIN + 1)] * 2 + [range(most + 1)] * 2 + [range(2)]
        orders = [Order(p, 0, q, P, 0, Q, season, bool(one)) for p, q, P, Q, one in itertools.product(*ranges)]
        hulls = tuple(dict.fromkeys(order.hull for order in orders))
        return cls(
            orders=tuple(orders),
            digits=np.array(list(itertools.product(*ranges)), dtype=np.int64).T,
            parameters=np.array([order.parameters for order in orders], dtype=np.int64),
            reach=np.stack([_reach(order, most) for order in orders], axis=1),
            hulls=hulls,
            hull=np.array([hulls.index(order.hull) for order in orders], dtype=np.int64),
            places=tuple(np.flatnonzero(_reach(hull, most)) for hull in hulls),
        )

    def numbers(self, digits: Ints) -> Ints:
        """Return the numbers [...] of orders given by their digits [5, ...]."""
        sizes = self.digits[:, -1] + 1
        weights = np.cumprod([1, *sizes[:0:-1]])[::-1]
        return np.asarray(np.tensordot(weights, digits, axes=1), dtype=np.int64)

    def penalty(self, numbers: Ints, lengths: Ints) -> Floats:
        """Return what AICc adds to objectives of differenced series of some lengths; infinite for too few values."""
        k = self.parameters[numbers]
        room = lengths - k - 1
        return np.where(room > 0, lengths * AGREED + 2.0 * k + 2.0 * k * (k + 1) / np.maximum(room, 1), np.inf)


def _reach(order: Order, most: int) -> Floats:
    """Return [K] how far each reflection coefficient may go."""
    return np.concatenate(
        [
            np.where(np.arange(size) < there, bound, 0.0)
            for size, there, bound in zip(
                (PLAIN, PLAIN, most, most),
                (order.p, order.q, order.P, order.Q),
                (STATIONARY, 1.0, STATIONARY, 1.0),
                strict=True,
            )
        ]
    )
