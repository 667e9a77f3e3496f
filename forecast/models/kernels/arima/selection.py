"""The order of every series: all searches at once, each at its own pace."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.catalogue import Catalogue
from forecast.models.kernels.arima.differencing import Differenced
from forecast.models.kernels.arima.fitting import Fits, Fitter, points_near
from forecast.models.kernels.arima.sample import Sample
from forecast.models.kernels.arima.stepwise import SHORT, Limits, Searches

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MARGIN = 0.5
"""Steps of AICc by which a fit may miss the best and still be finished."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What was chosen for N series.

    Attributes:
        catalogue: the orders.
        numbers: [N] which of them.
        criteria: [N] AICc.
        points: [K, N] reflection coefficients in the catalogue's places.
    """

    catalogue: Catalogue
    numbers: Ints
    criteria: Floats
    points: Floats

    @property
    def hulls(self) -> Ints:
        """[N] which hull each order is a special case of."""
        return self.catalogue.hull[self.numbers]


class _Optima:
    """The points of all fits that are done, by series and order."""

    def __init__(self, places: int, count: int, orders: int) -> None:
        self._points, self._many = np.empty((places, 8 * count)), 0
        self._where = np.full((count, orders), -1, np.int32)

    def put(self, fits: Fits) -> None:
        """Keep the points of fits."""
        end = self._many + len(fits.rows)
        while end > self._points.shape[1]:
            self._points = np.hstack([self._points, np.empty_like(self._points)])
        self._points[:, self._many : end] = fits.points
        self._where[fits.rows, fits.numbers] = np.arange(self._many, end)
        self._many = end

    def of(self, rows: Ints, numbers: Ints) -> Floats:
        """Return the points [K, M] of series and orders."""
        return self._points[:, self._where[rows, numbers]]


def select(left: Differenced, lengths: Ints, season: int, holes: Floats | None = None) -> Selection:
    """Return the order with the lowest AICc that the search of each series meets.

    Args:
        left: the differenced series.
        lengths: [N] of the series before their differences, without missing values.
        season: steps in a cycle; 1 for none.
        holes: [T, m, N] what missing values do to the differenced series; none are missing without it.
    """
    count = len(left.lengths)
    complete = Sample.whole(left.values, left.lengths, np.ones(count))
    sample = complete if holes is None else replace(complete, holes=holes)
    catalogue, differences = Catalogue.of(season), left.plain + left.seasonal
    limits = Limits.of(lengths, season, differences, left.even)
    searches = Searches(catalogue, limits, differences < 2, lengths < SHORT)
    fitter, optima = Fitter(sample, catalogue), _Optima(len(catalogue.reach), count, len(catalogue.orders))
    ready = np.arange(count)
    while True:
        rows, numbers = searches.ask(ready)
        best = searches.best[rows]
        reached = searches.criteria[rows, best]
        usable = np.isfinite(reached)
        goals = np.where(usable, reached, 0.0) + MARGIN - catalogue.penalty(numbers, sample.known[rows])
        start = points_near(catalogue, numbers, best, optima.of(rows, best))
        fitter.ask(rows, numbers, start, np.where(usable, goals, np.inf))
        if not fitter:
            break
        fits = fitter.step()
        optima.put(fits)
        penalty = catalogue.penalty(fits.numbers, sample.known[fits.rows])
        ready = searches.tell(fits.rows, fits.numbers, np.where(fits.admissible, fits.objectives + penalty, np.inf))
    every = np.arange(count)
    return Selection(catalogue, searches.best, searches.criteria[every, searches.best], optima.of(every, searches.best))
