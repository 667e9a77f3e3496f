from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.scale.openings import open_source
from forecast.tables import Columns, of_frame, read
from tests.forecast.tables.conftest import reading

YEARS = list(range(2010, 2016))
GROWING = [3.0, 4, 6, 7, 9, 12]


@pytest.mark.parametrize(
    ("columns", "unused", "read"),
    [
        ({"period": YEARS, "value": GROWING, "b": GROWING, "c": YEARS}, "b, c", "value"),
        ({"ds": YEARS, "y": GROWING, "z": GROWING}, "z", "y"),
        (
            {"series": ["s"] * 6, "period": YEARS, "value": GROWING, "price": GROWING, "note": ["x"] * 6},
            "price, note",
            "value",
        ),
    ],
)
def test_columns_beside_the_one_of_values_are_told(columns: dict[str, Any], unused: str, read: str) -> None:
    frame = pd.DataFrame(columns)
    said = (
        f"the frame: columns that are not used: {unused}; values are read from {read}, and no model takes other columns"
    )
    assert of_frame(frame).warnings[0] == said
    assert open_source(frame).notes == [said]


def test_nothing_is_told_where_the_user_named_the_values_or_a_column_is_empty() -> None:
    frame = pd.DataFrame({"period": YEARS, "value": GROWING, "b": GROWING})
    assert not any("not used" in one for one in of_frame(frame, columns=Columns.parse("value=b")).warnings)
    empty = of_frame(frame.assign(b=None))
    assert not any("not used" in one for one in empty.warnings)


def test_texts_beside_periods_across_are_told(tmp_path: Path) -> None:
    table = reading(tmp_path, "series,code,2018,2019,2020\nDalian,D,1,2,3\nXiamen,X,1,2,3\n")
    assert [one.id for one in table.series] == ["Dalian", "Xiamen"]
    assert "my.csv: columns that are not used: code; values stand below the periods" in table.warnings[0]


@pytest.mark.parametrize("name", ["support", "unit", "lower", "upper"])
def test_a_wide_column_of_numbers_is_a_series_whatever_its_name(name: str) -> None:
    frame = pd.DataFrame({"year": YEARS, "a": GROWING, name: [5.0, 3, 8, 9, 7, 12]})
    assert [one.id for one in of_frame(frame).series] == ["a", name]


def test_units_and_bounds_of_a_wide_table_stay_what_they_are() -> None:
    frame = pd.DataFrame({"year": YEARS, "a": GROWING, "unit": "USD", "lower": 0, "upper": 100})
    table = of_frame(frame)
    assert [(one.id, one.unit) for one in table.series] == [("a", "USD")]
    assert table.supports == ("percent",)


def test_a_column_without_a_name_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text(",a\n2019,1\n2020,2\n", "utf-8")
    with pytest.raises(InputError, match="its columns are one without a name, a; give columns"):
        read(tmp_path / "my.csv")
