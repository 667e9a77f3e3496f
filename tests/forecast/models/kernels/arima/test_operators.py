from __future__ import annotations

import numpy as np
from scipy.linalg import solve_discrete_lyapunov

from forecast.models.kernels.arima.operators import autocovariances, clear_of_the_circle, expand, step_down, step_up

REFLECTIONS = np.array([[0.5, -0.9], [0.3, 0.2], [-0.7, 0.99]])


def test_stepping_down_undoes_stepping_up() -> None:
    np.testing.assert_allclose(step_down(step_up(REFLECTIONS)[-1]), REFLECTIONS)


def test_roots_are_clear_where_they_are_far_enough() -> None:
    operators = np.array([[-1 / 1.02, -1 / 1.005], [0.0, 0.0]])  # one root each, at 1.02 and at 1.005
    assert clear_of_the_circle(operators, 1.01).tolist() == [True, False]
    for column in step_up(REFLECTIONS)[-1].T:
        assert np.abs(np.roots([*column[::-1], 1.0])).min() > 1.0


def test_a_product_of_operators_is_a_convolution() -> None:
    found = expand(np.array([[0.5], [0.2]]), np.array([[-0.4]]), 4, 6)
    np.testing.assert_allclose(found[:, 0], np.convolve([1, 0.5, 0.2], [1, 0, 0, 0, -0.4])[1:])


def test_autocovariances_are_those_of_the_state_equation() -> None:
    plain = step_up(REFLECTIONS)[-1]
    seasonal = expand(np.array([[0.5], [0.2]]), np.array([[-0.4]]), 4, 6)
    for operators in (plain, seasonal, np.zeros((3, 1)), plain[:1] / 2):
        found, volumes = autocovariances(operators)
        for operator, covariance, volume in zip(operators.T, found.T, volumes, strict=True):
            step = np.eye(len(operator), k=-1)
            step[0] = -operator
            expected = solve_discrete_lyapunov(step, np.diag(np.eye(len(operator))[0]))
            np.testing.assert_allclose(covariance, expected, rtol=1e-9)
            np.testing.assert_allclose(volume, np.linalg.slogdet(expected)[1], atol=1e-9)


def test_no_autoregression_has_no_autocovariance() -> None:
    found, volume = autocovariances(np.zeros((0, 2)))
    assert found.shape == (0, 0, 2)
    assert volume.tolist() == [0.0, 0.0]
