import numpy as np

from forecast.models import ets, steady_ets
from forecast.models.kernels.ets.fitting import fit
from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.starts import Search
from forecast.models.kernels.pasts import lay
from forecast.windows import Windows

LEVELS = np.array([0.1, 0.5, 0.9])


def test_turning_pasts_are_extrapolated_less_boldly() -> None:
    steps = np.random.default_rng(7).normal(size=(20, 24)).cumsum(axis=1)
    pasts = 200 + steps.cumsum(axis=1)
    windows = Windows.of(list(pasts))
    bold, steady = (
        np.abs(model.forecast(windows, 8, LEVELS).quantiles[:, -1, 1] - pasts[:, -1]) for model in (ets, steady_ets)
    )
    assert steady.mean() < bold.mean()
    assert steady_ets.forecast(windows, 1, LEVELS).produced[0].startswith("steady ets(")


def test_without_a_trend_and_below_zero_it_is_ets() -> None:
    windows = Windows.of([np.random.default_rng(4).normal(size=20)])
    plain, steady = (model.forecast(windows, 2, LEVELS) for model in (ets, steady_ets))
    assert steady.produced[0] == f"steady {plain.produced[0]}"
    np.testing.assert_allclose(steady.quantiles, plain.quantiles, rtol=1e-6)


def test_seasons_are_among_its_forms() -> None:
    past = 50 + np.tile([4.0, -3.0, 1.0, -2.0], 6) + np.random.default_rng(5).normal(size=24) / 10
    answer = steady_ets.forecast(Windows.of([past, past[:6]], 4, [3, 1]), 4, LEVELS)
    assert answer.produced[0].endswith("A)")
    np.testing.assert_allclose(answer.median[0], past[-4:], atol=0.5)
    assert answer.produced[1].endswith("N)")  # a season needs two cycles


def test_its_short_search_ends_where_a_thorough_one_does() -> None:
    rng = np.random.default_rng(11)
    season = np.tile(rng.normal(size=(60, 4)), 8)
    pasts = 60 + rng.normal(size=(60, 32)).cumsum(axis=1) + 3 * season + rng.normal(size=(60, 32))
    (laid,) = lay(pasts, np.full(60, 32), chunk=60)
    forms = [Form.named(name, 4) for name in steady_ets.SEASONAL]
    short, thorough = (
        np.min([one.criteria for one in fit(laid, forms, search=search)], axis=0)
        for search in (steady_ets.STEADY, Search(steady_ets.STEADY.steadiness))
    )
    assert np.mean(short < thorough + 0.1) > 0.85
    assert np.all(short < thorough + 6)
