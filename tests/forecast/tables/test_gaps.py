"""Cells without a value: missing between others, nothing at either end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from forecast.errors import InputError
from forecast.tables import of_frame, read
from forecast.tables.findings import without_value
from series.periods import Period
from tests.forecast.tables.conftest import reading, values

GAPPED = {"a": [1.0, np.nan, 2.0, 3.0], "b": [np.nan, 5.0, 6.0, np.nan]}


def test_a_period_without_a_value_between_others_is_missing_and_told(tmp_path: Path) -> None:
    wide = pd.DataFrame({"period": range(2019, 2023), **GAPPED})
    long = wide.melt("period", var_name="series", value_name="value")
    arrow = pa.Table.from_pandas(wide)
    book, flat, lake = (tmp_path / f"my.{kind}" for kind in ("xlsx", "csv", "parquet"))
    wide.to_excel(book, index=False)
    long.dropna().to_csv(flat, index=False)  # a row left out is as good as an empty cell
    long.to_parquet(lake)
    tables = [of_frame(wide), of_frame(long), of_frame(arrow), read(book), read(flat), read(lake)]
    for table in tables:
        assert values(table) == {"a": [("2019", 1), ("2021", 2), ("2022", 3)], "b": [("2020", 5), ("2021", 6)]}
        assert [str(period) for one in table.series for period in one.missing] == ["2020"]
        assert [(one.kind, one.series, one.message) for one in table.findings][:1] == [
            ("gap", "a", "no value for 2020")
        ]
        assert "a period without a value between others is taken as missing, not as zero" in table.warnings


def test_a_table_without_a_gap_says_nothing_of_gaps(tmp_path: Path) -> None:
    table = reading(tmp_path, "period,a,b\n2018,,1\n2019,1,2\n2020,2,3\n2021,3,\n")
    assert not any(one.kind == "gap" for one in table.findings)
    assert not any("missing" in one for one in table.warnings)


def test_an_outlier_after_a_gap_is_named_by_its_own_period(tmp_path: Path) -> None:
    cells = [f"{2000 + n},{1000 if n == 14 else 10 + n % 3}\n" for n in range(20) if n not in (5, 6)]
    table = reading(tmp_path, "period,a\n" + "".join(cells))
    assert [one.message for one in table.findings] == [
        "no value for 2005 and 2006", "1000 in 2014 is far off its neighbours",
    ]  # fmt: skip


def test_few_periods_of_a_long_gap_are_named() -> None:
    periods = [Period.year(2001 + n) for n in range(5)]
    assert without_value(periods[:1], 1) == "no value for 2001"
    assert without_value(periods[:3], 3) == "no value for 2001, 2002 and 2003"
    assert without_value(periods[:3], 5) == "no value for 2001, 2002, 2003 and 2 more"


def test_values_of_quarters_among_empty_months_are_quarterly(tmp_path: Path) -> None:
    months = [f"{year}-{month:02d}" for year in (2019, 2020) for month in range(1, 13)]
    cells = [f"{month},{row if row % 3 == 0 else ''}" for row, month in enumerate(months, 1)]
    path = tmp_path / "quarters.csv"
    path.write_text("\n".join(["period,a", *cells]), encoding="utf-8")
    (series,) = read(path).series
    assert series.frequency == "quarterly"
    assert [str(seen.period) for seen in series.observations][:2] == ["2019Q1", "2019Q2"]
    assert not series.missing


def test_leading_and_trailing_empty_cells_shorten_a_series(tmp_path: Path) -> None:
    found = values(reading(tmp_path, "period,a,b\n2018,,1\n2019,1,2\n2020,2,3\n2021,3,\n"))
    assert [len(rows) for rows in found.values()] == [3, 3]


def test_an_empty_cell_of_another_kind_of_period_is_still_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="several kinds"):
        reading(tmp_path, "period,a\n2018,1\n2019,2\n2020Q1,\n2021,3\n2022,4\n")


def test_a_series_without_a_value_is_told(tmp_path: Path) -> None:
    for text in ("period,a,b\n2019,1,\n2020,2,\n", "series,2019,2020\na,1,2\nb,,\n"):
        table = reading(tmp_path, text)
        assert list(values(table)) == ["a"]
        assert table.empty == (("b", "not one value"),)
        assert ("too short", "b", "not one value") in [(one.kind, one.series, one.message) for one in table.findings]
