"""Orders: what an ARIMA model is made of, and which lags its operators reach."""

from __future__ import annotations

import functools
from typing import NamedTuple


class Order(NamedTuple):
    """A seasonal ARIMA(p,d,q)(P,D,Q)[season], with or without a constant.

    The constant is the mean of the differenced series: a mean when nothing is differenced, a drift after one
    difference. Two differences leave no room for one. A search asks for thousands, by their hash: a tuple's is quick.
    """

    p: int = 0
    d: int = 0
    q: int = 0
    P: int = 0
    D: int = 0
    Q: int = 0
    season: int = 1
    constant: bool = False

    @property
    def coefficients(self) -> int:
        """Number of autoregressive and moving-average coefficients."""
        return self.p + self.q + self.P + self.Q

    @property
    def parameters(self) -> int:
        """Number of estimated parameters, the variance included."""
        return self.coefficients + int(self.constant) + 1

    @property
    def lost(self) -> int:
        """Number of observations lost by differencing."""
        return self.d + self.D * self.season

    @property
    def ar_lags(self) -> tuple[int, ...]:
        """Lags at which the expanded autoregressive operator can differ from zero."""
        return _reach(self.p, self.P, self.season)

    @property
    def ma_lags(self) -> tuple[int, ...]:
        """Lags at which the expanded moving-average operator can differ from zero."""
        return _reach(self.q, self.Q, self.season)

    @property
    def depth(self) -> int:
        """Longest lag of either operator: the size of the state that the past leaves behind."""
        return max((*self.ar_lags, *self.ma_lags, 0))

    @property
    def hull(self) -> Order:
        """The model whose special case this one is when problems are worked on together: few hulls, large batches."""
        return _hull(self)

    def __str__(self) -> str:
        name = f"arima({self.p},{self.d},{self.q})"
        if self.P or self.D or self.Q:
            name += f"({self.P},{self.D},{self.Q})[{self.season}]"
        if self.constant:
            name += " with drift" if self.d + self.D else " with mean"
        return name


SHORT = 3, 5
"""Orders p and q of the hulls, save that of the smallest."""


@functools.lru_cache(maxsize=4096)
def _hull(order: Order) -> Order:
    if not order.coefficients:
        return Order(season=order.season, constant=True)
    most = max(order.p, order.q)
    if order.q and most == 1 and not order.P + order.Q:
        return Order(1, 0, 1, season=order.season, constant=True)
    short = next(size for size in (*SHORT, most) if most <= size)
    seasonal, moving = max(order.P, order.Q), order.q + order.Q > 0
    return Order(short, 0, short * moving, seasonal, 0, seasonal * moving, order.season, True)


@functools.lru_cache(maxsize=64)
def _reach(short: int, seasonal: int, season: int) -> tuple[int, ...]:
    reached = {i + season * j for i in range(short + 1) for j in range(seasonal + 1)}
    return tuple(sorted(reached - {0}))
