"""Probabilities that average growth exceeds a rate, and how well they come true.

Every series weighs the same in each score, however many of its windows are judged.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.calibration.growth import Member
from forecast.distributions import Distribution
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Ints, Windows

RATES = np.arange(-5.0, 26.0, 2.5)
"""Growth in percent a year that is to be exceeded."""
DRAWS = 200


def windows_of(member: Member) -> Windows:
    """Return the pasts of a class as amounts."""
    return Windows.of([np.exp(past) for past in member.pasts])


def exceeding(quantiles: Floats, member: Member) -> Floats:
    """Read the probabilities [N, H, K] of average growth of at least `RATES` off quantiles [N, H, Q] of amounts."""
    base = np.array([np.exp(past[-1]) for past in member.pasts])[:, None]
    years = np.arange(1, quantiles.shape[1] + 1)
    growth = Distribution(quantiles, LEVELS, "positive").average_growth(base, years)
    return np.asarray(np.moveaxis(growth.exceeds(RATES[:, None, None]), 0, 2))


def happened_by(member: Member, years: int) -> tuple[Floats, Floats]:
    """Return the average growth [N] after so many years in percent, NaN where unknown, and what it reached [N, K]."""
    grown = 100 * np.expm1(member.grown[:, years - 1] / years)
    return grown, (grown[:, None] >= RATES).astype(np.float64)


def brier(probabilities: Floats, happened: Floats, series: Ints | Floats | Sequence[int]) -> Floats:
    """Return the mean Brier score of each series, from [N, K] probabilities and what happened."""
    _, codes, counts = np.unique(np.asarray(series), return_inverse=True, return_counts=True)
    return np.asarray(np.bincount(codes, weights=((probabilities - happened) ** 2).mean(axis=1)) / counts)


def calibration_error(probabilities: Floats, happened: Floats, series: Ints | Floats | Sequence[int]) -> float:
    """Return the mean distance of probability and frequency over ten classes of probability."""
    _, codes, counts = np.unique(np.asarray(series), return_inverse=True, return_counts=True)
    weights = np.repeat((1.0 / counts)[codes][:, None], probabilities.shape[1], axis=1)
    weights /= weights.sum()
    bins = np.minimum((probabilities * 10).astype(np.int64), 9)
    return float(sum(abs((weights * (probabilities - happened))[bins == place].sum()) for place in range(10)))


def by_chance(probabilities: Floats, series: Ints | Floats | Sequence[int]) -> float:
    """Return the mean calibration error if each of the probabilities [N, K] of growing ever faster were true.

    What happens to the windows of one series is drawn together, so that overlapping windows count as one.
    """
    _, codes = np.unique(np.asarray(series), return_inverse=True)
    rng = np.random.default_rng(0)
    luck = rng.random((DRAWS, codes.max() + 1))[:, codes]
    happened = ((one[:, None] < probabilities).astype(np.float64) for one in luck)
    return float(np.mean([calibration_error(probabilities, one, series) for one in happened]))
