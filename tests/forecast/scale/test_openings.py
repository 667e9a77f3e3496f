from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from forecast.errors import InputError
from forecast.scale.openings import open_source
from forecast.scale.sources import Source
from forecast.tables import Columns

WANTED = {("a", 1.0), ("a", 2.0), ("b", 3.0)}


def cells(source: Source) -> set[tuple[str, float]]:
    return {(row["series"], row["value"]) for table in source.batches() for row in table.to_pylist()}


def long() -> pd.DataFrame:
    return pd.DataFrame({"series": ["a", "a", "b"], "period": [2019, 2020, 2020], "value": [1.0, 2.0, 3.0]})


def test_every_form_says_the_same(tmp_path: Path) -> None:
    long().to_csv(tmp_path / "my.csv", index=False)
    long().to_csv(tmp_path / "my.tsv", index=False, sep="\t", encoding="utf-8-sig")
    long().to_parquet(tmp_path / "my.parquet")
    long().to_excel(tmp_path / "my.xlsx", index=False)
    for country, rows in long().groupby("series"):
        (tmp_path / "my" / f"series={country}").mkdir(parents=True)
        rows[["period", "value"]].to_parquet(tmp_path / "my" / f"series={country}" / "x.parquet")
    for name in ("my.csv", "my.tsv", "my.parquet", "my.xlsx", "my"):
        assert cells(open_source(str(tmp_path / name))) == WANTED, name
    assert cells(open_source(long())) == cells(open_source(pa.table(long()))) == WANTED
    assert cells(open_source(f"file://{tmp_path}/my.parquet")) == WANTED
    assert cells(open_source(f"file://{tmp_path}/my")) == WANTED


def test_other_text_encodings(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes("名称,年份,数值\n大连,2019,1\n".encode("gb18030"))
    source = open_source(path)
    assert cells(source) == {("大连", 1.0)}
    assert source.notes == ["my.csv is not UTF-8; it was read as GB 18030"]
    french = "series,period,value\nMontréal,2019,1\n".encode("latin-1")
    for other in (b"series,period,value\na,2019,1\n\xff\xff,2019,1\n", french):
        path.write_bytes(other)
        with pytest.raises(InputError, match="neither UTF-8 nor GB 18030"):
            open_source(path)


def test_ragged_lines_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("series,period,value\na,2019,1\na,2020,2,9\nb,2020,3\nb\n", encoding="utf-8")
    source = open_source(path)
    assert cells(source) == {("a", 1.0), ("b", 3.0)}
    assert source.skipped == 2


def test_corrupt_files_are_named_and_the_others_read(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        long().assign(series=name).to_parquet(tmp_path / f"{name}.parquet", compression=None)
    whole = (tmp_path / "c.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "c.parquet").write_bytes(b"\x00" * 200 + whole[200:])
    source = open_source(tmp_path)
    assert list(source.broken) == [0]
    assert {name for name, _ in cells(source)} == {"b"}
    assert list(source.broken) == [0, 2]
    (tmp_path / "c.parquet").write_bytes(b"")
    (tmp_path / "b.parquet").write_bytes(b"")
    with pytest.raises(InputError, match="no readable rows"):
        open_source(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("series,period,value\n", "is empty"),
        ("a,a,period\n1,2,2019\n", "stands twice"),
        ("x,y\nu,v\n", "no column period"),
    ],
)
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        open_source(path)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    for address in (tmp_path / "x.csv", f"file://{tmp_path}/x.parquet"):
        with pytest.raises(InputError, match="there is n"):
            open_source(address)
    with pytest.raises(InputError, match="no Parquet file under"):
        open_source(tmp_path)
    with pytest.raises(InputError, match="no column 'wen'"):
        open_source(long(), Columns.parse("period=wen"))
