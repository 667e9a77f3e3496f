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
