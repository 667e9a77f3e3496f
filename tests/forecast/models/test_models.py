"""The contract that every registered model keeps; a new one is tested by being listed."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.models import TABLE, chosen, find, predict, predict_all
from forecast.quantiles import LEVELS, Forecasts
from forecast.windows import Windows

RANDOM = np.random.default_rng(7)
LONG = np.exp(np.cumsum(0.08 + 0.1 * RANDOM.standard_normal(18)))
SHORT = LONG[:6]
SHARES = 1 / (1 + np.exp(-np.cumsum(0.3 * RANDOM.standard_normal(14))))
HORIZON = 3

# (name, past, support)
PASTS = [
    ("long", LONG, "positive"),
    ("short", SHORT, "positive"),
    ("least", LONG[:4], "positive"),
    ("five", LONG[:5], "real"),
    ("constant", np.full(9, 3.5), "positive"),
    ("zeros", np.zeros(8), "real"),
    ("zeros that should be positive", np.zeros(8), "positive"),
    ("outlier", np.where(np.arange(12) == 5, 1e6, LONG[:12]), "positive"),
    ("tiny", LONG[:10] * 1e-300, "positive"),
    ("huge", LONG[:10] * 1e300, "real"),
    ("minute", (LONG[:10] - 3) * 1e-300, "real"),
    ("line", np.arange(1.0, 12), "real"),
    ("geometric", 1.1 ** np.arange(11), "positive"),
    ("step", np.repeat([1.0, 9.0], 6), "real"),
    ("share", SHARES, "share"),
    ("percent", SHARES * 100, "percent"),
    ("edge", np.where(np.arange(14) == 3, 1.0, SHARES), "share"),
]
REFUSED = [
    ("three", LONG[:3], "positive"),
    ("none", LONG[:0], "positive"),
    ("hole", np.where(np.arange(18) == 9, np.nan, LONG), "positive"),
    ("infinite", np.where(np.arange(18) == 9, np.inf, LONG), "real"),
    ("negative", np.where(np.arange(18) == 9, -1, LONG), "positive"),
    ("above one", np.where(np.arange(14) == 3, 1.5, SHARES), "share"),
]
ALL = PASTS + REFUSED
BATCH = Windows.of([past for _, past, _ in ALL], seeds=range(100, 100 + len(ALL)))
SUPPORTS = [support for _, _, support in ALL]


@pytest.fixture(scope="module")
def answers() -> dict[str, Forecasts]:
    return predict_all(list(TABLE), BATCH, HORIZON, LEVELS, SUPPORTS)


@pytest.mark.parametrize("name", TABLE)
def test_every_fair_window_has_finite_ascending_quantiles_and_a_name(name: str, answers: dict[str, Forecasts]) -> None:
    answer = answers[name]
    for row, (past, _, _) in enumerate(PASTS):
        assert not answer.refusals[row], (past, answer.refusals[row])
        assert answer.produced[row], past
        assert np.isfinite(answer.quantiles[row]).all(), past
        assert (np.diff(answer.quantiles[row], axis=1) >= 0).all(), past


@pytest.mark.parametrize("name", TABLE)
def test_quantiles_respect_the_support(name: str, answers: dict[str, Forecasts]) -> None:
    for row, (past, values, support) in enumerate(PASTS):
        low, high = {"positive": (0, np.inf), "share": (0, 1), "percent": (0, 100)}.get(support, (-np.inf, np.inf))
        found = answers[name].quantiles[row]
        assert found.min() >= low, past
        assert found.max() <= high, past
        if support == "positive" and values.min() > 0:
            assert found.min() > 0, past


@pytest.mark.parametrize("name", TABLE)
def test_unfair_windows_are_refused_one_by_one(name: str, answers: dict[str, Forecasts]) -> None:
    for row, (past, _, _) in enumerate(REFUSED, len(PASTS)):
        assert answers[name].refusals[row], past
        assert not answers[name].produced[row], past
        assert np.isnan(answers[name].quantiles[row]).all(), past


@pytest.mark.parametrize("name", TABLE)
def test_a_constant_is_answered_by_itself(name: str, answers: dict[str, Forecasts]) -> None:
    np.testing.assert_allclose(answers[name].quantiles[4], 3.5)
    assert (answers[name].quantiles[5] == 0).all()


@pytest.mark.parametrize("name", TABLE)
def test_a_batch_of_one_says_the_same(name: str, answers: dict[str, Forecasts]) -> None:
    for row in (0, 1, 7):
        alone = predict(name, BATCH.take(np.array([row])), HORIZON, LEVELS, SUPPORTS[row])
        np.testing.assert_array_equal(alone.quantiles[0], answers[name].quantiles[row])


@pytest.mark.parametrize("name", TABLE)
def test_order_and_chunks_do_not_matter(name: str, answers: dict[str, Forecasts]) -> None:
    rows = np.array([14, 1, 17, 0])
    turned = predict(name, BATCH.take(rows), HORIZON, LEVELS, [SUPPORTS[row] for row in rows])
    np.testing.assert_array_equal(turned.quantiles, answers[name].quantiles[rows])
    assert turned.produced == tuple(answers[name].produced[row] for row in rows)


@pytest.mark.parametrize("name", TABLE)
def test_spread_grows_with_the_horizon(name: str, answers: dict[str, Forecasts]) -> None:
    logs = np.log(answers[name].quantiles[0])
    widths = logs[:, -2] - logs[:, 1]
    assert (np.diff(widths) >= -1e-9 if name != "prophet" else widths > 0).all()


@pytest.mark.parametrize("name", TABLE)
def test_the_unit_does_not_matter(name: str, answers: dict[str, Forecasts]) -> None:
    scaled = predict(name, Windows.of([LONG * 1000], seeds=[100]), HORIZON, LEVELS, "positive")
    np.testing.assert_allclose(scaled.quantiles[0] / 1000, answers[name].quantiles[0], rtol=1e-4)


def test_an_unknown_model_or_engine_suggests_the_near_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'arima'"):
        find("arma")
    with pytest.raises(InputError, match="reference or batch"):
        find("naive", "fast")
    with pytest.raises(InputError, match="Did you mean 'theta'"):
        chosen(["thet"])


def test_horizon_zero_and_missing_supports_are_refused() -> None:
    with pytest.raises(InputError, match="horizon 0"):
        predict("naive", BATCH, 0)
    with pytest.raises(InputError, match="1 supports were given"):
        predict("naive", BATCH, 1, support=["real"])


def test_chosen_are_all_models_unless_named() -> None:
    assert chosen(["drift", "drift", "naive"]) == (["drift", "naive"], [])
    assert chosen(None)[0] == list(TABLE)


def test_an_empty_batch_is_answered() -> None:
    assert predict("combination", Windows.of([]), 2).quantiles.shape == (0, 2, len(LEVELS))
