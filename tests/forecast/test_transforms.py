from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import InputError
from forecast.transforms import scale
from forecast.windows import Windows

BOUNDS = {
    "real": (-1e308, 1e308),
    "positive": (1e-300, 1e300),
    "power": (1e-3, 1e4),
    "share": (1e-9, 1 - 1e-9),
    "percent": (1e-7, 99.999999),
}


@pytest.mark.parametrize("support", list(BOUNDS))
@given(data=st.data())
def test_back_undoes_the_scale(support: str, data: st.DataObject) -> None:
    low, high = BOUNDS[support]
    past = data.draw(st.lists(st.floats(low, high, allow_subnormal=False), min_size=1, max_size=6))
    scaled = scale(Windows.of([past]), support)
    back = scaled.back(scaled.windows.values[:, :, None])[:, :, 0]
    np.testing.assert_allclose(back[0], past, rtol=1e-9, atol=max(map(abs, past)) * 1e-290)


def test_medians_stay_medians_because_order_is_kept() -> None:
    scaled = scale(Windows.of([[1.0, 10.0, 100.0]]), "positive")
    np.testing.assert_allclose(scaled.back(np.log([[[2.0, 3.0, 5.0]]])), [[[2.0, 3.0, 5.0]]])


def test_a_zero_in_a_positive_window_leaves_it_unlogged_and_cut_at_zero() -> None:
    scaled = scale(Windows.of([[0.0, 3.0, 4.0], [1.0, 3.0, 4.0]]), "positive")
    assert scaled.plain.tolist() == [True, False]
    assert scaled.back(np.full((2, 1, 1), -1.0))[0, 0, 0] == 0.0
    assert scaled.refusals == ("", "")


def test_negative_infinite_and_outside_values_refuse_their_window_only() -> None:
    positive = scale(Windows.of([[1.0, -2.0], [1.0, np.inf], [1.0, 2.0]]), "positive")
    assert [bool(refusal) for refusal in positive.refusals] == [True, True, False]
    share = scale(Windows.of([[0.2, 1.2], [0.2, 0.3]]), "share")
    assert [bool(refusal) for refusal in share.refusals] == [True, False]
    assert np.isnan(share.windows.values[0]).all()


def test_a_share_on_the_edge_has_a_logit_and_comes_back() -> None:
    scaled = scale(Windows.of([[0.0, 0.5, 1.0]]), "share")
    assert np.isfinite(scaled.windows.values).all()
    np.testing.assert_allclose(scaled.back(scaled.windows.values[:, :, None])[0, :, 0], [0.0, 0.5, 1.0], atol=1e-12)


def test_far_quantiles_stay_finite_ordered_and_inside() -> None:
    far = np.array([[[-1e6, -800.0, 0.0, 800.0, 1e6]]])
    for support, low, high in (
        ("positive", 0.0, np.inf),
        ("power", 0.0, np.inf),
        ("share", 0.0, 1.0),
        ("percent", 0.0, 100.0),
    ):
        back = scale(Windows.of([[0.3, 0.4]]), support).back(far)[0, 0]
        assert np.isfinite(back).all()
        assert (np.diff(back) >= 0).all()
        assert back[0] >= low
        assert back[-1] <= high


def test_the_power_is_that_which_makes_a_line() -> None:
    time = np.arange(1.0, 15)
    noise = 1 + 0.003 * np.random.default_rng(0).standard_normal(14)
    pasts = [np.exp(0.2 * time) * noise, (4 + time) ** 2 * noise, (4 + time) * noise, np.full(14, 5.0)]
    moved = scale(Windows.of(pasts), "power").windows.values
    for row in moved[:3]:
        assert np.corrcoef(row, time)[0, 1] > 0.9999
    assert np.ptp(moved[3]) == 0


def test_the_power_depends_on_the_window_alone() -> None:
    pasts = [np.arange(1.0, 9) ** 2, np.arange(1.0, 20) ** 1.5]
    both = scale(Windows.of(pasts), "power").windows.values
    np.testing.assert_array_equal(both[0, -8:], scale(Windows.of(pasts[:1]), "power").windows.values[0])


def test_an_unknown_support_suggests_the_near_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'positive'"):
        scale(Windows.of([[1.0]]), "positiv")
