from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast import panels
from forecast.errors import EvidenceError, InputError
from forecast.nowcast import nowcast, of_data
from series.observations import Series

OFFSHORE = "cn.offshore.execution.usd"
Made = Callable[..., Series]


def test_in_september_2020_the_target_of_1000_was_likely() -> None:
    told = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))
    assert told.basis == "nowcast"
    assert told.probability(1000) > 0.8
    assert told.interval[0] < 1057.8 < told.interval[1]  # what came
    assert told.run_rate == pytest.approx(774.75)
    assert told.same_growth == pytest.approx(968.9 * 1.107)
    assert told.probability(516.5) == 1.0
    chances = [told.probability(level) for level in (900, 1000, 1100, 1200)]
    assert chances == sorted(chances, reverse=True)


def test_the_document_has_the_agreed_fields_and_its_own_months() -> None:
    content = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30)).document(1000)
    assert content.keys() >= {"id", "year", "as_of", "quantiles", "point", "method", "history"}
    assert content["as_of"] == "2020-09-30"
    assert content["year_to_date"]["period"] == "2020-01..2020-08"
    assert sum(route["weight"] for route in content["routes"]) == pytest.approx(1)
    assert content["reach"]["probability"] > 0.8
    assert all(row["year"] <= 2020 for row in content["history"])
    assert content["point"] == next(row["value"] for row in content["quantiles"] if row["quantile"] == 0.5)


def test_a_year_without_months_falls_back_to_the_annual_forecast_and_says_so() -> None:
    told = nowcast(OFFSHORE, 2024, dt.date(2024, 3, 1))
    assert told.basis == "annual forecast"
    assert "no figure for the first months of 2024 is known by 2024-03-01" in told.method
    assert told.latest is None


def test_a_published_year_is_not_nowcast() -> None:
    told = nowcast(OFFSHORE, 2019)
    assert (told.basis, told.point) == ("known", 968.9)
    assert told.quantiles[-1] - told.quantiles[0] < 0.1


@pytest.mark.parametrize("year", [1995, 2400])
def test_a_year_out_of_reach_is_refused(year: int) -> None:
    with pytest.raises((EvidenceError, InputError)):
        nowcast(OFFSHORE, year)


def test_a_day_before_all_evidence_is_refused() -> None:
    with pytest.raises(EvidenceError, match="no whole year"):
        nowcast(OFFSHORE, 2004, dt.date(2004, 1, 1))


def test_a_subject_that_is_not_there_is_refused_with_a_near_name() -> None:
    with pytest.raises(InputError, match="Did you mean"):
        nowcast("cn.offshore.excution.usd", 2020)


def test_a_negative_level_is_refused() -> None:
    with pytest.raises(InputError, match="above zero"):
        nowcast(OFFSHORE, 2019).probability(-1)


def test_own_months_are_nowcast_in_any_unit(made: Made) -> None:
    shape = np.tile([5, 3, 8, 7, 7, 10, 7, 7, 9, 8, 9, 20.0], 6) * np.repeat(1.1 ** np.arange(6), 12)
    one = of_data(made(shape[:68], "mine", "2015-01"), 2020)
    thousand = of_data(made(shape[:68] * 1000, "mine", "2015-01"), 2020)
    truth = shape[60:].sum()
    assert one.interval[0] < truth < one.interval[1]
    assert one.point == pytest.approx(truth, rel=0.02)
    assert one.run_rate is not None
    assert abs(one.run_rate / truth - 1) > 0.15
    assert thousand.quantiles == pytest.approx(1000 * one.quantiles)


def test_own_data_without_a_whole_year_is_refused(made: Made) -> None:
    with pytest.raises(EvidenceError, match="no whole year"):
        of_data(made([1.0] * 9, "mine", "2020-01"), 2020)


def test_months_that_come_to_nothing_are_told_from_months_that_are_not_known(made: Made) -> None:
    zeros = of_data(made([*np.linspace(5, 9, 60), 0.0, 0.0], "mine", "2015-01"), 2020)
    assert zeros.basis == "annual forecast"
    assert "nothing but zeros" in zeros.method
    assert "come to nothing" in zeros.document()["text"]["en"]
    assert "合计为零" in zeros.document()["text"]["zh"]
    with pytest.raises(EvidenceError, match="come to nothing"):
        of_data(made([*np.linspace(5, 9, 12), 0.0, 0.0], "mine", "2019-01"), 2020)


