"""Deliveries: the finished run as the user asked for it: a folder of Parquet, or one CSV with its lists beside it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from forecast.scale import chunks
from forecast.scale.runs import Outcome
from forecast.scale.stores import Store

CSV = ".csv"
PARTS = ".parts"
FAILED = ("series", "message")
"""Columns of the list of failures of forecasts that were in memory."""


def root_of(out: str) -> str:
    """Return the folder in which a run that is to end in `out` is made, as every process on a machine can find it."""
    folder = out + PARTS if out.lower().endswith(CSV) else out
    return folder if "://" in folder else str(Path(folder).absolute())


def lists_of(out: str) -> tuple[str, str]:
    """Return where the lists of failures and of findings are."""
    stem = f"{out[: -len(CSV)]}." if out.lower().endswith(CSV) else f"{out.rstrip('/')}/"
    return f"{stem}failures.csv", f"{stem}findings.csv"


def failures_of(out: str) -> str:
    """Return where the list of failures is."""
    return lists_of(out)[0]


def place_of(out: str) -> tuple[Store, str]:
    """Return the folder that a file is in, and its name there."""
    folder, slash, name = out.rpartition("/")
    return Store(folder or slash or "."), name


def deliver(outcome: Outcome, out: str) -> Outcome:
    """Return a finished run where it was asked for; a CSV is put together from its parts, and they are removed.

    Where nothing was forecast there is no CSV, only the lists that say why.
    """
    if not out.lower().endswith(CSV):
        return outcome
    parts = Store(root_of(out))
    target, name = place_of(out)
    for one in ("failures", "findings"):
        with parts.open(f"{one}.csv") as file:
            target.write_bytes(f"{name[: -len(CSV)]}.{one}.csv", file.read())
    if outcome.rows:
        target.write(name, lambda file: _join(parts, outcome.chunks, file))
    target.remove(f"{name}{PARTS}")
    return replace(outcome, out=out)


def _join(parts: Store, count: int, file: Any) -> None:
    """Write all forecasts as one CSV; ids that a spreadsheet would run get an apostrophe."""
    import pyarrow as pa
    from pyarrow import parquet
    from pyarrow.csv import WriteOptions, write_csv

    from forecast.tables.findings import safe

    for chunk in range(count):
        with parts.open(f"{chunks.FORECASTS}/{chunks.name_of(chunk)}") as opened:
            table = parquet.ParquetFile(opened, read_dictionary=["series"]).read()
        coded = table["series"].combine_chunks()
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        names = pa.array([safe(name) for name in coded.dictionary.to_pylist()], pa.string())
        table = table.set_column(1, "series", pa.DictionaryArray.from_arrays(coded.indices, names).cast(pa.string()))
        write_csv(table, file, WriteOptions(include_header=chunk == 0, quoting_style="needed"))


def write_rows(rows: list[dict[str, Any]], failures: list[dict[str, str]], out: str) -> None:
    """Write forecasts that are in memory, in the long form, as one CSV or a folder with one Parquet file.

    Raises:
        InputError: if the folder holds something already.
    """
    import pyarrow as pa

    from forecast.errors import InputError
    from forecast.tables.findings import safe

    table = pa.Table.from_pylist(rows)
    text = io.StringIO()
    text.write(f"{','.join(FAILED)}\r\n")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows((safe(one["series"]), one["reason"]) for one in failures)
    listed = text.getvalue().encode()
    if out.lower().endswith(CSV):
        from pyarrow.csv import WriteOptions, write_csv

        store, name = place_of(out)
        table = table.set_column(1, "series", pa.array([safe(row["series"]) for row in rows], pa.string()))
        store.write(name, lambda file: write_csv(table, file, WriteOptions(quoting_style="needed")))
        store.write_bytes(f"{name[: -len(CSV)]}.failures.csv", listed)
        return
    store = Store(out)
    if store.names(""):
        raise InputError(f"{out} is not empty; name another folder")
    chunks.write_table(store, f"{chunks.FORECASTS}/{chunks.name_of(0)}", table)
    store.write_bytes("failures.csv", listed)
