from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from forecast.errors import InputError
from forecast.tables import Columns, of_frame, read
from tests.forecast.tables.conftest import reading, values

LONG = "series,period,value\na,2019,1\na,2020,2\nb,2019,3\nb,2020,4.5\n"


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "my.csv is empty"),
        ("series,period,value\n", "my.csv is empty"),
        ("series,period,usd,cny\na,2019,1,7\n", "no column value"),
        ("series,when,value\na,early,1\n", "no column period"),
        ("period,a\n2019,1\n20x0,2\n", "line 3, column a: '20x0' is not a period"),
        ("period,a\n2019-13,1\n2019-11,2\n", "'2019-13' is not a period"),
        ("period,a\n2019,1\n2019,2\n", "series a has 2019 twice (first at line 2, column a)"),
        ("period,a\n2019,1\n2020,many\n", "'many' is not a number"),
        ('period,a\n2019,1\n2020,"1,234.5"\n', "without thousands separators"),
        ('period,a\n2019,1\n2020,"1,234"\n', "number; write it without thousands separators"),
        ("period;a\n2019;1\n2020;103,5\n", "'103,5' is not a number; write decimals with a point"),
        ("period;a\n2019;1\n2020;0,125\n", "'0,125' is not a number; write decimals with a point"),
        ("period;a\n2019;1\n2020;-1.234,50\n", "write decimals with a point, and no thousands separators"),
        ("period,a\n2019,1\n2020,37.4%\n", "write a share as 0.374"),
        ("period,a\n2019,1\n2020,NaN\n", "'NaN' is not a finite number"),
        ("period,a\n2019,1\n2020,inf\n", "'inf' is not a finite number"),
        ("period,a\n2019,1\n2020,n/a\n", "'n/a' is not a number; leave the cell empty where a value is missing"),
        ("period,a\n2019,1\n2020,…\n2021,..\n", "'..' is not a number; leave the cell empty"),
        ("period,a\n2019,1\n2020,\n2020,2\n", "series a has 2020 twice"),
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
        ("period,a\n2019,1_0\n", "'1_0' is not a number; write it without thousands separators"),
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
    unclear = reading(tmp_path, "period,a,b\n2019,0,0\n2020,2,1\n")
    assert unclear.supports == ("real", "real")
    (warning,) = unclear.warnings
    assert warning.startswith("no value of a, b is below zero and some are zero: forecasts may be below; ")
    assert warning.endswith("say positive in a column support")
    declared = reading(tmp_path, "series,period,value,support\na,2019,1,real\na,2020,2,real\n")
    assert declared.supports == ("real",)
    assert declared.warnings == ()


COUNTRIES = "country,city,year,usd_million\nCN,Dalian,2019,1\nCN,Dalian,2020,2\nCN,Xiamen,2019,3\nCN,Xiamen,2020,4\n"


def test_columns_are_guessed_and_shown(tmp_path: Path) -> None:
    table = reading(tmp_path, COUNTRIES)
    assert list(values(table)) == ["CN/Dalian", "CN/Xiamen"]
    assert table.keys == ("country", "city")
    assert table.warnings[0] == "my.csv: read as series = country / city, period = year, value = usd_million"


def test_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("who,when,a,b,lo,hi,in\nx,2019,1,5,0,100,percent\nx,2020,2,6,0,100,percent\n", encoding="utf-8")
    named = Columns.parse("series=who,period=when,value=b,lower=lo,upper=hi,unit=in")
    table = read(path, named)
    assert values(table) == {"x": [("2019", 5.0), ("2020", 6.0)]}
    assert table.supports == ("percent",)
    assert table.series[0].unit == "percent"
    assert table.warnings == ()
    with pytest.raises(InputError, match="Did you mean 'when'"):
        read(path, Columns.parse("period=wen"))


def test_bounds_that_no_scale_has_are_told(tmp_path: Path) -> None:
    assert "'3..7' is none" in refused(tmp_path, "series,period,value,lower,upper\na,2019,4,3,7\na,2020,5,3,7\n")


