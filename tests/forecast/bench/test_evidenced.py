"""Coverage of panels of fifty series before and after their own backtest."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from forecast.bench.evidenced import Past, table
from forecast.bench.standings import NOMINAL
from forecast.quantiles import LEVELS, Forecasts


def too_narrow(series: int = 60, horizon: int = 4) -> Past:
    """Normal errors on logarithms that are twice as wide as was stated, at five origins and at the official one."""
    size = series * 6
    errors = 0.2 * np.random.default_rng(3).normal(size=(size, horizon))
    quantiles = np.exp(np.broadcast_to(0.1 * norm.ppf(LEVELS), (size, horizon, len(LEVELS))))
    answer = Forecasts(quantiles, LEVELS, ("combination",) * size, ("",) * size)
    rows = np.repeat(np.arange(series), 6)
    return Past("annual made", answer, np.exp(errors), rows, np.arange(size) % 6 == 5)


def test_evidence_widens_intervals_that_were_too_narrow_by_less_than_half_of_what_it_asks() -> None:
    plain, mended, factor = too_narrow().panel(np.arange(50))
    assert 2**0.38 < factor < 2**0.5
    assert (plain < mended).all()
    assert (mended < np.array(NOMINAL)).all()


def test_the_table_tells_both_and_draws_the_same_panels_each_time() -> None:
    past = too_narrow()
    (row,) = table([past]).rows
    assert row == table([past]).rows[0]
    before, after = map(float, str(row["off"]).split(" → "))
    assert after < before
    assert 1.3 < float(str(row["stretched by"])) < 1.5
