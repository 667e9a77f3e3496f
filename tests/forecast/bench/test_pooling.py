"""What the court uses is what exporters held out say is best."""

import numpy as np
import pytest

from forecast.bench import pooling
from forecast.bench.records import kept
from forecast.claims.views import INSIDE, pool
from forecast.models import DEFAULT

ROWS = {table["title"]: table["rows"] for table in kept("pooling")["tables"]}


def test_a_pool_of_equal_weights_is_the_geometric_mean_of_the_odds() -> None:
    assert pool(np.array([0.2]), np.array([0.5]), 0.5) == pytest.approx(1 / 3)
    assert pool(np.array([0.2]), np.array([0.5]), 1.0) == pytest.approx(0.2)


def test_the_logarithmic_score_weighs_every_series_alike() -> None:
    chances, happened = np.full((3, 2), 0.5), np.array([[0.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    assert pooling.logarithmic(chances, happened, np.array([1, 1, 2])) == pytest.approx(np.log(2))
    uneven = np.array([[0.9, 0.9], [0.9, 0.9], [0.5, 0.5]])
    found = pooling.logarithmic(uneven, np.ones((3, 2)), np.array([1, 1, 2]))
    assert found == pytest.approx((-np.log(0.9) + np.log(2)) / 2)


def test_the_weight_of_the_court_is_the_best_near_and_far() -> None:
    rows = ROWS[pooling.POOL]
    for column in ("1 to 5 years", "6 to 10 years", "all"):
        assert min(rows, key=lambda row: row[column])["weight"] == INSIDE


def test_the_growth_model_is_sharper_and_better_calibrated_at_every_distance() -> None:
    rows = {(row["years"], row["view"]): row for row in ROWS[pooling.VIEWS]}
    for years in range(1, 11):
        for other in (DEFAULT, "count"):
            for score in ("Brier", "log", "off"):
                assert rows[years, "growth"][score] < rows[years, other][score]
