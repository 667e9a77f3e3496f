from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.scale.openings import open_source
from forecast.tables import Columns, of_frame
from forecast.tables.split_periods import find
from tests.forecast.tables.conftest import reading, values

MONTHS = pd.DataFrame({"year": [2019] * 12 + [2020] * 12, "month": [*range(1, 13)] * 2, "a": range(3, 27)})
QUARTERS = pd.DataFrame({"year": [2019] * 4 + [2020] * 4, "quarter": ["Q1", "Q2", "Q3", "Q4"] * 2, "a": range(3, 11)})


def test_a_year_and_a_month_are_a_period() -> None:
    table = of_frame(MONTHS)
    assert (table.series[0].frequency, [one.id for one in table.series]) == ("monthly", ["a"])
    assert values(table)["a"][12] == ("2020-01", 15.0)
    assert table.warnings[0] == "the frame: read as period = year and month together"
    assert values(of_frame(MONTHS.astype(float))) == values(table)


@pytest.mark.parametrize("written", [QUARTERS["quarter"], [1, 2, 3, 4] * 2])
def test_a_year_and_a_quarter_are_a_period(written: object) -> None:
    found = values(of_frame(QUARTERS.assign(quarter=written)))
    assert found["a"][:2] == [("2019Q1", 3.0), ("2019Q2", 4.0)]


def test_long_tables_split_them_too(tmp_path: Path) -> None:
    text = "series,month,year,value\na,1,2019,5\na,02,2019,6\nb,1,2019,7\nb,2,2019,8\n"
    assert values(reading(tmp_path, text)) == {
        "a": [("2019-01", 5.0), ("2019-02", 6.0)],
        "b": [("2019-01", 7.0), ("2019-02", 8.0)],
    }


def test_a_month_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    rows = [f"{year},{month},{year + month}" for year in range(1990, 2010) for month in range(1, 13)]
    with pytest.raises(InputError, match=r"line 242, column a: '2010 13' is not a period"):
        reading(tmp_path, "year,month,a\n" + "\n".join([*rows, "2010,13,4"]))


def test_a_whole_period_or_a_named_one_goes_first() -> None:
    head = ["year", "month", "a"]
    assert find(head, [["2019", "1", "5"]]) is not None
    assert find(head, [["2019", "13", "5"]]) is None
    assert find(head, [["2019", "2019-01", "5"]]) is None
    assert find([*head, "date"], [["2019", "1", "5", "2019-01-31"]]) is None
    assert find(head, [["2019", "1", "5"]], Columns.parse("period=year")) is None
    assert find(head, [["2019", "1", "5"]], Columns.parse("value=month")) is None
    assert find(head, [["", "", ""]]) is None


def test_panels_in_chunks_want_them_in_one_column() -> None:
    with pytest.raises(InputError, match=r"columns year and month tell the period together; .* like 2019-07"):
        open_source(MONTHS)
    with pytest.raises(InputError, match=r"year and quarter .* like 2019Q3"):
        open_source(QUARTERS)
