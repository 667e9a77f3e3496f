import numpy as np

from forecast.models import ingredients, predict
from forecast.models.recipes import recipe
from forecast.quantiles import LEVELS
from forecast.transforms import scale
from forecast.windows import Windows

PAST = 100 * 1.03 ** np.arange(16) + 5 * np.sin(np.arange(16))


def test_members_asked_on_another_scale_come_back_on_this_one() -> None:
    windows = Windows.of([PAST])
    scaled = scale(windows, "positive")
    found = ingredients.gather(recipe(1), scaled, windows, 3, "batch")
    drift = predict("drift", windows, 3, LEVELS, "real", "batch").median
    np.testing.assert_allclose(found["plain drift"].median, np.log(drift))


def test_what_is_known_is_not_asked_again() -> None:
    windows = Windows.of([PAST])
    scaled = scale(windows, "positive")
    known = ingredients.gather(recipe(1), scaled, windows, 3, "batch")
    again = ingredients.gather(recipe(1), scaled, windows, 3, "batch", {"ets": known["theta"]})
    assert again["ets"] is known["theta"]


def test_a_member_that_cannot_answer_on_its_scale_sits_out() -> None:
    windows = Windows.of([np.concatenate([PAST - 150, PAST])], 4)  # negative values have no logarithms
    answer = predict("combination", windows, 3, LEVELS, "real", "batch")
    assert np.isfinite(answer.quantiles).all()


def test_a_recent_member_sees_the_last_two_thirds_and_six_values_at_least() -> None:
    bent = np.concatenate([np.full(8, 100.0), 100.0 + 10.0 * np.arange(1, 17)])
    windows = Windows.of([bent, bent[-7:], bent[-5:]])
    scaled = scale(windows, "positive")
    found = ingredients.gather(recipe(1), scaled, windows, 2, "batch")["plain recent drift"].median
    alone = predict("drift", Windows.of([bent[-16:], bent[-6:], bent[-5:]]), 2, LEVELS, "real", "batch").median
    np.testing.assert_allclose(found, np.log(alone))
