from __future__ import annotations

import numpy as np

from forecast.models import predict
from forecast.windows import Windows


def test_the_average_step_goes_on_by_hand() -> None:
    # steps 2 -1 2 1, mean 1, squared deviations 1 4 1 0: s = sqrt(6 / 3), t with 3 degrees of freedom at .975 is 3.182
    found = predict("drift", Windows.of([[1.0, 3, 2, 4, 5]]), 2, np.array([0.5, 0.975])).quantiles[0]
    np.testing.assert_allclose(found[:, 0], [6, 7])
    np.testing.assert_allclose(found[:, 1], [6 + np.sqrt(2 * 1.25) * 3.1824463, 7 + np.sqrt(2 * 2 * 1.5) * 3.1824463])


def test_on_logs_it_is_the_average_growth() -> None:
    found = predict("drift", Windows.of([[1.0, 2, 3, 8]]), 1, support="positive").median
    np.testing.assert_allclose(found, [[16.0]])


def test_intervals_of_random_walks_cover_what_they_say() -> None:
    rng = np.random.default_rng(5)
    paths = np.cumsum(0.3 + rng.standard_normal((4000, 9)), axis=1)
    found = predict("drift", Windows.of(list(paths[:, :6])), 3, np.array([0.1, 0.5, 0.9])).quantiles
    inside = (found[:, :, 0] <= paths[:, 6:]) & (paths[:, 6:] <= found[:, :, 2])
    np.testing.assert_allclose(inside.mean(axis=0), 0.8, atol=0.025)


def test_a_gap_counts_as_the_steps_that_it_spans() -> None:
    # 1 . 3 . 7 8: seven over five steps, b = 7/5; changes 2, 4, 1 over 2, 2, 1 steps, less b a step: -.8, 1.2, -.4
    found = predict("drift", Windows.of([[1.0, np.nan, 3, np.nan, 7, 8]]), 1, np.array([0.5, 0.975]))
    spread = np.sqrt((0.64 / 2 + 1.44 / 2 + 0.16) / 2)
    np.testing.assert_allclose(found.quantiles[0, 0], [9.4, 9.4 + spread * np.sqrt(1.2) * 4.3026527], rtol=1e-6)


def test_a_window_that_ends_in_a_gap_is_refused() -> None:
    found = predict("drift", Windows.of([[1.0, 2, 4, 5, np.nan], [1.0, 2, np.nan, 5, 6]]), 1)
    assert found.refusals == ("the last value is missing; end the window in the newest one that is known", "")
