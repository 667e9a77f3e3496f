from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import outlook
from forecast.errors import InputError
from forecast.hierarchies.reconciling import with_wholes
from forecast.panels import from_frame
from tests.forecast.hierarchies.conftest import cities


def test_forecasts_of_cities_add_up_to_countries_and_to_all() -> None:
    found = outlook.make(cities(), ["theta", "drift"], 3, engine="batch", rank=False, reconcile=True)
    table = found.forecasts
    middle = table[table["quantile"] == 0.5].set_index(["model", "period", "series"]).sort_index()["value"]
    for model in ("theta", "drift"):
        for period in ("2024", "2025", "2026"):
            one = middle[model, period]
            assert one["CN"] == pytest.approx(one["CN/Dalian"] + one["CN/Xiamen"], rel=1e-8)
            assert one["total"] == pytest.approx(one["CN"] + one["IN"], rel=1e-8)
    assert all(", reconciled" in made for answer in found.answers.values() for made in answer.produced)


def test_a_part_that_ended_early_is_carried_to_the_same_periods() -> None:
    found = outlook.make(cities(late=True), ["drift"], 2, engine="batch", rank=False, reconcile=True)
    assert dict(zip(found.names, found.steps, strict=True))["CN/Dalian"] == 4
    table = found.forecasts
    assert any("linked by the growth of the others" in note for note in found.warnings)
    last = table[(table["quantile"] == 0.5) & (table["period"] == "2025")].set_index("series")["value"]
    assert last["total"] == pytest.approx(last[["CN", "IN"]].sum(), rel=1e-8)
    assert last["CN"] == pytest.approx(last["CN/Dalian"] + last["CN/Xiamen"], rel=1e-8)


def test_a_series_that_cannot_be_forecast_is_in_no_sum() -> None:
    frame = pd.DataFrame(
        {"period": range(2000, 2012), **{name: np.arange(12.0) + at for at, name in enumerate("abc", 1)}}
    )
    panel = from_frame(frame.assign(d=7.0))
    whole, hierarchy, failures = with_wholes(panel)
    assert hierarchy.names == ("total", "a", "b", "c")
    assert list(failures) == ["d"]
    assert any("1 series that cannot be forecast are in no sum: d" in note for note in whole.warnings)


def test_shares_and_several_units_are_not_added_up() -> None:
    panel = cities()
    with pytest.raises(InputError, match="is a share"):
        with_wholes(replace(panel, supports=("share", *panel.supports[1:])))
    other = replace(panel.series[0], unit="EUR")
    with pytest.raises(InputError, match="cannot be added up"):
        with_wholes(replace(panel, series=(other, *panel.series[1:])))


def test_forecasts_of_parts_with_gaps_add_up_and_a_model_that_refuses_says_of_which() -> None:
    panel = cities()
    one, *others = panel.series
    holed = replace(one, observations=(*one.observations[:9], *one.observations[10:]))
    made = outlook.make(
        replace(panel, series=(holed, *others)), ["drift", "ets"], 2, engine="batch", rank=False, reconcile=True
    )
    rows = {one.id: row for row, one in enumerate(made.panel.series)}
    medians = made.answers["drift"].median
    parts = [rows[name] for name in ("CN/Dalian", "CN/Xiamen")]
    np.testing.assert_allclose(medians[rows["CN"]], medians[parts].sum(axis=0))
    assert any(
        warning.startswith("ets is not reconciled, its forecasts stand as they were: it gave none of CN, CN/Dalian;")
        for warning in made.warnings
    )
