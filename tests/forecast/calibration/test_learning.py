import numpy as np
import pytest

from forecast.calibration.competitions import entries, roll
from forecast.calibration.learning import LEFT_OUT, Samples, collect, learn, sample, table
from forecast.errors import InputError
from forecast.models.roughness import NAMES
from forecast.quantiles import LEVELS


def world(scale: float, seed: int = 1, size: int = 20000) -> Samples:
    """Errors whose spread is `scale` times the first feature to the power one half."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(size, 2, len(NAMES)))
    errors = scale * np.exp(0.5 * features[:, :, 0]) * rng.normal(size=(size, 2))
    nothing = np.zeros((0, size, 2))
    return Samples("made up", "annual", features, errors, nothing, np.arange(size), np.ones(size, dtype=bool))


def test_a_known_spread_is_learnt() -> None:
    atlas = learn([world(0.1)])
    np.testing.assert_allclose(atlas.coefficients[:, 1], 0.5, atol=0.05)
    np.testing.assert_allclose(atlas.coefficients[:, 2:], 0.0, atol=0.05)
    covered = 0.1 * np.exp(0.5 * 0) * 1.959964
    middle = np.exp(atlas.coefficients[:, 0]) * atlas.scores[:, list(LEVELS).index(0.975)]
    np.testing.assert_allclose(middle, covered, rtol=0.1)


def test_quarterly_horizons_share_their_slopes_and_keep_their_own_level() -> None:
    one = world(0.1)
    wider = one.errors * [1.0, 3.0]
    nothing = np.zeros((0, *wider.shape))
    atlas = learn([Samples("made up", "quarterly", one.features, wider, nothing, one.series, one.official)])
    np.testing.assert_array_equal(atlas.coefficients[0, 1:], atlas.coefficients[1, 1:])
    assert np.exp(np.diff(atlas.coefficients[:, 0])[0]) == pytest.approx(3.0, rel=0.05)
    used = [not name.startswith(LEFT_OUT["quarterly"]) for name in NAMES]
    assert (atlas.coefficients[0, 1:] != 0).tolist() == used


def test_a_series_cut_often_weighs_no_more_than_one_cut_once() -> None:
    calm, wild = world(0.1, 1, 400), world(1.0, 2, 400)
    often = Samples(
        "wild", "annual", wild.features, wild.errors, wild.deviations, np.zeros(400, dtype=int), wild.official
    )
    atlas = learn([calm, often])
    assert np.exp(atlas.coefficients[0, 0]) == pytest.approx(np.exp(learn([calm]).coefficients[0, 0]), rel=0.05)


def test_a_tilt_towards_a_better_member_is_learnt_and_the_rest_covered() -> None:
    rng = np.random.default_rng(5)
    size = 40000
    noise, members = rng.normal(size=(size, 1)), 0.02 * rng.normal(size=(2, size, 1))
    features = rng.normal(size=(size, 1, len(NAMES)))
    errors = 0.02 + 0.6 * members[0] + 0.05 * noise  # the first member is right by six tenths, the second never
    atlas = learn(
        [Samples("made up", "annual", features, errors, members, np.arange(size), np.ones(size, dtype=np.bool_))]
    )
    assert atlas.tilts[0, 1] == pytest.approx(0.6, abs=0.08)
    assert atlas.tilts[0, 2] == pytest.approx(0.0, abs=0.03)
    assert atlas.tilts[0, 0] > 0
    spread = atlas.spread(features)
    left = (errors - spread * atlas.tilt(members, spread)) / spread
    low, high = (atlas.errors(1, np.array([level]))[0, 0] for level in (0.1, 0.9))
    assert ((left >= low) & (left <= high)).mean() == pytest.approx(0.8, abs=0.02)


def test_early_origins_never_see_the_official_test_part() -> None:
    rolled = roll("M1", "annual", 10, 4)
    longest = max(len(one.x) for one in entries("M1", "annual"))
    assert rolled.windows.values.shape[1] == longest
    first = entries("M1", "annual")[0]
    rows = np.flatnonzero((rolled.series == 0) & ~rolled.official)
    for row in rows:
        known = rolled.windows.lengths[row] + np.isfinite(rolled.truth[row]).sum()
        assert known <= len(first.x)


def test_the_table_has_a_row_a_horizon() -> None:
    lines = table({("annual", False): learn([world(0.1)]), ("annual", True): learn([world(0.1)])}).splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("table,horizon,intercept,deviation")
    assert lines[1].startswith("annual,1,")
    assert lines[3].startswith("annual plain,1,")


@pytest.mark.parametrize(("view", "lag"), [("level", 0), ("change", 1), ("yearly change", 4)])
def test_a_view_is_of_the_changes_and_early_origins_do_not_see_the_official_test_part(view: str, lag: int) -> None:
    one = entries("M3", "quarterly")[0]
    known, whole = np.asarray(one.x), np.concatenate([one.x, one.xx])
    rolled = roll("M3", "quarterly", 8, 3, view=view)
    mine = np.flatnonzero(rolled.series == 0)
    changes = whole[lag:] - whole[:-lag] if lag else whole
    for row in mine:
        size = int(rolled.windows.lengths[row])
        np.testing.assert_allclose(rolled.windows.values[row, -size:], changes[:size])
        came = rolled.truth[row][np.isfinite(rolled.truth[row])]
        np.testing.assert_allclose(came, changes[size : size + len(came)])
        assert rolled.official[row] == (size == len(known) - lag)
        assert rolled.official[row] or size + len(came) <= len(known) - lag
        assert rolled.windows.season == 4


def test_growth_from_zero_is_no_view() -> None:
    whole, grown = (roll("Tourism", "quarterly", 8, 0, view=view) for view in ("change", "growth"))
    assert len(whole.windows) == 427
    assert len(grown.windows) == 415  # twelve series hold a zero
    np.testing.assert_allclose(roll("M1", "annual", 6, 0, view="growth").windows.values[0, -1], 0.0, atol=1.0)


@pytest.mark.slow
def test_changes_of_a_competition_left_out_are_covered() -> None:
    learnt = learn([collect(name, "annual", 1, plain=True) for name in ("M1", "Tourism")])
    held = sample(roll("M3", "annual", 6, 0, view="change"), plain=True)
    spread = learnt.spread(held.features)
    scores = held.errors / spread
    for level, room in ((0.95, 0.02), (0.8, 0.04), (0.5, 0.06)):
        low, high = (learnt.errors(6, np.array([at]))[:, 0] for at in ((1 - level) / 2, (1 + level) / 2))
        assert ((scores >= low) & (scores <= high)).mean() == pytest.approx(level, abs=room)


def test_a_view_weighs_as_a_series_and_constant_pasts_teach_nothing() -> None:
    found = collect("M1", "annual", 0, plain=True)
    assert len(np.unique(found.series)) == len(found.series) == 3 * 181
    assert found.plain
    assert np.isfinite(found.features).all()


@pytest.mark.slow
def test_a_competition_left_out_is_covered() -> None:
    learnt = learn([collect(name, "annual", 3) for name in ("M1", "Tourism")])
    held = collect("M3", "annual", 0)
    spread = learnt.spread(held.features)
    scores = held.errors / spread - learnt.tilt(held.deviations, spread)
    low, high = (learnt.errors(10, np.array([level]))[:, 0] for level in (0.025, 0.975))
    known = np.isfinite(scores)
    covered = ((scores >= low) & (scores <= high))[known].mean()
    assert 0.93 <= covered <= 0.97


def test_unknown_data_is_refused() -> None:
    with pytest.raises(InputError, match="'M4', annual is no data set here"):
        roll("M4", "annual", 6, 1)
