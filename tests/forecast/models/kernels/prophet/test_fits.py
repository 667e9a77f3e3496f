from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.prophet.design import Settings
from forecast.models.kernels.prophet.fits import Fit, fit
from forecast.quantiles import LEVELS


def _fit(values: np.ndarray, horizon: int = 3, settings: Settings | None = None) -> Fit:
    batch = np.atleast_2d(values)
    whole = np.ones((1, batch.shape[1]), dtype=bool)
    return fit(batch, whole, np.zeros(len(batch), np.int64), 1, horizon, settings or Settings())


def test_a_constant_is_continued_as_the_package_does() -> None:
    fitted = _fit(np.full(9, -4.0))
    assert fitted.x[0, 1] == -1.0
    assert fitted.noise[0] == 1e-9
    assert np.allclose(fitted.path * fitted.unit[:, None], -4.0)


def test_the_unit_scales_the_answer_and_nothing_else() -> None:
    values = np.array([3.0, 4, 4.5, 6, 5.5, 7, 9, 8.5, 9.5, 11])
    plain, large = (_fit(one).quantiles(LEVELS) for one in (values, values * 2.0**40))
    assert (large == plain * 2.0**40).all()


def test_centred_windows_answer_from_any_zero() -> None:
    values = np.array([3.0, 4, 4.5, 6, 5.5, 7, 9, 8.5, 9.5, 11])
    centred = Settings(centred=True)
    plain, moved = (_fit(one, settings=centred).quantiles(LEVELS) for one in (values, values + 1024.0))
    assert np.allclose(moved - 1024.0, plain)


@pytest.mark.filterwarnings("ignore")  # the package's own
def test_the_package_finds_the_same_mode_and_interval() -> None:
    """One live comparison; the package stops short of the mode on most series, on this one it arrives."""
    package = pytest.importorskip("prophet")
    import pandas as pd

    random = np.random.default_rng(1)
    values = 10 + 0.3 * np.arange(20) + 0.5 * random.standard_normal(20)
    model = package.Prophet(yearly_seasonality=False, weekly_seasonality=False, daily_seasonality=False)
    days = pd.date_range("2000-01-01", periods=24)
    model.fit(pd.DataFrame({"ds": days[:20], "y": values}), seed=1)
    theirs = model.predict(pd.DataFrame({"ds": days[20:]}))
    ours = _fit(values, horizon=4).quantiles(np.array([0.1, 0.5, 0.9]))[0]
    assert np.allclose(ours[:, 1], theirs["yhat"], atol=0.01 * values.max())
    assert np.allclose(ours[:, 0], theirs["yhat_lower"], atol=0.15)
    assert np.allclose(ours[:, 2], theirs["yhat_upper"], atol=0.15)
