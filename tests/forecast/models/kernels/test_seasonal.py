from __future__ import annotations

import warnings

import numpy as np

from forecast.models.kernels.pasts import Pasts, lay
from forecast.models.kernels.seasonal import FADING, adjust, fade, indices, is_seasonal, trends

# quarterly gas consumption of the United Kingdom 1960-1965 (R's UKgas), and R's decompose() of it
GAS = [160.1, 129.7, 84.8, 120.1, 160.1, 124.9, 84.8, 116.9, 169.7, 140.9, 89.7, 123.3]
GAS += [187.3, 144.1, 92.9, 120.1, 176.1, 147.3, 89.7, 123.3, 185.7, 155.3, 99.3, 131.3]
RATIOS = [1.3281290415, 1.0709801844, 0.6800846201, 0.9208061539]
TERMS = [43.2693750000, 9.3468750000, -41.8481250000, -10.7681250000]


def _lay(*pasts: list[float]) -> Pasts:
    lengths = np.array([len(past) for past in pasts])
    values = np.full((len(pasts), lengths.max()), np.nan)
    for row, past in enumerate(pasts):
        values[row, -len(past) :] = past
    (laid,) = lay(values, lengths, chunk=999)
    return laid


def test_moving_average_of_a_line_is_the_line_away_from_its_ends():
    pasts = _lay([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [1.0, 2.0, 3.0, 4.0, 5.0])
    found = trends(pasts, 4).T * 2.0 ** pasts.exponents[:, None]
    np.testing.assert_allclose(found[0], [np.nan, np.nan, 3, 4, 5, np.nan, np.nan])
    np.testing.assert_allclose(found[1], [np.nan, np.nan, 3, np.nan, np.nan, np.nan, np.nan])


def test_indices_of_a_line_with_a_season_are_the_season():
    season = np.array([3.0, -1.0, -4.0, 2.0])
    pasts = _lay((np.arange(14.0) + season[np.arange(14) % 4]).tolist())
    np.testing.assert_allclose(indices(pasts, 4, False)[:, 0] * 2.0 ** pasts.exponents[0], season, atol=1e-12)


def test_indices_of_a_level_with_a_factor_have_mean_one():
    factor = np.array([1.2, 0.7, 0.8, 1.3])
    pasts = _lay((8 * factor[np.arange(13) % 4]).tolist())
    np.testing.assert_allclose(indices(pasts, 4, True)[:, 0], factor, rtol=1e-12)


def test_indices_are_those_of_decompose():
    pasts = _lay(GAS)
    ratios = indices(pasts, 4, True)[:, 0]
    np.testing.assert_allclose(ratios, RATIOS, atol=1e-9)
    np.testing.assert_allclose(indices(pasts, 4, False)[:, 0] * 2.0 ** pasts.exponents[0], TERMS, atol=1e-8)


def test_a_season_is_found_where_there_is_one():
    rng = np.random.default_rng(4)
    noise = rng.standard_normal((200, 30)) + 20
    pasts = _lay(GAS, *noise.tolist())
    found = is_seasonal(pasts, 4)
    assert found[pasts.rows == 0].all()
    # a test at 10 % is wrong in about so many cases
    assert 0.03 < found[pasts.rows > 0].mean() < 0.17
    assert not is_seasonal(_lay(GAS[:8]), 4).any()
    assert not is_seasonal(_lay([5.0] * 12), 4).any()


def test_the_season_is_a_factor_only_where_values_can_be_multiples():
    below = (np.array(GAS) - 100).tolist()
    pasts = _lay(GAS, below)
    as_ratio, as_term = adjust(pasts, 4, True), adjust(pasts, 4, False)
    assert as_ratio.multiplicative.tolist() == [True, False]
    assert not as_term.multiplicative.any()
    for found in (as_ratio, as_term):
        cycle = found.seasons[np.arange(24) % 4]
        back = np.where(found.multiplicative, found.pasts.values * cycle, found.pasts.values + cycle)
        np.testing.assert_allclose(back, pasts.values, atol=1e-15)


def test_annual_data_have_no_season():
    found = adjust(_lay(GAS), 1, True)
    assert not found.seasonal.any()


def test_ratios_to_a_moving_average_of_zero_pass_in_silence():
    cycle = np.array([2.0, -1.0, -2.0, 1.0])
    pasts = _lay(np.concatenate([cycle, cycle, -cycle, -cycle]).tolist())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(indices(pasts, 4, multiplicative=True)).all()


def test_a_steady_season_is_taken_out_whole_whichever_way() -> None:
    wave, line = np.array([3.0, -1.0, -4.0, 2.0]), 40.0 + np.arange(22.0)
    for ratio in (False, True):
        pasts = _lay((line * np.exp(np.tile(wave, 6)[:22] / 50) if ratio else line + np.tile(wave, 6)[:22]).tolist())
        found = fade(pasts, 4, ratio)
        assert found.seasonal.all()
        assert found.multiplicative.tolist() == [ratio]
        np.testing.assert_allclose(found.pasts.values[:, 0] * 2.0 ** pasts.exponents[0], line, rtol=2e-3)


def test_newer_cycles_count_more_and_noise_is_left_in_part() -> None:
    early, late = np.tile([1.0, -1.0], 24), np.tile([1.4, -1.4], 24)
    pasts = _lay((10 + np.concatenate([early, late])).tolist())
    scale = 2.0 ** pasts.exponents[0]
    usual, found = indices(pasts, 2, False)[0, 0] * scale, fade(pasts, 2, False).seasons[0, 0] * scale
    assert abs(usual - 1.2) < 0.02
    assert 1.35 < found < 1.4
    assert 0 < FADING < 1
    noise = _lay(*np.random.default_rng(6).standard_normal((200, 40)).tolist())
    share = np.abs(fade(noise, 4, False).seasons).mean() / np.abs(indices(noise, 4, False)).mean()
    assert share < 0.7


def test_two_cycles_and_constants_and_data_without_season_stay_as_they_are() -> None:
    for pasts, period in ((_lay([1.0, 5.0, 2.0, 7.0] * 2), 4), (_lay([3.0] * 20), 4), (_lay([1.0, 2.0, 4.0] * 5), 1)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = fade(pasts, period, True)
        np.testing.assert_array_equal(found.pasts.values, pasts.values)
        assert not found.seasonal.any()


def test_the_season_of_a_past_does_not_depend_on_its_company() -> None:
    rng = np.random.default_rng(9)
    several = [np.exp(0.1 * rng.standard_normal(size)).tolist() for size in (31, 30, 12, 9)]
    together = fade(_lay(*several), 4, True).seasons
    for row, past in enumerate(several):
        np.testing.assert_array_equal(fade(_lay(past), 4, True).seasons[:, 0], together[:, row])
