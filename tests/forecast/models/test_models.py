"""The contract that every registered model keeps; a new one is tested by being listed."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecast.errors import InputError
from forecast.models import AMOUNTS_ONLY, TABLE, VARIANTS, chosen, find, predict, predict_all
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
    ("power", LONG, "power"),
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


FEW = np.array([0, 2, 4, 7, 11, 15, len(PASTS), len(PASTS) + 2])
TWICE = [name for name, entry in TABLE.items() if entry.batch != entry.reference]

NO_AMOUNTS = ("minute", "power", "share", "percent", "edge")

Case = tuple[str, str, list[int]]
CASES = [pytest.param((name, "batch", list(range(len(ALL)))), id=name) for name in TABLE | VARIANTS] + [
    pytest.param((name, "reference", FEW.tolist()), id=f"{name}-reference", marks=pytest.mark.slow) for name in TWICE
]


@functools.cache
def answered(engine: str) -> dict[str, Forecasts]:
    rows = FEW if engine == "reference" else np.arange(len(ALL))
    names = TWICE if engine == "reference" else list(TABLE | VARIANTS)
    return predict_all(names, BATCH.take(rows), HORIZON, LEVELS, [SUPPORTS[row] for row in rows], engine)


def rows_of(case: Case, wanted: range) -> Iterator[tuple[int, Forecasts, int]]:
    """Yield which window it is, and the answer with its row."""
    name, engine, rows = case
    for place, row in enumerate(rows):
        if row in wanted and not (name in AMOUNTS_ONLY and ALL[row][0] in NO_AMOUNTS):
            yield row, answered(engine)[name], place


def test_a_model_for_amounts_says_so_of_everything_else() -> None:
    for name in AMOUNTS_ONLY:
        said = dict(zip((past for past, _, _ in ALL), answered("batch")[name].refusals, strict=True))
        assert {said[past] for past in NO_AMOUNTS} == {f"{name} needs amounts, all above zero"}


FAIR, UNFAIR = range(len(PASTS)), range(len(PASTS), len(ALL))


@pytest.mark.parametrize("case", CASES)
def test_every_fair_window_has_finite_ascending_quantiles_and_a_name(case: Case) -> None:
    for row, answer, place in rows_of(case, FAIR):
        past = PASTS[row][0]
        assert not answer.refusals[place], (past, answer.refusals[place])
        assert answer.produced[place], past
        assert np.isfinite(answer.quantiles[place]).all(), past
        assert (np.diff(answer.quantiles[place], axis=1) >= 0).all(), past


@pytest.mark.parametrize("season", [1, 4, 12])
@pytest.mark.parametrize("name", [*TABLE, *VARIANTS])
def test_a_window_of_any_length_alone_is_answered(name: str, season: int) -> None:
    """Alone, a window shorter than a cycle or two is the whole width of its batch."""
    past = np.exp(np.cumsum(0.1 * np.random.default_rng(4).standard_normal(26)))
    for size in (4, 5, 7, 8, 9, 11, 12, 13, 16, 24, 25):
        answer = predict(name, Windows.of([past[:size]], season), 2, support="positive", engine="batch")
        assert np.isfinite(answer.quantiles).all(), (size, answer.refusals)


@pytest.mark.parametrize("case", CASES)
def test_quantiles_respect_the_support(case: Case) -> None:
    for row, answer, place in rows_of(case, FAIR):
        past, values, support = PASTS[row]
        low, high = {"positive": (0, np.inf), "power": (0, np.inf), "share": (0, 1), "percent": (0, 100)}.get(
            support, (-np.inf, np.inf)
        )
        found = answer.quantiles[place]
        assert found.min() >= low, past
        assert found.max() <= high, past
        if support in ("positive", "power") and values.min() > 0:
            assert found.min() > 0, past


@pytest.mark.parametrize("case", CASES)
def test_unfair_windows_are_refused_one_by_one(case: Case) -> None:
    for row, answer, place in rows_of(case, UNFAIR):
        past = ALL[row][0]
        if past == "hole" and not answer.refusals[place]:
            assert np.isfinite(answer.quantiles[place]).all()  # a model may take a missing value
            continue
        assert answer.refusals[place], past
        assert not answer.produced[place], past
        assert np.isnan(answer.quantiles[place]).all(), past


@pytest.mark.parametrize("case", CASES)
def test_a_constant_is_answered_by_itself(case: Case) -> None:
    for row, answer, place in rows_of(case, range(4, 6)):
        np.testing.assert_allclose(answer.quantiles[place], PASTS[row][1][0], atol=1e-7)


@pytest.mark.parametrize("case", CASES)
def test_the_batch_does_not_matter(case: Case) -> None:
    name, engine, rows = case
    some = np.array([row for row in (15, 7, 0) if row in rows])
    turned = predict(name, BATCH.take(some), HORIZON, LEVELS, [SUPPORTS[row] for row in some], engine)
    alone = predict(name, BATCH.take(some[:1]), HORIZON, LEVELS, SUPPORTS[some[0]], engine)
    for place, row in enumerate(some):
        np.testing.assert_array_equal(turned.quantiles[place], answered(engine)[name].quantiles[rows.index(row)])
    np.testing.assert_array_equal(alone.quantiles[0], turned.quantiles[0])
    assert turned.produced[0] == alone.produced[0]


@pytest.mark.parametrize("case", CASES)
def test_spread_does_not_shrink_with_the_horizon(case: Case) -> None:
    name, engine, rows = case
    logs = np.log(answered(engine)[name].quantiles[rows.index(0)])
    widths = logs[:, -2] - logs[:, 1]
    slack = 0.1 if name == "prophet" and "reference" in (engine, TABLE[name].batch.split(".")[-2]) else 1e-6
    assert (np.diff(widths) >= -slack * widths[1:]).all()


@pytest.mark.parametrize("case", CASES)
def test_the_unit_does_not_matter(case: Case) -> None:
    name, engine, rows = case
    scaled = predict(name, Windows.of([LONG * 1000], seeds=[100]), HORIZON, LEVELS, "positive", engine)
    expected = answered(engine)[name].quantiles[rows.index(0)]
    np.testing.assert_allclose(scaled.quantiles[0] / 1000, expected, rtol=1e-3)


def test_an_unknown_model_or_engine_suggests_the_near_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'arima'"):
        find("arma")
    with pytest.raises(InputError, match="reference or batch"):
        find("naive", "fast")
    with pytest.raises(InputError, match="Did you mean 'theta'"):
        chosen(["thet"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"horizon": "2"}, "horizon '2' is no whole number"),
        ({"horizon": 2.0}, "horizon 2.0 is no whole number"),
        ({"horizon": True}, "horizon True is no whole number"),
        ({"horizon": None}, "horizon None is no whole number"),
        ({"horizon": 10**6}, r"horizon 1000000 is outside 1\.\.120"),
        ({"support": None}, "support None is neither a name nor a list of names"),
        ({"support": 3}, "support 3 is neither"),
        ({"names": 3}, "models 3 is neither"),
        ({"names": None}, "models None is neither"),
        ({"names": [["theta"]]}, "is neither a name nor a list of names"),
        ({"names": []}, "names none"),
        ({"windows": [[1.0, 2.0]]}, r"a list is no batch of windows; make one: Windows\.of"),
    ],
)
def test_what_a_batch_cannot_be_asked_is_refused_in_a_line(given: dict[str, Any], said: str) -> None:
    asked = {"names": ["naive"], "windows": BATCH, "horizon": 1} | given
    with pytest.raises(InputError, match=said) as caught:
        predict_all(**asked)
    assert "\n" not in str(caught.value)


def test_one_model_may_stand_alone() -> None:
    with pytest.raises(InputError, match=r"model 3 is no text; give one like 'combination'"):
        predict(3, BATCH, 1)  # type: ignore[arg-type]
    assert list(predict_all("naive", BATCH, 1)) == list(predict_all(np.array(["naive"]), BATCH, 1)) == ["naive"]


def test_horizon_zero_and_missing_supports_are_refused() -> None:
    with pytest.raises(InputError, match="horizon 0"):
        predict("naive", BATCH, 0)
    with pytest.raises(InputError, match="1 supports were given"):
        predict("naive", BATCH, 1, support=["real"])


def test_chosen_are_all_models_unless_named() -> None:
    assert chosen(["drift", "drift", "naive"]) == (["drift", "naive"], [])
    assert chosen(None)[0] == list(TABLE)
    assert chosen(None, ["share"])[0] == [name for name in TABLE if name not in AMOUNTS_ONLY]
    assert chosen(["growth"], ["share"])[0] == ["growth"]


def test_an_empty_batch_is_answered() -> None:
    assert predict("combination", Windows.of([]), 2).quantiles.shape == (0, 2, len(LEVELS))


@pytest.mark.parametrize("name", ["ets", "arima"])
def test_a_value_that_comes_as_expected_leaves_the_path_where_it_was(name: str) -> None:
    past = LONG * 10
    before = predict(name, Windows.of([past]), 3)
    longer = Windows.of([[*past, before.median[0, 0]]])
    after = predict(name, replace(longer, held=np.array([len(past)])), 2)
    assert after.produced == before.produced
    np.testing.assert_allclose(after.median[0], before.median[0, 1:], rtol=1e-6)


@pytest.mark.parametrize("season", [1, 4])
def test_arima_keeps_its_parameters_over_a_gap(season: int) -> None:
    past = (
        10 * np.tile([1.0, 1.2, 0.9, 1.1], 10)[: len(LONG) * 2] * np.exp(0.02 * np.cumsum(RANDOM.standard_normal(36)))
    )
    past[[5, 17]] = np.nan
    before = predict("arima", Windows.of([past], season), 4, engine="batch")
    came = [*past, before.median[0, 0], np.nan, before.median[0, 2]]
    after = predict("arima", replace(Windows.of([came], season), held=np.array([36])), 1, engine="batch")
    assert after.produced == before.produced
    np.testing.assert_allclose(after.median[0], before.median[0, 3:], rtol=1e-6)


@pytest.mark.parametrize("name", ["arima", "theta", "combination"])
def test_windows_with_gaps_keep_parameters_as_complete_ones_do(name: str) -> None:
    noise = np.random.default_rng(2).standard_normal(40)
    past = 20 + np.array([sum(0.7**back * noise[step - back] for back in range(step + 1)) for step in range(40)])
    past[[7, 33]] = np.nan
    whole = Windows.of([past])
    anew = predict(name, whole, 2, engine="batch")
    kept, all_ = (predict(name, replace(whole, held=np.array([size])), 2, engine="batch") for size in (25, 40))
    np.testing.assert_allclose(all_.quantiles, anew.quantiles, rtol=1e-9)
    assert not np.allclose(kept.quantiles, anew.quantiles, rtol=1e-6)


@pytest.mark.parametrize("name", TABLE)
def test_identical_series_are_answered_alike(name: str) -> None:
    many = Windows.of([LONG[:12]] * 300, seeds=[1] * 300)
    answer = predict(name, many, 2, support="positive", engine="batch")
    assert np.isfinite(answer.quantiles).all()
    assert (answer.quantiles == answer.quantiles[0]).all()
    assert len(set(answer.produced)) == 1
