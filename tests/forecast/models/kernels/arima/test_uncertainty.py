from __future__ import annotations

import numpy as np

from forecast.models.kernels.arima.prediction import predict
from forecast.models.kernels.arima.uncertainty import added_variance
from forecast.windows import Windows


def test_the_variance_is_the_slope_squared_over_half_the_curvature() -> None:
    points, free = np.array([[0.3], [0.0]]), np.array([[1.0], [0.0]])
    found = added_variance(lambda at: 100.0 * (at - points), lambda at: 3.0 * at[:1] + 9.0 * at[1:], points, free)
    np.testing.assert_allclose(found, [[2.0 * 9.0 / 100.0]])
    flat = added_variance(np.zeros_like, lambda at: 3.0 * at[:1], points, free)
    np.testing.assert_allclose(flat, [[3.0]])  # not less sure than anything between -1 and 1


def test_an_autoregression_is_less_sure_of_its_forecast() -> None:
    noise = np.random.default_rng(3).standard_normal(60)
    past = np.zeros(60)
    for step in range(1, 60):
        past[step] = 0.8 * past[step - 1] + noise[step]
    windows, levels = Windows.of([past]), np.array([0.1, 0.5, 0.9])
    known, unknown = (
        predict(windows.values, windows.lengths, 1, 3, levels, uncertain=uncertain) for uncertain in (False, True)
    )
    assert known.names == unknown.names
    np.testing.assert_array_equal(known.means, unknown.means)
    assert (np.ptp(unknown.quantiles, axis=2) > np.ptp(known.quantiles, axis=2)).all()


def test_the_added_variance_of_an_autoregression_is_that_of_statsmodels_delta_method() -> None:
    from scipy.stats import t
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    noise = np.random.default_rng(8).standard_normal(120)
    past = np.zeros(120)
    for step in range(1, 120):
        past[step] = 0.6 * past[step - 1] + noise[step]
    past += 5.0
    windows, levels = Windows.of([past]), np.array([0.1, 0.5, 0.9])
    known, unknown = (
        predict(windows.values, windows.lengths, 1, 3, levels, uncertain=uncertain) for uncertain in (False, True)
    )
    assert known.names == ("arima(1,0,0) with mean",)
    model = SARIMAX(past, exog=np.ones(120), order=(1, 0, 0))
    fitted = model.fit(disp=0, cov_type="oim", cov_kwds={"approx_complex_step": True, "approx_centered": True})
    slopes = np.zeros((3, 3))
    for place in range(3):
        step = np.zeros(3)
        step[place] = 1e-5
        above, below = (
            model.smooth(fitted.params + side * step).get_forecast(3, exog=np.ones(3)).predicted_mean
            for side in (1, -1)
        )
        slopes[:, place] = (above - below) / 2e-5
    expected = np.einsum("hi,ij,hj->h", slopes, np.asarray(fitted.cov_params()), slopes)
    spreads = [np.diff(found.quantiles[0, :, [1, 2]], axis=0)[0] / t.ppf(0.9, 118) for found in (known, unknown)]
    np.testing.assert_allclose(spreads[1] ** 2 - spreads[0] ** 2, expected, rtol=0.03)


def test_at_a_bound_the_curvature_is_taken_from_inside() -> None:
    def gradient(at: np.ndarray) -> np.ndarray:
        return np.where(np.abs(at) <= 1.0, 50.0 * at, np.nan)

    found = added_variance(gradient, lambda at: 2.0 * at[:1], np.array([[1.0, -1.0]]), np.ones((1, 2)))
    np.testing.assert_allclose(found, np.full((1, 2), 2.0 * 4.0 / 50.0))
