from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.arima.recursions import divide, divide_seasonal, lagged, responses


@pytest.mark.parametrize(("time", "size"), [(5, 1), (8, 3), (29, 2), (30, 5)])
def test_dividing_undoes_the_operator(time: int, size: int) -> None:
    rng = np.random.default_rng(time)
    values, operator = rng.standard_normal((time, 2, 3)), rng.uniform(-0.3, 0.3, (size, 3))
    found = divide(values, responses(operator))
    again = found.copy()
    for lag in range(1, min(size, time - 1) + 1):
        again[lag:] += operator[lag - 1] * found[:-lag]
    np.testing.assert_allclose(again, values, atol=1e-12)


def test_dividing_by_a_seasonal_operator_reaches_whole_seasons() -> None:
    values = np.zeros((11, 1, 1))
    values[0] = 1.0
    divide_seasonal(values, np.array([[-0.5], [0.1]]), 4)
    np.testing.assert_allclose(values[:, 0, 0], [1, 0, 0, 0, 0.5, 0, 0, 0, 0.15, 0, 0])


def test_a_lagged_view_looks_back() -> None:
    values = np.arange(1.0, 4.0)[:, None]
    assert lagged(values, 2)[:, :, 0].tolist() == [[1, 0], [2, 1], [3, 2]]
    assert lagged(values, 2, 1)[:, :, 0].tolist() == [[0, 0], [1, 0], [2, 1]]
