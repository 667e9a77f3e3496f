from __future__ import annotations

import datetime as dt

import pyarrow as pa

from forecast.scale.reading import Normaliser
from forecast.tables.columns import Columns, arrange


def normalised(table: pa.Table, named: str = "") -> list[tuple[object, ...]]:
    sample = [[str(cell) for cell in row.values()] for row in table.to_pylist()]
    layout = arrange("a test", table.column_names, sample, Columns.parse(named))
    found = pa.concat_tables(list(Normaliser(layout).rows(table, 0)))
    return [tuple(row[name] for name in ("series", "month", "value")) for row in found.to_pylist()]


WANTED = [("a", 24239, 1.0), ("a", 24251, 2.0)]


def test_typed_and_written_columns_say_the_same() -> None:
    assert normalised(pa.table({"series": ["a", "a"], "period": [2019, 2020], "value": [1, 2]})) == WANTED
    assert normalised(pa.table({"series": ["a", "a"], "period": ["2019", "2020"], "value": [" 1", "2.0"]})) == WANTED
    days = [dt.date(2019, 12, 31), dt.date(2020, 12, 31)]
    assert normalised(pa.table({"series": ["a", "a"], "period": days, "value": [1.0, 2.0]})) == WANTED
    coded = pa.array(["a", "a"]).dictionary_encode()
    assert normalised(pa.table({"series": coded, "period": [2019, 2020], "value": [1, 2]})) == WANTED
    assert normalised(pa.table({"year": [2019, 2020], "a": [1, 2]})) == WANTED
    assert normalised(pa.table({"series": ["a"], "2019": [1], "2020": [2]})) == WANTED


def test_several_columns_make_an_id() -> None:
    table = pa.table({"country": ["CN", "CN"], "city": ["Dalian", None], "year": [2019, 2019], "usd": [1.0, 2.0]})
    assert [row[0] for row in normalised(table)] == ["CN/Dalian", "CN/"]
    assert [row[0] for row in normalised(table, "series=city+country")] == ["Dalian/CN", "/CN"]


def test_bounds_are_supports() -> None:
    table = pa.table({"series": ["a", "b", "c"], "period": [2019] * 3, "value": [1.0] * 3, "lower": [0, 0, 3]})
    table = table.append_column("upper", pa.array([None, 1, 7]))
    layout = arrange("a test", table.column_names, [["a", "2019", "1", "0", ""]])
    found = pa.concat_tables(list(Normaliser(layout).rows(table, 0)))
    assert found["support"].to_pylist() == [2, 4, -1]
    assert found["wrong"].to_pylist() == [0, 0, 3]


def test_one_row_tells_of_a_series_of_which_a_batch_holds_nothing() -> None:
    written = pa.table({"series": ["a", "b", "b", "a", "c"], "period": [2019, 2019, 2020, 2020, 2019]})
    table = written.append_column("value", pa.array([1.0, None, None, None, 2.0]))
    assert normalised(table) == [("a", 24239, 1.0), ("c", 24239, 2.0), ("b", 0, 0.0)]
    down = pa.table({"year": [2019, 2020], "a": [1, 2], "b": [float("nan")] * 2})
    assert normalised(down) == [*WANTED, ("b", 0, 0.0)]
    across = pa.table({"series": ["a", "b", "c"], "2019": [1.0, None, None], "2020": [2.0, None, 3.0]})
    assert sorted(normalised(across)) == [*WANTED, ("b", 0, 0.0), ("c", 24251, 3.0)]
