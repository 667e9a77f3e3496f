from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from forecast.scale.openings import open_source
from tests.forecast.scale.conftest import growing


def test_pieces_cover_everything_once(tmp_path: Path) -> None:
    table = pa.table(growing(60))
    for number, (start, end) in enumerate([(0, 100), (100, 101), (101, 101), (101, len(table))]):
        parquet.write_table(table.slice(start, end - start), tmp_path / f"{number}.parquet", row_group_size=40)
    source = open_source(tmp_path)
    pieces = source.pieces(90)
    assert len(pieces) > 4
    read = [pa.concat_tables(list(source.batches(piece))) for piece in pieces]
    assert max(map(len, read)) <= 90
    assert pa.concat_tables(read).to_pylist() == pa.concat_tables(list(source.batches())).to_pylist()
    assert sum(map(len, read)) == len(table)


def test_columns_that_say_nothing_are_not_read(tmp_path: Path) -> None:
    growing(3).assign(remark="long").to_parquet(tmp_path / "my.parquet")
    source = open_source(tmp_path / "my.parquet")
    assert source.layout.needed() == {"series", "period", "value"}
    (table,) = source.batches()
    assert len(table) == source.size
