from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import backtest, outlook
from forecast.compositions import compose, predict_parts
from forecast.compositions.joining import groups, wholes
from forecast.errors import EvidenceError, InputError
from forecast.panels import from_frame, from_series
from forecast.quantiles import LEVELS
from series.observations import Series

WHOLE = "cn.offshore.execution"
SHARES = {
    "ito": [46.9, 46.1, 45.3, 44.15, 43.88, 42.22, 41.01, 39.95],
    "bpo": [16.6, 17.0, 17.3, 18.05, 17.12, 15.21, 16.33, 16.56],
    "kpo": [36.5, 36.9, 37.4, 37.8, 39.0, 42.57, 42.66, 43.49],
}


@pytest.fixture
def parts(made: Callable[..., Series]) -> list[Series]:
    return [made(values, name=f"{WHOLE}.{part}.share", start="2016", unit="percent") for part, values in SHARES.items()]


@pytest.mark.parametrize("model", ["drift", "ets", "combination"])
def test_medians_sum_to_the_whole_and_quantiles_are_shares(parts: list[Series], model: str) -> None:
    answer = predict_parts([model], compose(parts), 5)[model]
    np.testing.assert_allclose(answer.median.sum(axis=0), 100)
    assert (np.diff(answer.quantiles, axis=2) >= 0).all()
    assert answer.quantiles.min() > 0
    assert answer.quantiles.max() < 100
    assert answer.produced[0].endswith("as a composition")


def test_the_order_of_the_parts_does_not_matter(parts: list[Series]) -> None:
    one = predict_parts(["drift"], compose(parts), 3)["drift"].quantiles
    turned = predict_parts(["drift"], compose(parts[::-1]), 3)["drift"].quantiles[::-1]
    np.testing.assert_allclose(one, turned, rtol=1e-6)


def test_a_part_that_hardly_moves_is_sure(made: Callable[..., Series]) -> None:
    rng = np.random.default_rng(0)
    steady = 10 + 0.01 * rng.standard_normal(12)
    moving = 45 + np.cumsum(rng.standard_normal(12))
    found = compose(
        [made(v, name=n, unit="percent") for n, v in (("a", steady), ("b", moving), ("c", 100 - steady - moving))]
    )
    quantiles = predict_parts(["naive"], found, 1)["naive"].quantiles
    widths = quantiles[:, 0, -2] - quantiles[:, 0, 1]
    assert widths[0] < 0.1 * widths[1]


def test_one_part_of_two_is_the_other_turned(made: Callable[..., Series]) -> None:
    values = np.array([0.2, 0.25, 0.24, 0.3, 0.33])
    both = compose([made(values, name="a.share", unit=""), made(1 - values, name="b.share", unit="")])
    first, second = predict_parts(["drift"], both, 2)["drift"].quantiles
    np.testing.assert_allclose(first, 1 - second[:, ::-1], rtol=1e-6)
    # with two parts the log-ratio is a logit, so this is the model on the logit scale
    from forecast.models import predict
    from forecast.windows import Windows

    alone = predict("drift", Windows.of([values]), 2, LEVELS, "share").quantiles[0]
    np.testing.assert_allclose(first, alone, rtol=1e-2)


def test_the_common_past_is_the_newest_run(made: Callable[..., Series]) -> None:
    a = made([0.4, 0.4, 0.5, 0.5, 0.6, 0.6], name="a.share", start="2010", unit="")
    b = made([0.5, 0.5, 0.4, 0.4, 0.3], name="b.share", start="2012", unit="")
    found = compose([a, b])
    assert str(found.origin) == "2015"
    assert found.shares.shape == (2, 4)
    np.testing.assert_allclose(found.shares.sum(axis=0), 1)


def test_what_is_no_whole_is_refused(made: Callable[..., Series]) -> None:
    half = made([0.5] * 6, name="a.share", unit="")
    with pytest.raises(InputError, match="not the parts of one whole"):
        compose([half, made([0.3] * 6, name="b.share", unit="")])
    with pytest.raises(InputError, match="two parts or more"):
        compose([half])
    with pytest.raises(EvidenceError, match="3 periods in a row in common"):
        compose([half, made([0.5] * 3, name="b.share", unit="")])


def test_groups_are_found_by_name() -> None:
    ids = [f"{WHOLE}.kpo.share", "x", f"{WHOLE}.ito.share", f"{WHOLE}.bpo.share", "cn.total.execution.ito.share"]
    assert groups(ids) == {WHOLE: (2, 3, 0)}


def test_a_period_that_one_share_misses_is_missing_of_all(parts: list[Series]) -> None:
    one, *others = (replace(part, gaps="missing") for part in parts)
    holed = replace(one, observations=(*one.observations[:2], *one.observations[3:]))
    found = compose([holed, *others])
    assert [str(period) for period in found.partial] == ["2018"]
    assert np.isnan(found.shares).tolist() == [[step == 2 for step in range(8)]] * 3
    answer = predict_parts(["drift", "ets"], found, 3)
    np.testing.assert_allclose(answer["drift"].median.sum(axis=0), 100)
    assert "a value is missing inside the window" in answer["ets"].refusals[0]
    broken = compose([replace(holed, gaps="break"), *parts[1:]])
    assert broken.shares.shape == (3, 5)  # a break in the ledger: the newest run alone


