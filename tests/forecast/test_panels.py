from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.errors import EvidenceError, InputError
from forecast.panels import (
    Panel,
    choose,
    collect,
    fit_part,
    from_frame,
    from_ids,
    from_series,
    horizon_of,
    of,
)
from series.observations import Series


def test_ids_and_units_say_what_values_can_be(made: Callable[..., Series]) -> None:
    panel = from_series(
        [
            made([1, 2]),
            made([30, 40], name="cn.offshore.execution.kpo.share", unit="percent"),
            made([0.3, 0.4], name="my.share", unit=""),
            made([10, -4], name="my.growth", unit="percent"),
        ]
    )
    assert panel.supports == ("positive", "percent", "share", "real")
    assert panel.frequency == "annual"


def test_a_series_named_twice_is_refused(made: Callable[..., Series]) -> None:
    with pytest.raises(InputError, match="asked for twice"):
        from_series([made([1, 2]), made([1, 2])])
    with pytest.raises(InputError, match="supports were given"):
        Panel((made([1, 2]),), ())


@pytest.mark.parametrize("values", [[1], [1, 2], [1, 2, 3], [5, 5, 5, 5, 5]])
def test_too_few_or_equal_values_are_refused_by_the_evidence(made: Callable[..., Series], values: list[float]) -> None:
    with pytest.raises(EvidenceError, match=r"1 observation;|[23] observations in a row|a constant") as caught:
        fit_part(from_series([made(values)]))
    assert "\n" not in str(caught.value)


def test_the_rest_of_a_panel_goes_on(made: Callable[..., Series]) -> None:
    kept, reasons = fit_part(from_series([made([1, 2, 3, 4]), made([1], name="b"), made([7] * 9, name="c")]))
    assert [one.id for one in kept.series] == ["cn.offshore.execution.usd"]
    assert list(reasons) == ["b", "c"]


def test_the_usual_horizon_follows_the_frequency(made: Callable[..., Series]) -> None:
    assert horizon_of(from_series([made([1, 2])]), None) == 5
    assert horizon_of(from_series([made([1, 2], start="2019Q1")]), None) == 8
    assert horizon_of(from_series([made([1, 2])]), 3) == 3


