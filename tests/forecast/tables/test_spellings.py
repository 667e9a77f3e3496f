from __future__ import annotations

from pathlib import Path

import pandas as pd

from forecast.tables import of_frame
from forecast.tables.spellings import said
from tests.forecast.tables.conftest import reading


def test_ids_that_differ_in_spaces_are_one_series_and_that_is_said(tmp_path: Path) -> None:
    table = reading(tmp_path, "series,period,value\na,2019,1\na ,2020,2\nb,2019,3\nb,2020,4\n")
    assert [(one.id, len(one.known)) for one in table.series] == [("a", 2), ("b", 2)]
    assert table.warnings[0] == "ids that are written in several ways are taken as one series: 'a' and 'a ' as a"
    assert reading(tmp_path, "series, period, value\na, 2019, 1\na, 2020, 2\n").warnings[0].startswith("every value")


def test_ids_that_are_cut_elsewhere_are_one_series_and_that_is_said() -> None:
    frame = pd.DataFrame({"country": ["CN", "CN/a"], "city": ["a/b", "b"], "year": [2019, 2020], "usd": [1, 2]})
    table = of_frame(frame)
    assert [one.id for one in table.series] == ["CN/a/b"]
    assert any(one.endswith("'CN', 'a/b' and 'CN/a', 'b' as CN/a/b") for one in table.warnings)


def test_many_are_counted() -> None:
    rows = [("", [f"{number}{space}"]) for number in range(5) for space in ("", " ")]
    assert said(rows, [0])[0].endswith("'2' and '2 ' as 2 and 2 more")
    assert said(rows, []) == []
