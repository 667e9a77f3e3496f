import numpy as np
import pytest
from scipy.stats import norm

from forecast.models.atlas import FARTHEST, Atlas, clipped, shipped
from forecast.models.recipes import recipe
from forecast.models.roughness import NAMES
from forecast.quantiles import LEVELS


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("season", [1, 4, 12])
def test_the_shipped_table_is_whole_and_its_quantiles_ascend(season: int, plain: bool) -> None:
    atlas = shipped(season, plain)
    assert atlas.coefficients.shape == (len(atlas.scores), len(NAMES) + 1)
    assert np.isfinite(atlas.coefficients).all()
    assert (np.diff(atlas.scores, axis=1) > 0).all()
    assert (np.abs(atlas.scores[:, list(LEVELS).index(0.5)]) < 1e-9).all()
    assert atlas.tilts.shape == (len(atlas.scores), 1 + len(recipe(season, plain).tilted))


def test_the_tilt_is_a_lift_and_shares_of_deviations_that_are_clipped() -> None:
    atlas = Atlas(np.zeros((1, len(NAMES) + 1)), LEVELS[None], np.array([[0.1, 0.5, 0.25]]))
    deviations = np.array([[[0.2, 9.0]], [[-0.4, 0.0]]])  # [2, 1, 2]
    found = atlas.tilt(deviations, np.array([[0.2, 0.2]]))
    np.testing.assert_allclose(found, [[0.1 + 0.5 * 1 - 0.25 * 2, 0.1 + 0.5 * FARTHEST]])


def test_without_a_spread_nothing_is_divided() -> None:
    assert np.isfinite(clipped(np.ones((1, 1, 1)), np.zeros((1, 1)))).all()


def test_levels_between_the_tabled_ones_lie_on_a_line_in_the_normal_score() -> None:
    atlas = Atlas(np.zeros((2, len(NAMES) + 1)), np.tile(norm.ppf(LEVELS), (2, 1)), np.zeros((2, 1)))
    levels = np.array([0.005, 0.03, 0.5, 0.77, 0.999])
    np.testing.assert_allclose(atlas.errors(3, levels), np.tile(norm.ppf(levels), (3, 1)), atol=1e-12)


def test_beyond_the_table_the_spread_grows_as_a_random_walks() -> None:
    atlas = Atlas(np.zeros((2, len(NAMES) + 1)), np.tile(norm.ppf(LEVELS), (2, 1)), np.zeros((2, 1)))
    np.testing.assert_allclose(atlas.spread(np.zeros((1, 8, len(NAMES))))[0], [1, 1, *np.sqrt(np.arange(3, 9) / 2)])


def test_every_season_has_a_table_the_finest_known_one_if_it_is_finer() -> None:
    for plain in (False, True):
        assert len({len(shipped(season, plain).scores) for season in (1, 4, 12)}) == 3
        np.testing.assert_array_equal(shipped(52, plain).scores, shipped(12, plain).scores)
        np.testing.assert_array_equal(shipped(2, plain).scores, shipped(4, plain).scores)
    assert (shipped(4, True).scores != shipped(4).scores).any()