def test_what_a_model_cannot_forecast_together_it_forecasts_apart() -> None:
    columns = {f"x.{name}.share": np.array(SHARES[name]) / 100 for name in SHARES}
    frame = pd.DataFrame({"period": range(2016, 2024), **columns})
    frame.loc[3, "x.ito.share"] = np.nan
    made = outlook.make(from_frame(frame), ["drift", "ets"], 2, engine="batch", rank=False)
    together = "the shares of x are forecast together from the periods that all of them have, so without 2019"
    assert together in made.warnings
    assert any(
        one.startswith("the shares of x are forecast apart and need not sum to one by ets: ") for one in made.warnings
    )
    assert [bool(one) for one in made.answers["ets"].refusals] == [True, False, False]
    np.testing.assert_allclose(made.answers["drift"].median.sum(axis=0), 1)


@pytest.mark.parametrize("refit", [1, 2])
def test_a_backtest_scores_the_shares_as_they_would_have_been_issued(parts: list[Series], refit: int) -> None:
    panel = from_series(parts)
    tested = backtest.make(panel, ["ets"], origins=3, horizon=2, refit=refit)
    answer = tested.answers["ets"]
    assert all(made.endswith("as a composition") for made in answer.produced)
    assert not any("apart" in said for said in tested.warnings)
    for origin in set(tested.rolling.origins):
        rows = [place for place, one in enumerate(tested.rolling.origins) if one == origin]
        np.testing.assert_allclose(answer.median[rows].sum(axis=0), 100)
    if refit == 1:
        origin = tested.rolling.origins[0]
        past = [replace(one, observations=[o for o in one.observations if o.period.end <= origin.end]) for one in parts]
        live = outlook.make(from_series(past), ["ets"], horizon=2, engine="batch", rank=False).answers["ets"]
        rows = [place for place, one in enumerate(tested.rolling.origins) if one == origin]
        np.testing.assert_array_equal(answer.quantiles[rows], live.quantiles)


def test_shares_that_are_no_whole_at_an_origin_are_scored_apart_and_it_is_said(made: Callable[..., Series]) -> None:
    values = {part: [one / 100 for one in SHARES[part]] for part in SHARES}
    values["ito"][0] = 0.2  # the first years do not sum to one
    series = [made(v, name=f"{WHOLE}.{part}.share", start="2016", unit="") for part, v in values.items()]
    tested = backtest.make(from_series(series), ["drift"], origins=2, horizon=1)
    assert any(
        "6 forecasts of the shares of cn.offshore.execution are scored apart" in said for said in tested.warnings
    )


def test_a_zero_share_is_named(made: Callable[..., Series]) -> None:
    with pytest.raises(InputError, match=r"b\.share is 0 in 2011, and shares .* above zero"):
        compose(
            [made([0.5, 0.6, 1.0, 0.7], name="a.share", unit=""), made([0.5, 0.4, 0.0, 0.3], name="b.share", unit="")]
        )


def shares_of_three(support: str, whole: float, left: float = 0.0) -> pd.DataFrame:
    """Return three markets that fill their whole but for what is left, over twelve years, in the long form."""
    walk = np.exp(np.random.default_rng(3).normal(0, 0.1, (12, 3)).cumsum(axis=0))
    wide = pd.DataFrame(whole * (1 - left) * walk / walk.sum(axis=1, keepdims=True), columns=["US", "JP", "EU"])
    return wide.assign(year=range(2010, 2022)).melt("year", var_name="series").assign(support=support)


@pytest.mark.parametrize(("support", "whole"), [("share", 1.0), ("percent", 100.0)])
def test_shares_of_the_users_own_that_fill_their_whole_go_on_doing_so(support: str, whole: float) -> None:
    made = outlook.make(from_frame(shares_of_three(support, whole)), ["theta", "combination"], 3, engine="batch")
    medians = made.forecasts.query("quantile == 0.5")
    np.testing.assert_allclose(medians.groupby(["model", "period"])["value"].sum(), whole)
    said = f"the shares US, JP, EU sum to {whole:g} in every period: forecast together, so that they still do"
    assert said in made.warnings


def test_shares_that_leave_something_of_their_whole_are_forecast_apart() -> None:
    panel = from_frame(shares_of_three("share", 1.0, left=0.02))
    made = outlook.make(panel, ["theta"], 3, engine="batch", rank=False)
    assert made.warnings == ()
    assert wholes(panel) == []


def test_shares_of_several_wholes_are_told_apart_by_how_their_ids_begin() -> None:
    frame = pd.concat([shares_of_three("share", 1.0).assign(at=at) for at in ("CN", "IN")])
    frame["series"] = frame["at"] + "/" + frame["series"]
    found = wholes(from_frame(frame.drop(columns="at")))
    assert [(one.members, one.whole) for one in found] == [((0, 1, 2), 1.0), ((3, 4, 5), 1.0)]
