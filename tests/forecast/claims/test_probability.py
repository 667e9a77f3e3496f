import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from forecast.claims.probability import exceedance
from forecast.errors import InputError
from forecast.quantiles import LEVELS


@given(st.floats(-3, 3), st.floats(0.01, 1.0), st.floats(-4, 4))
def test_a_lognormal_is_read_back_in_its_middle_and_in_its_tails(centre: float, spread: float, score: float) -> None:
    quantiles = lognorm.ppf(LEVELS, spread, scale=np.exp(centre))
    threshold = float(np.exp(centre + spread * score))
    wanted = float(lognorm.sf(threshold, spread, scale=np.exp(centre)))
    assert exceedance(quantiles, LEVELS, threshold) == pytest.approx(wanted, abs=1e-9)


def test_at_a_quantile_it_is_one_less_the_level() -> None:
    quantiles = np.linspace(80.0, 150.0, len(LEVELS))
    found = [exceedance(quantiles, LEVELS, float(value)) for value in quantiles]
    assert found == pytest.approx(list(1 - LEVELS))


def test_a_point_forecast_is_certain() -> None:
    flat = np.full(len(LEVELS), 5.0)
    assert [exceedance(flat, LEVELS, level) for level in (4.9, 5.0, 5.1)] == [1.0, 1.0, 0.0]


@pytest.mark.parametrize("threshold", [0.0, -1.0, float("inf"), float("nan")])
def test_an_impossible_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(InputError):
        exceedance(np.linspace(1.0, 2.0, len(LEVELS)), LEVELS, threshold)


def test_crossing_quantiles_are_refused() -> None:
    with pytest.raises(InputError):
        exceedance(np.linspace(2.0, 1.0, len(LEVELS)), LEVELS, 1.5)
