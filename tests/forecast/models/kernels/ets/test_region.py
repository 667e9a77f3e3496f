from __future__ import annotations

import numpy as np
import pytest

from forecast.models.kernels.ets.forms import LOWEST, Structure
from forecast.models.kernels.ets.region import admissible, gentle_share, stable


def _largest_roots(coefficients: np.ndarray) -> np.ndarray:
    return np.array([np.abs(np.roots(column)).max() for column in coefficients.T])


def test_stability_is_that_of_the_roots():
    rng = np.random.default_rng(1)
    coefficients = rng.uniform(-1.2, 1.2, (6, 500))
    coefficients[0] = 1.0
    largest = _largest_roots(coefficients)
    clear = np.abs(largest - 1) > 1e-9
    np.testing.assert_array_equal(stable(coefficients)[clear], (largest < 1)[clear])
    assert 0.05 < (largest < 1).mean() < 0.95


@pytest.mark.parametrize("period", [4, 7, 12, 24])
@pytest.mark.parametrize("damped", [False, True])
def test_the_admissible_region_is_that_of_the_characteristic_roots(period: int, damped: bool):
    rng = np.random.default_rng(period)
    structure = Structure("A", damped, "A", period)
    points = rng.uniform(size=(structure.size, 400))
    points[0] = np.clip(points[0], LOWEST, 1 - LOWEST)
    points[1] **= 3
    phi = np.ones(400)
    if damped:
        points[structure.phi] = phi = rng.uniform(0.8, 0.98, 400)
    a = points[0]
    b = LOWEST + (a - LOWEST) * points[1]
    g = LOWEST + (1 - LOWEST - a) * points[2]
    middle = a + b - a * phi
    rows = [np.ones(400), a + b - phi, *[middle] * (period - 2), middle + g - 1, phi * (1 - a - g)]
    largest = _largest_roots(np.stack(rows))
    clear = np.abs(largest - 1) > 1e-8
    np.testing.assert_array_equal(admissible(structure, points)[clear], (largest < 1)[clear])
    gentle = points[1] <= gentle_share(structure, a)
    assert (largest[gentle] < 1 + 1e-9).all()


def test_forms_without_trend_or_season_are_admissible_throughout():
    points = np.full((6, 3), 0.99)
    assert admissible(Structure("A", True), points).all()
    assert admissible(Structure("N", False, "A", 4), points).all()
