"""The order of every series: all searches at once, each at its own pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.differencing import Differenced
from forecast.models.kernels.arima.fitting import Fit, Fitter, penalty
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.sample import Sample
from forecast.models.kernels.arima.stepwise import Limits, Search, search

Floats = NDArray[np.float64]

MARGIN = 0.5
"""Steps of AICc by which a fit may miss the best and still be finished."""


@dataclass(slots=True, eq=False)
class _Seeker:
    """One search: what it waits for and what it has got.

    Attributes:
        row: which series.
        length: of the differenced series, without its missing values.
        steps: the search.
        waiting: orders that it has asked for.
        due: how many of them are not fitted yet.
        fits: what has been fitted.
        best: the fit of the order that it chose.
    """

    row: int
    length: int
    steps: Search
    waiting: list[Order] = field(default_factory=list)
    due: int = 0
    fits: dict[Order, Fit] = field(default_factory=dict)
    best: Fit | None = None

    def go_on(self, fitter: Fitter) -> None:
        """Answer the search, and ask for the fits that it wants next."""
        fits, length = self.fits, self.length
        try:
            if self.waiting:
                self.waiting, best = self.steps.send([fits[order].criterion(length) for order in self.waiting])
            else:
                self.waiting, best = next(self.steps)
        except StopIteration as stop:
            self.best = fits[stop.value]
            fits.clear()
            return
        self.due = len(self.waiting)
        if best is None:
            for order in self.waiting:
                fitter.ask(self.row, order)
            return
        known = fits[best]
        goal = known.criterion(length) + MARGIN
        for order in self.waiting:
            fitter.ask(self.row, order, known.neighbouring(order), goal - penalty(order, length))

    def take(self, fit: Fit, fitter: Fitter) -> None:
        """Take a fit, and go on when it was the last one due."""
        self.fits[fit.order] = fit
        self.due -= 1
        if not self.due:
            self.go_on(fitter)


def select(left: Differenced, lengths: Sequence[int], season: int, holes: Floats | None = None) -> list[Fit]:
    """Return the fit with the lowest AICc that the search of each series meets.

    Args:
        left: the differenced series.
        lengths: of the series before their differences, without missing values.
        season: steps in a cycle; 1 for none.
        holes: [T, m, N] what missing values do to the differenced series; none are missing without it.
    """
    ones = np.ones(len(left.lengths))
    complete = Sample.whole(left.values, left.lengths, ones)
    sample = complete if holes is None else replace(complete, holes=holes)
    fitter = Fitter(sample)
    seekers = []
    for row, (whole, size, plain, seasonal, even) in enumerate(
        zip(lengths, *(one.tolist() for one in (sample.known, left.plain, left.seasonal, left.even)), strict=True)
    ):
        differences = plain + seasonal
        limits = Limits(0, 0, False) if even else Limits.of(whole, season, differences)
        seekers.append(_Seeker(row, size, search(season, differences < 2, whole, limits)))
        seekers[row].go_on(fitter)
    while fitter:
        for fit in fitter.step():
            seekers[fit.row].take(fit, fitter)
    return [seeker.best for seeker in seekers if seeker.best is not None]
