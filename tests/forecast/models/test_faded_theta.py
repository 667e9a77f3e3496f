import numpy as np

from forecast.models import faded_theta, theta
from forecast.windows import Windows

LEVELS = np.array([0.1, 0.5, 0.9])


def test_a_season_that_has_changed_is_followed() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(48)
    waves = 50 + np.concatenate([np.tile([0.0, 4.0, 1.0, -5.0], 6), np.tile([3.0, 0.0, -1.0, -2.0], 6)]) + noise
    windows = Windows.of([waves], 4)
    expected = waves[-4:]
    new, old = (
        np.abs(model.forecast(windows, 4, LEVELS).median[0] - expected).mean() for model in (faded_theta, theta)
    )
    assert new < 0.5 * old


def test_its_name_tells_the_adjustment_and_data_without_season_is_thetas() -> None:
    past = 50 + np.tile([4.0, -3.0, 1.0, -2.0], 6) + np.arange(24)
    answer = faded_theta.forecast(Windows.of([past, past[:8]], 4), 2, LEVELS)
    assert answer.produced == ("faded theta, seasonally adjusted", "faded theta")  # a season takes more than two cycles
    annual = Windows.of([past])
    np.testing.assert_array_equal(
        faded_theta.forecast(annual, 3, LEVELS).quantiles, theta.forecast(annual, 3, LEVELS).quantiles
    )
