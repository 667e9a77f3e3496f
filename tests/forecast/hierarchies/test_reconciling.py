from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecast import outlook
from forecast.errors import InputError
from forecast.hierarchies.reconciling import with_wholes
from forecast.hierarchies.sums import add_up
from forecast.panels import Panel, from_frame
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
    panel = from_frame(frame.assign(d=[*[np.nan] * 9, 1.0, 2.0, 3.0]))
    whole, hierarchy, failures = with_wholes(panel)
    assert hierarchy.names == ("total", "a", "b", "c")
    assert list(failures) == ["d"]
    assert any("1 series that cannot be forecast are in no sum: d" in note for note in whole.warnings)


def test_a_constant_part_is_a_known_amount_in_every_sum() -> None:
    years = range(2000, 2012)
    frame = pd.DataFrame({"period": years, "a": np.arange(1.0, 13.0), "b": np.arange(5.0, 29.0, 2.0)})
    found = outlook.make(from_frame(frame.assign(c=70.0)), ["drift"], 2, engine="batch", rank=False, reconcile=True)
    middle = dict(zip(found.names, found.answers["drift"].median, strict=True))
    np.testing.assert_allclose(middle["c"], 70.0)
    np.testing.assert_allclose(middle["total"], middle["a"] + middle["b"] + 70.0)
    assert any("1 series are constant and are carried on as they are: c (70)" in note for note in found.warnings)
    assert not found.failures


def with_china(times: float = 1.0, since: int = 0) -> Panel:
    """Return the cities with CN itself among them, so many times the sum of its cities."""
    panel = cities()
    summed, _ = add_up("CN", [one for one in panel.series if one.id.startswith("CN/")])
    cells = ((seen, seen.value * times) for seen in summed.observations[since:])
    made = tuple(replace(seen, value=value, low=value, high=value) for seen, value in cells)
    return replace(panel, series=(*panel.series, replace(summed, observations=made)), supports=("positive",) * 6)


def test_a_whole_that_is_in_the_data_is_used_and_not_counted_again() -> None:
    made, plain = (
        outlook.make(panel, ["drift"], 2, engine="batch", rank=False, reconcile=True)
        for panel in (with_china(), cities())
    )
    assert sorted(made.names) == sorted(plain.names)
    medians = dict(zip(made.names, made.answers["drift"].median, strict=True))
    wanted = dict(zip(plain.names, plain.answers["drift"].median, strict=True))
    for name, median in medians.items():
        np.testing.assert_allclose(median, wanted[name], rtol=1e-9)
    assert not any("off the sum" in note for note in made.warnings)


def test_a_whole_that_its_parts_do_not_make_up_is_told() -> None:
    whole, _, _ = with_wholes(with_china(1.5))
    assert any(
        note.startswith("wholes that are more than 2 % off the sum of their parts, 1: CN in 24 of 24 periods (")
        for note in whole.warnings
    )


def test_a_whole_of_the_data_that_cannot_be_forecast_is_summed() -> None:
    whole, hierarchy, failures = with_wholes(with_china(since=22))
    assert hierarchy.wholes == ("total", "IN", "CN")
    assert failures == {}
    assert len(whole.series[2].known) == 24
    assert any(note.startswith("CN cannot be forecast as it stands (2 observations") for note in whole.warnings)


def test_a_sum_that_ends_before_its_parts_says_so() -> None:
    panel = cities()
    short = tuple(
        replace(one, observations=one.observations[:-3]) if one.id == "CN/Xiamen" else one for one in panel.series
    )
    whole, _, _ = with_wholes(replace(panel, series=short))
    assert str(next(one for one in whole.series if one.id == "CN").known[-1].period) == "2020"
    assert (
        "CN is the sum of 2 series and ends in 2020: too much of it is missing in 2021 (CN/Xiamen); "
        "it is forecast from 2020 on"
    ) in whole.warnings


def test_the_order_of_series_changes_no_forecast() -> None:
    panel = cities(late=True)
    turned = [3, 0, 4, 2, 1]
    other = replace(panel, series=tuple(panel.series[row] for row in turned))
    one, two = (
        outlook.make(some, ["theta"], 3, engine="batch", rank=False, reconcile=True).forecasts.set_index(
            ["model", "series", "period", "quantile"]
        )["value"]
        for some in (panel, other)
    )
    pd.testing.assert_series_equal(one.sort_index(), two.sort_index(), rtol=1e-12)


def test_series_in_no_declared_sum_are_told() -> None:
    whole, hierarchy, _ = with_wholes(cities(), "India=IN/Pune+IN/Goa")
    assert hierarchy.names == ("India", "IN/Pune", "IN/Goa")
    assert ("3 series are in no declared sum and are left out: CN/Dalian, CN/Xiamen, IN/Delhi") in whole.warnings


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


@pytest.mark.parametrize("unit", [1e-290, 1e250])
def test_sums_of_any_one_size_add_up(unit: float) -> None:
    years = range(2000, 2012)
    frame = pd.DataFrame({"period": years, "a": unit * np.arange(1.0, 13.0), "b": unit * np.arange(5.0, 29.0, 2.0)})
    found = outlook.make(from_frame(frame), ["theta"], 1, engine="batch", rank=False, reconcile=True)
    total, *parts = found.answers["theta"].median[:, 0] / unit
    assert total == pytest.approx(sum(parts))


def test_a_part_that_is_lost_in_the_sum_is_named() -> None:
    frame = pd.DataFrame({"period": range(2000, 2012), "a": np.arange(1.0, 13.0), "b": 1e20 * np.arange(1.0, 13.0)})
    with pytest.raises(InputError, match=r"series a \(up to 12\) is lost in a sum with b \(up to 1\.2e\+21\)"):
        with_wholes(from_frame(frame))
