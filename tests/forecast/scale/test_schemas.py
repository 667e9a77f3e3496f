"""Schemas: files whose columns are not what their roles ask for are named, and the others read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from forecast.errors import InputError
from forecast.scale.openings import open_source
from forecast.scale.reading import BAD_NAME
from forecast.tables import read

YEARS = [2019, 2020]


def write(path: Path, series: Any = ("a", "a"), value: Any = (1.0, 2.0), **others: Any) -> None:
    parquet.write_table(pa.table({"series": series, "period": YEARS, "value": value, **others}), path)


def rows(path: Path) -> list[tuple[str, float]]:
    source = open_source(path)
    return [(row["series"], row["value"]) for table in source.batches() for row in table.to_pylist()]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([[1.0], [2.0]], r"column value holds list<.*>, and no numbers"),
        ([{"x": 1.0}, {"x": 2.0}], r"column value holds struct<.*>, and no numbers"),
        ([True, False], "column value holds bool, and no numbers"),
    ],
)
def test_a_file_without_numbers_is_refused(tmp_path: Path, value: Any, said: str) -> None:
    write(tmp_path / "my.parquet", value=value)
    with pytest.raises(InputError, match=said):
        open_source(tmp_path / "my.parquet")
    with pytest.raises(InputError, match=said):
        open_source(pa.table({"series": ["a", "a"], "period": YEARS, "value": value}))


def test_a_file_of_other_columns_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path / "0.parquet")
    write(tmp_path / "1.parquet", series=["b", "b"], value=[[1.0], [2.0]])
    parquet.write_table(pa.table({"series": ["c"], "period": [2019], "usd": [3.0]}), tmp_path / "2.parquet")
    source = open_source(tmp_path)
    assert [source.broken[at] for at in sorted(source.broken)] == [
        "column value holds list<element: double>, and no numbers",
        "it has no column value",
    ]
    assert rows(tmp_path) == [("a", 1.0), ("a", 2.0)]


@pytest.mark.parametrize("declared", ["0.parquet", "1.parquet"])
def test_a_column_that_only_some_files_have_counts_in_those(tmp_path: Path, declared: str) -> None:
    for name in ("0.parquet", "1.parquet"):
        more = {"support": ["share", "share"]} if name == declared else {}
        write(tmp_path / name, series=[name, name], value=[0.1, 0.2], **more)
    tables = [row for table in open_source(tmp_path).batches() for row in table.to_pylist()]
    assert {row["series"]: row["support"] > 0 for row in tables} == {
        "0.parquet": declared == "0.parquet",
        "1.parquet": declared == "1.parquet",
    }


def test_wide_files_need_not_have_the_same_series(tmp_path: Path) -> None:
    pd.DataFrame({"period": YEARS, "a": [1.0, 2.0]}).to_parquet(tmp_path / "0.parquet")
    pd.DataFrame({"period": YEARS, "b": [3.0, 4.0]}).to_parquet(tmp_path / "1.parquet")
    assert rows(tmp_path) == [("a", 1.0), ("a", 2.0), ("b", 3.0), ("b", 4.0)]


@pytest.mark.parametrize(("frequency", "first"), [("Y", "2019"), ("Q", "2019Q1"), ("M", "2019-01")])
def test_periods_of_pandas_are_periods(tmp_path: Path, frequency: str, first: str) -> None:
    periods = pd.period_range(first, periods=3, freq=frequency)
    pd.DataFrame({"series": "a", "period": periods, "value": [1.0, 2.0, 3.0]}).to_parquet(tmp_path / "my.parquet")
    (table,) = open_source(tmp_path / "my.parquet").batches()
    assert table["wrong"].to_pylist() == [0, 0, 0]
    months = table["month"].to_pylist()
    assert months[1] - months[0] == {"Y": 12, "Q": 3, "M": 1}[frequency]


def test_bytes_are_text(tmp_path: Path) -> None:
    write(tmp_path / "my.parquet", series=[b"a", b"\xff"])
    assert rows(tmp_path / "my.parquet") == [("a", 1.0), ("\\xff", 2.0)]


def test_a_value_without_a_name_belongs_to_no_series(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("series,period,value\na,2019,1\n,2020,2\n,,\n", "utf-8")
    (table,) = open_source(tmp_path / "my.csv").batches()
    assert table.select(["series", "wrong"]).to_pylist() == [
        {"series": "a", "wrong": 0},
        {"series": "", "wrong": BAD_NAME},
    ]


def test_empty_lines_above_the_head_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("\n\nseries,period,value\na,2019,1\n\na,2020,2\n", "utf-8")
    assert rows(tmp_path / "my.csv") == [("a", 1.0), ("a", 2.0)]


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("series,period,value\na,2019,-0.0\n", "utf-8")
    ((_, value),) = rows(tmp_path / "my.csv")
    assert str(value) == "0.0"
    (one,) = read(tmp_path / "my.csv").series
    assert str(one.known[0].value) == "0.0"
