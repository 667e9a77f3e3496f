"""The search for an order (Hyndman and Khandakar 2008, section 3.2, with the limits of R's auto.arima).

It starts from the best of (2,2)(1,1), (0,0), (1,0)(1,0), (0,1)(0,1), and (0,0) without the constant. From there it goes
to the first neighbour with a lower criterion and begins again, until no neighbour is better. Neighbours differ by one
in the seasonal orders, then in the others, then in the constant.
"""

from __future__ import annotations

import functools
from collections.abc import Generator
from typing import NamedTuple

from forecast.models.kernels.arima.orders import Order

Search = Generator[tuple[list[Order], Order | None], list[float], Order]
"""Asks for the criteria of orders, which matter only below that of the best so far, and returns the best order."""

PLAIN, SEASONAL = 5, 2
SHORT = 10
AHEAD = 4
"""Neighbours that are tried at the same time: waiting for each in turn would leave the batches small."""
MOVES = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


class Limits(NamedTuple):
    """The largest orders of a search.

    Attributes:
        plain: of p and q.
        seasonal: of P and Q.
        free: whether the constant may come and go: with one difference. Without any the mean stays.
    """

    plain: int
    seasonal: int
    free: bool

    @classmethod
    def of(cls, length: int, season: int, differences: int) -> Limits:
        """Return the limits for a series of some length before its differences."""
        plain, seasonal = min(PLAIN, length // 3), min(SEASONAL, length // 3 // season) if season > 1 else 0
        return cls(min(plain, season - 1) if seasonal else plain, seasonal, differences == 1)

    def allow(self, order: Order) -> bool:
        """Tell whether an order is within the limits."""
        plain, seasonal = (order.p, order.q), (order.P, order.Q)
        return min(plain + seasonal) >= 0 and max(plain) <= self.plain and max(seasonal) <= self.seasonal


def search(season: int, constant: bool, length: int, limits: Limits, ahead: int = AHEAD) -> Search:
    """Search the orders of an undifferenced model of the differenced series.

    Args:
        season: steps in a cycle; 1 for none.
        constant: whether there may be one.
        length: of the series before its differences.
        limits: the largest orders.
        ahead: neighbours that are asked for at the same time; the answer does not depend on it.
    """
    first, *others = starts(season, constant, length < SHORT, limits)
    (criterion,) = yield [first], None
    known = {first: criterion}
    if others:
        known.update(zip(others, (yield others, first), strict=True))
    tried = set(known)
    best = min(known, key=known.__getitem__)
    moved = True
    while moved:
        moved = False
        untried = [order for order in neighbours(best, limits) if order not in tried]
        for place, order in enumerate(untried):
            if order not in known:
                group = [one for one in untried[place : place + ahead] if one not in known]
                known.update(zip(group, (yield group, best), strict=True))
            tried.add(order)
            if known[order] < known[best]:
                best, moved = order, True
                break
    return best


@functools.lru_cache(maxsize=256)
def starts(season: int, constant: bool, short: bool, limits: Limits) -> tuple[Order, ...]:
    """Return the models that a search begins with, white noise first."""
    first = Order(season=season, constant=constant)
    most, up = (1, 0) if short else (2, min(1, limits.seasonal))
    full = min(most, limits.plain)
    one, seasonal = min(1, limits.plain), min(1, limits.seasonal)
    every = [
        first,
        first._replace(p=full, q=full, P=up, Q=up),
        first._replace(p=one, P=seasonal),
        first._replace(q=one, Q=seasonal),
    ]
    if constant and limits.free:
        every.append(first._replace(constant=False))
    return tuple(dict.fromkeys(every))


@functools.lru_cache(maxsize=4096)
def neighbours(order: Order, limits: Limits) -> tuple[Order, ...]:
    """Return the neighbours of an order within the limits, in the order in which they are tried."""
    every = [order._replace(P=order.P + p, Q=order.Q + q) for p, q in MOVES] if limits.seasonal else []
    every += [order._replace(p=order.p + p, q=order.q + q) for p, q in MOVES]
    within = [one for one in every if limits.allow(one)]
    if limits.free:
        within.append(order._replace(constant=not order.constant))
    return tuple(within)
