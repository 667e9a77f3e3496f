from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecast import backtest
from forecast.hierarchies import errors
from forecast.hierarchies.reconciling import with_wholes
from tests.forecast.hierarchies.conftest import cities

MODELS = ["theta", "drift"]


def test_what_a_backtest_has_forecast_is_taken_over_and_the_rest_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    panel, _, _ = with_wholes(cities(late=True))
    tested = backtest.make(panel, MODELS, horizon=3)
    asked: list[int] = []
    whole = errors.predict_all

    def counted(names: Any, windows: Any, *more: Any) -> Any:
        asked.append(len(windows))
        return whole(names, windows, *more)

    monkeypatch.setattr(errors, "predict_all", counted)
    plain, shared = errors.past_errors(panel, MODELS), errors.past_errors(panel, MODELS, told=errors.Told.of(tested))
    assert asked[1] == asked[0] - len(tested.rolling.rows) > 0
    for name in MODELS:
        np.testing.assert_array_equal(shared[name].periods, plain[name].periods)
        np.testing.assert_array_equal(shared[name].origins, plain[name].origins)
        np.testing.assert_allclose(shared[name].values, plain[name].values, rtol=1e-9)


def test_a_backtest_of_some_of_the_series_is_taken_over_for_those() -> None:
    panel, _, _ = with_wholes(cities())
    some = backtest.make(replace(panel, series=panel.series[2:], supports=panel.supports[2:]), MODELS, horizon=2)
    plain, shared = errors.past_errors(panel, MODELS), errors.past_errors(panel, MODELS, told=errors.Told.of(some))
    for name in MODELS:
        np.testing.assert_allclose(shared[name].values, plain[name].values, rtol=1e-9)
