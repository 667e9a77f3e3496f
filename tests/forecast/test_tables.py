from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.tables import Table, of_frame, read

LONG = "series,period,value\na,2019,1\na,2020,2\nb,2019,3\nb,2020,4.5\n"


def reading(tmp_path: Path, text: str, name: str = "my.csv") -> Table:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def values(table: Table) -> dict[str, list[tuple[str, float]]]:
    return {one.id: [(str(seen.period), seen.value) for seen in one.observations] for one in table.series}


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        reading(tmp_path, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


WANTED = {"a": [("2019", 1.0), ("2020", 2.0)], "b": [("2019", 3.0), ("2020", 4.5)]}


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "\ufeff" + LONG.replace(",", ";").replace("\n", "\r\n"),
        "value,ds,unique_id\n1,2019-12-31,a\n2,2020-12-31,a\n3,2019-12-31,b\n4.5,2020-12-31,b\n",
        "period,a,b\n2020,2,4.5\n2019,1,3\n",
        "年份,a,b\n2019,1,3\n2020,2,4.5\n",
        "series,2019,2020\na,1,2\nb,3,4.5\n",
        "指标,时期,数值\na,2019年,1\na,2020年,2\nb,2019年,3\nb,2020年,4.5\n",
    ],
)
def test_long_and_wide_say_the_same(tmp_path: Path, text: str) -> None:
    assert values(reading(tmp_path, text)) == WANTED


def test_frames_and_parquet_say_the_same(tmp_path: Path) -> None:
    long = pd.DataFrame({"series": ["a", "a", "b", "b"], "period": [2019, 2020] * 2, "value": [1, 2, 3, 4.5]})
    wide = pd.DataFrame({"a": [1, 2], "b": [3, 4.5]}, index=pd.Index([2019, 2020], name="year"))
    dated = wide.set_axis(pd.to_datetime(["2019-12-31", "2020-12-31"]))
    path = tmp_path / "my.parquet"
    long.to_parquet(path)
    assert values(of_frame(long)) == values(of_frame(wide)) == values(of_frame(dated)) == values(read(path)) == WANTED


def test_gb18030_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes("period,执行额\n2019,1\n2020,2\n".encode("gb18030"))
    assert list(values(read(path))) == ["执行额"]


def test_leading_and_trailing_empty_cells_shorten_a_series(tmp_path: Path) -> None:
    found = values(reading(tmp_path, "period,a,b\n2018,,1\n2019,1,2\n2020,2,3\n2021,3,\n"))
    assert [len(rows) for rows in found.values()] == [3, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "my.csv is empty"),
        ("series,period,value\n", "my.csv is empty"),
        ("series,period,amount\na,2019,1\n", "no column value"),
        ("series,when,value\na,2019,1\n", "no column period"),
        ("period,a\n2019,1\n20x0,2\n", "line 3, column a: '20x0' is not a period"),
        ("period,a\n2019-13,1\n2019-11,2\n", "'2019-13' is not a period"),
        ("period,a\n2019,1\n2019,2\n", "series a has 2019 twice (first at line 2, column a)"),
        ("period,a\n2019,1\n2022,2\n", "no value for 2020, 2021; fill the gap"),
        ("period,a\n2019,1\n2020,\n2021,2\n", "no value for 2020"),
        ("period,a\n2019,1\n2020,many\n", "'many' is not a number"),
        ('period,a\n2019,1\n2020,"1,234.5"\n', "without thousands separators"),
        ("period,a\n2019,1\n2020,37.4%\n", "write a share as 0.374"),
        ("period,a\n2019,1\n2020,NaN\n", "'NaN' is not a finite number"),
        ("period,a\n2019,1\n2020,inf\n", "'inf' is not a finite number"),
        ("period,x.usd\n2019,1\n2020,-3\n", "series x.usd has -3 in 2020; it is an amount of zero or more"),
        ("period,kpo.share\n2019,.3\n2020,1.2\n", "has 1.2 in 2020; it is a share within 0..1"),
        ("period,a\n2019,1\n2020Q1,2\n", "of several kinds"),
        ("series,period,value\na,2019,1\na,2020,1\nb,2019Q1,1\nb,2019Q2,1\n", "of several frequencies"),
        ("series,period,value,support\na,2019,1,positiv\n", "Did you mean 'positive'"),
        ("series,period,value,support\na,2019,-1,positive\n", "zero or more"),
        ("period,a\n2019,1,7\n", "line 2: 3 fields where the head has 2"),
        ("series,period,value\n,2019,1\n", "the series has no name"),
        ('period,a\n2019,"1\n', "not readable as CSV"),
        ("period,a\n2019,\n", "holds no value"),
        ("period,a,a\n2019,1,2\n", "column 'a' stands twice"),
        ("period,a\n2019,1_0\n", "not a finite number"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text)


def test_all_findings_are_told_at_once(tmp_path: Path) -> None:
    said = refused(tmp_path, "period,a,b\n2019,x,1\nzz,2,2\n2021,3,inf\n2021,4,4\n")
    assert "findings" in said
    for part in ("'x' is not a number", "'zz' is not a period", "'inf'", "2021 twice"):
        assert part in said


def test_many_findings_are_counted_not_listed(tmp_path: Path) -> None:
    said = refused(tmp_path, "period,a\n" + "\n".join(f"{year},x{year}" for year in range(1900, 2000)))
    assert said.startswith("my.csv: 100 findings")
    assert said.endswith("and 88 more")


def test_no_file_no_text_no_parquet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        read(tmp_path / "absent.csv")
    (tmp_path / "my.csv").write_bytes(b"period,a\n2019,\xff\xff\n")
    with pytest.raises(InputError, match="neither UTF-8 nor GB 18030"):
        read(tmp_path / "my.csv")
    (tmp_path / "my.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(InputError, match="not readable as Parquet"):
        read(tmp_path / "my.parquet")


def test_supports_are_declared_named_or_guessed(tmp_path: Path) -> None:
    table = reading(tmp_path, "period,up,mixed,x_share,y.usd\n2019,1,-1,.2,0\n2020,2,1,.3,4\n")
    assert dict(zip([one.id for one in table.series], table.supports, strict=True)) == {
        "up": "positive",
        "mixed": "real",
        "x_share": "share",
        "y.usd": "positive",
    }
    assert table.warnings == ("every value of up is above zero: taken as positive, and so are its forecasts",)
    declared = reading(tmp_path, "series,period,value,support\na,2019,1,real\na,2020,2,real\n")
    assert declared.supports == ("real",)
    assert declared.warnings == ()


def test_a_frame_with_a_missing_value_inside_has_a_gap() -> None:
    with pytest.raises(InputError, match="no value for 2020"):
        of_frame(pd.DataFrame({"period": [2019, 2020, 2021], "a": [1.0, np.nan, 2.0]}))