def test_a_part_is_nowcast_with_its_whole() -> None:
    told = nowcast("cn.offshore.execution.kpo.cny", 2023, dt.date(2023, 8, 30))
    weights = {route.kind: route.weight for route in told.routes}
    assert weights["whole"] > 0.5
    assert weights["growth"] == 0
    assert "the nowcast of the whole" in told.method
    assert told.same_growth is not None


def test_own_months_count_up_to_a_missing_one_and_the_method_says_so(made: Made) -> None:
    months = [10.0 + place % 12 + place / 6 + place // 12 % 2 for place in range(12 * 6 + 5)]
    whole = replace(made(months, name="sales", start="2019-01"), gaps="missing")
    holed = replace(
        whole, observations=tuple(o for o in whole.observations if str(o.period) not in ("2020-05", "2025-03"))
    )
    told = of_data(holed, 2025)
    assert told.latest is not None
    assert told.latest.months == 2
    assert told.method.endswith("; 2025-03 has no value, and what is known of the year after it is not used")
    assert sorted(told.record.totals) == [2019, 2021, 2022, 2023, 2024]
    assert "annual forecast" in told.method  # of five years, one of them missing
    assert "has no value" not in of_data(whole, 2025).method


MONTHS = pd.Series(np.arange(80.0) + 50, index=pd.period_range("2014-01", periods=80, freq="M"), name="mine")


@pytest.mark.parametrize("day", ["2020-09-30", pd.Timestamp("2020-09-30"), np.datetime64("2020-09-30")])
@pytest.mark.parametrize("year", [2020, "2020", np.int64(2020)])
def test_days_and_years_are_read_as_a_run_reads_them(day: Any, year: Any) -> None:
    told = nowcast(OFFSHORE, year, day)
    assert (told.record.as_of, told.year) == (dt.date(2020, 9, 30), 2020)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((3, 2020), "subject 3 is no text; give one like 'cn.offshore.execution.usd'"),
        ((None, 2020), "subject None is no text"),
        (([OFFSHORE], 2020), "is no text"),
        ((OFFSHORE, 2020.0), "2020.0 is not a year"),
        ((OFFSHORE, None), "None is not a year"),
        ((OFFSHORE, "soon"), "'soon' is not a period"),
        ((OFFSHORE, 2020, np.datetime64("NaT")), "is not a date"),
        ((OFFSHORE, 2020, 3), "3 is not a date"),
    ],
)
def test_what_is_no_subject_year_or_day_is_refused_in_a_line(given: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        nowcast(*given)


def test_a_level_is_a_number() -> None:
    told = nowcast(OFFSHORE, 2020, "2020-09-30")
    for odd in ("1000", None, [1000], True):
        with pytest.raises(InputError, match=r"level .* is no number; give one like 12.5"):
            told.probability(odd)  # type: ignore[arg-type]


def test_data_of_ones_own_are_a_frame_a_series_or_a_file(tmp_path: Path) -> None:
    frame = MONTHS.rename_axis("month").reset_index()
    frame.astype({"month": str}).to_csv(tmp_path / "mine.csv", index=False)
    alone = of_data(panels.of(MONTHS).series[0], 2020)
    for data in (MONTHS, frame, tmp_path / "mine.csv", str(tmp_path / "mine.csv"), panels.of(frame)):
        told = of_data(data, "2020")
        assert told.point == alone.point
        assert told.warnings == ("every value of mine is above zero: taken as positive, and so are its forecasts",)
    assert alone.warnings == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pd.DataFrame({"a": MONTHS, "b": MONTHS}), "the data hold 2 series, a, b; give one"),
        (OFFSHORE, r"is no data of your own; .* ask nowcast\(id, year\)"),
        ([1.0, 2.0], "is no data of your own"),
        (None, "a NoneType is no frame"),
        (pd.DataFrame({"year": [2018, 2019], "a": [1, 2]}), "series a is annual"),
    ],
)
def test_data_that_are_not_one_series_are_refused(data: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        of_data(data, 2020)