def test_series_of_a_file_are_chosen_by_name(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("period,alpha,beta\n2019,1,2\n2020,2,3\n", encoding="utf-8")
    assert [one.id for one in collect(["beta"], path).series] == ["beta"]
    with pytest.raises(InputError, match="Did you mean 'alpha'"):
        choose(collect(None, path), ["alpa"])


def test_a_file_knows_no_dates_of_knowledge(tmp_path: Path) -> None:
    early = dt.date(2020, 1, 1)
    frame = pd.DataFrame({"period": [2019, 2020], "a": [1, 2]})
    path = tmp_path / "my.csv"
    with pytest.raises(InputError, match="leave the date 2020-01-01 out"):
        collect(None, path, early)
    for source in (path, str(path), frame, frame.set_index("period")["a"]):
        with pytest.raises(InputError, match="does not say when its values were known; leave the date 2020-01-01 out"):
            of(source, early)


def test_a_panel_is_taken_at_the_date_it_was_made_for_and_no_other() -> None:
    early = dt.date(2012, 1, 1)
    ledger = from_ids(["cn.offshore.execution.usd"], early)
    assert of(ledger, early) is ledger
    for panel in (from_ids(["cn.offshore.execution.usd"]), from_frame(pd.DataFrame({"year": [2019], "a": [1]}))):
        with pytest.raises(InputError, match="the panel is not as known at 2012-01-01; make it so"):
            of(panel, early)


def test_nothing_named_means_the_main_series() -> None:
    assert [one.id for one in collect(None, None).series] == ["cn.offshore.execution.usd"]


def test_ids_without_a_value_are_kept_apart() -> None:
    early = dt.date(2012, 1, 1)
    panel = from_ids(["cn.offshore.execution.usd", "cn.total.execution.cny"], early)
    assert [one.id for one in panel.series] == ["cn.offshore.execution.usd"]
    assert list(fit_part(panel)[1]) == ["cn.total.execution.cny"]
    with pytest.raises(EvidenceError):
        from_ids(["cn.total.execution.cny"], early)
    with pytest.raises(InputError, match="Did you mean"):
        from_ids(["cn.ofshore.execution.usd"])


def test_whatever_is_given_is_a_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"period": [2019, 2020], "a": [1, 2]})
    path = tmp_path / "my.csv"
    frame.to_csv(path, index=False)
    assert of(frame) == of(path) == of(str(path)) == of(of(path))
    monkeypatch.chdir(tmp_path)
    assert of("my.csv") == of(path)
    path.rename("mine")
    assert of("mine").series == of(frame).series
    assert of("cn.offshore.execution.usd") == of(["cn.offshore.execution.usd"])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("absent.csv", "there is no file 'absent.csv'; give the path"),
        (["my.csv", "your.csv"], "'my.csv' stands in a list of ids; give the path of one file alone"),
        (
            [1.0, 2, 3, 4],
            "a list of 1.0, 2, 3 and 1 more is no list of ids; give ids of the ledger, or values with their",
        ),
        (["cn.offshore.execution.usd", 7], "a list of 'cn.offshore.execution.usd', 7 is no list of ids"),
        ([], "a list of nothing is no list of ids"),
        ([pd.DataFrame()], "a list of DataFrame is no list of ids"),
        (np.arange(10.0), "a ndarray is no frame; .*; values come with their periods"),
        ({"a": 1}, "a dict is no frame; give a pandas"),
        (None, "a NoneType is no frame"),
    ],
)
def test_what_is_no_source_is_refused_in_one_line(source: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        of(source)
    assert "\n" not in str(caught.value)


def test_a_frame_is_a_panel() -> None:
    assert from_frame(pd.DataFrame({"period": [2019, 2020], "a": [1, 2]})).supports == ("positive",)


def test_a_series_mostly_without_values_fails_alone() -> None:
    frame = pd.DataFrame({"period": range(2000, 2021), "good": [float(n * n) for n in range(21)], "stray": np.nan})
    frame.loc[[0, 1, 2, 3, 20], "stray"] = [1.0, 2.0, 4.0, 3.0, 5.0]
    frame["few"] = frame["good"].where(frame["period"].isin([2010, 2012, 2013]))
    frame["half"] = frame["good"].where(frame["period"] % 2 == 0)
    kept, failures = fit_part(from_frame(frame))
    assert [one.id for one in kept.series] == ["good", "half"]
    assert failures == {
        "stray": "5 of the 21 periods from 2000 to 2020 have a value, and half of them must; "
        "check how its periods are written, or begin after the gap",
        "few": "3 observations; a forecast needs at least 4",
    }


def test_a_gap_is_a_break_in_the_ledger_and_a_missing_value_in_a_table() -> None:
    assert from_ids(["cn.offshore.execution.usd"]).series[0].gaps == "break"
    assert from_frame(pd.DataFrame({"period": [2019, 2020], "a": [1.0, 2.0]})).series[0].gaps == "missing"


def test_what_is_said_of_gaps_goes_with_the_series_that_have_them() -> None:
    panel = from_frame(pd.DataFrame({"period": range(2000, 2005), "a": [1.0, np.nan, 3, 4, 6], "b": [2.0, 1, 4, 4, 5]}))
    said = "a period without a value between others is taken as missing, not as zero"
    assert said in choose(panel, ["a"]).warnings
    assert said not in choose(panel, ["b"]).warnings


def test_half_years_are_no_quarters_with_gaps_but_every_second_year_may_have_a_value() -> None:
    months = [f"{2015 + n // 2}-{6 + 6 * (n % 2):02d}" for n in range(12)]
    values = [float(n * n) for n in range(12)]
    frame = pd.DataFrame({"period": months, "a": values})
    with pytest.raises(
        EvidenceError, match="values stand 6 months apart, and are neither monthly, quarterly nor annual"
    ):
        fit_part(from_frame(frame))
    kept, _ = fit_part(from_frame(frame.assign(period=range(2000, 2024, 2))))
    assert len(kept.series[0].missing) == 11


EMPTY = pd.DataFrame(
    {"year": range(2010, 2022), "x/a": range(3, 15), "x/b": [n * n + 2 for n in range(12)], "x/c": None}
)


def test_a_series_without_a_value_is_among_the_failures() -> None:
    told = {"x/c": "not one value; a forecast needs at least 4"}
    long = EMPTY.melt("year", var_name="series", value_name="value")
    for frame in (EMPTY, long):
        assert forecast.run(frame, ["naive"], horizon=1, engine="batch", rank=False).failures == told
        assert forecast.evaluate(frame, ["naive"], origins=2, horizon=1).failures == told
        made = forecast.run(frame, ["naive"], horizon=1, engine="batch", rank=False, reconcile=True)
        assert (made.failures, made.names) == (told, ("total", "x/a", "x/b"))


def test_a_series_without_a_value_may_be_chosen_beside_others() -> None:
    panel = choose(from_frame(EMPTY), ["x/c", "x/a"])
    assert ([one.id for one in panel.series], [name for name, _ in panel.missing]) == (["x/a"], ["x/c"])
    assert [one.series for one in panel.findings] == ["x/c"]
    with pytest.raises(EvidenceError, match="series x/c: not one value; a forecast needs at least 4"):
        choose(panel, ["x/c"])