def test_several_units_in_a_series_are_told(tmp_path: Path) -> None:
    assert "in CNY and USD" in refused(tmp_path, "series,period,value,unit\na,2019,4,USD\na,2020,5,CNY\n")


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("data")
    for row in (["period", "a", "b"], [dt.datetime(2019, 12, 31), 1, 3], [dt.datetime(2020, 12, 31), 2, 4.5]):  # noqa: DTZ001
        sheet.append(row)
    book.save(path)
    assert values(read(path, sheet="data")) == WANTED
    with pytest.raises(InputError, match="Did you mean 'data'"):
        read(path, sheet="date")
    path.write_bytes(b"no zip")
    with pytest.raises(InputError, match="not readable as a workbook"):
        read(path)


def test_a_partitioned_folder_says_the_same(tmp_path: Path) -> None:
    for name, rows in (("a", [1.0, 2.0]), ("b", [3.0, 4.5])):
        folder = tmp_path / "panel" / f"series={name}"
        folder.mkdir(parents=True)
        pd.DataFrame({"period": [2019, 2020], "value": rows}).to_parquet(folder / "part.parquet")
    assert values(read(tmp_path / "panel")) == WANTED
    (tmp_path / "panel" / "broken.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(InputError, match=r"broken\.parquet"):
        read(tmp_path / "panel")


def test_frames_of_other_libraries_are_read() -> None:
    long = pd.DataFrame({"series": ["a", "a", "b", "b"], "period": [2019, 2020] * 2, "value": [1, 2, 3, 4.5]})
    assert values(of_frame(pa.table(long))) == WANTED

    class Exchanged:
        def __dataframe__(self, **options: object) -> object:
            return pa.table(long).__dataframe__()

    assert values(of_frame(Exchanged())) == WANTED
    with pytest.raises(InputError, match="a list is no frame"):
        of_frame([1, 2])


def test_day_numbers_of_workbooks_are_periods(tmp_path: Path) -> None:
    assert values(reading(tmp_path, "period,a,b\n43830,1,3\n44196.0,2,4.5\n")) == WANTED


def test_odd_series_are_found_all_at_once(tmp_path: Path) -> None:
    text = "period,short,same,=1+1,jump\n"
    text += "".join(f"{2000 + i},{i if i < 2 else ''},5,{i},{1000 if i == 8 else 10 + i % 3}\n" for i in range(15))
    table = reading(tmp_path, text)
    assert [(one.kind, one.series) for one in table.findings] == [
        ("too short", "short"),
        ("constant", "same"),
        ("outlier", "jump"),
        ("formula", "=1+1"),
    ]
    assert table.findings[2].message == "1000 in 2008 is far off its neighbours"


def test_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes("period,执行额.usd\n2019,1\n2020,2\n".encode("gb18030"))
    assert read(path).warnings == ("my.csv is not UTF-8; it was read as GB 18030",)


def test_a_file_too_large_for_memory_is_sent_to_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forecast.tables.files.HEAVY", 10)
    with pytest.raises(InputError, match="name a folder with --out and leave --reconcile"):
        reading(tmp_path, LONG)


def test_accented_letters_of_another_encoding_are_not_taken_for_chinese(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes("period,Montréal\n2019,1\n2020,2\n".encode("latin-1"))
    with pytest.raises(InputError, match="neither UTF-8 nor GB 18030"):
        read(path)


def test_an_empty_column_after_the_years_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    rows = "".join(f"{name},{name[0]},,1,2,3,\n" for name in ("Dalian", "Xiamen"))
    path.write_text("Country Name,Code,2018,2019,2020,2021,Unnamed: 66\n" + rows, encoding="utf-8")
    assert [(one.id, len(one.known)) for one in read(path).series] == [("Dalian/D", 3), ("Xiamen/X", 3)]
