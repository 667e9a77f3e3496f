"""Levels that a caller chooses: the same quantiles as ever at those, or a refusal before anything is forecast."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from forecast import backtest, outlook
from forecast.errors import InputError
from forecast.models import predict
from forecast.panels import from_series
from forecast.quantiles import LEVELS
from forecast.windows import Windows
from series.observations import Series

OWN = [0.025, 0.1, 0.5, 0.9, 0.975]
MODELS = ["theta", "combination"]


def test_forecasts_of_a_backtest_stand_beside_the_truth_at_any_levels(growing: Series) -> None:
    panel = from_series([growing])
    own, usual = (backtest.make(panel, MODELS, 3, 2, levels=levels) for levels in (OWN, LEVELS))
    told, wanted = own.forecasts, usual.forecasts.query("quantile in @OWN", local_dict={"OWN": OWN})
    assert told["quantile"].drop_duplicates().tolist() == OWN
    keys = ["model", "origin", "horizon", "quantile"]
    assert told[keys].to_numpy().tolist() == wanted[keys].to_numpy().tolist()
    np.testing.assert_array_equal(told["truth"], wanted["truth"])
    np.testing.assert_allclose(told["value"], wanted["value"], rtol=1e-9)
    assert own.scores["metric"].nunique() == 9


def test_scores_that_need_another_level_say_so(growing: Series) -> None:
    with pytest.raises(InputError, match=r"an interval of 95% needs the level 0\.025; add it to the levels"):
        _ = backtest.make(from_series([growing]), ["naive"], 3, 1, levels=[0.1, 0.5, 0.9]).scores


@pytest.mark.parametrize("levels", [[80.0, 95.0], [-0.1, 0.5], [0, 0.5, 1], [0.9, 0.1], []])
def test_what_are_no_levels_is_refused_everywhere(growing: Series, levels: list[float]) -> None:
    panel, windows = from_series([growing]), Windows.of_series([growing])
    for refused in (
        lambda: outlook.make(panel, MODELS, 2, levels=levels),
        lambda: backtest.make(panel, MODELS, 3, 2, levels=levels),
        lambda: predict("theta", windows, 2, levels),
    ):
        with pytest.raises(InputError, match="do not ascend between 0 and 1"):
            refused()


def test_without_a_median_the_others_are_what_they_were(growing: Series, made: Callable[..., Series]) -> None:
    values = {"ito": [47, 46, 45, 44, 44, 42], "bpo": [17, 17, 17, 18, 17, 15], "kpo": [36, 37, 38, 38, 39, 43]}
    parts = [made(of, name=f"cn.x.execution.{part}.share", unit="percent") for part, of in values.items()]
    panel = from_series([growing, *parts])
    tails, usual = (
        outlook.make(panel, MODELS, 2, levels=levels, engine="batch", rank=False) for levels in ([0.1, 0.9], LEVELS)
    )
    for model in MODELS:
        assert tails.answers[model].levels.tolist() == [0.1, 0.9]
        at = np.searchsorted(LEVELS, [0.1, 0.9])
        np.testing.assert_allclose(tails.answers[model].quantiles, usual.answers[model].quantiles[:, :, at], rtol=1e-6)
