"""Openings: a path, a URL or a frame becomes a source: what its columns mean, its files and about how many rows."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import InputError
from forecast.scale.schemas import complaint
from forecast.scale.sources import BLOCK, ENCODINGS, SAMPLE, Source, opened, partitions, read_parquet, reason
from forecast.tables import no_rows, split_periods
from forecast.tables.columns import Columns, Layout, arrange
from forecast.tables.files import (
    PARQUET,
    WORKBOOK,
    Rows,
    foreign,
    frame_rows,
    is_chinese,
    read_rows,
    readable,
    text,
    to_pandas,
)

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def open_source(data: Any, columns: Columns | None = None, sheet: str | None = None) -> Source:
    """Open a path, a URL or a frame.

    Raises:
        InputError: if it is not there, is not readable, or its columns do not say what they are.
    """
    if not isinstance(data, (str, Path)):
        return _frame(to_pandas(data), columns)
    address = str(data)
    name = address.rstrip("/").rpartition("/")[2]
    if address.lower().endswith(WORKBOOK):
        return _small(address, read_rows(Path(address), sheet), columns)
    files = _files(address)
    if not files[0].lower().endswith(PARQUET):
        return _opened_csv(address, name, columns)
    return _opened_parquet(address, name, files, columns)


def _frame(frame: pd.DataFrame, columns: Columns | None) -> Source:
    import pyarrow as pa

    head = frame_rows(frame.head(0)).rows[0][1]
    try:
        table = pa.Table.from_pandas(
            frame if len(head) == frame.shape[1] else frame.reset_index(), preserve_index=False
        )
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # columns of mixed types are read as text
        return _small("the frame", frame_rows(frame), columns)
    return _held("the frame", table.rename_columns([str(name) for name in table.column_names]), columns)


def _small(address: str, found: Rows, columns: Columns | None) -> Source:
    """Hold the rows of a sheet, or of a frame with columns of mixed types, as text."""
    import pyarrow as pa

    head = _unique(found.name, [column.strip() for column in found.rows[0][1]]) if found.rows else []
    cells = [row for _, row in found.rows[1:] if len(row) == len(head)]
    table = pa.table({column: pa.array([row[at] for row in cells], pa.string()) for at, column in enumerate(head)})
    held = _held(found.name, table, columns)
    return replace(held, address=address, notes=[*found.notes, *held.notes])


def _held(name: str, table: pa.Table, columns: Columns | None) -> Source:
    if not len(table):
        raise no_rows(name, bool(table.column_names))
    sample = [[text(cell) for cell in row.values()] for row in table.slice(0, SAMPLE).to_pylist()]
    layout = _arranged(name, _unique(name, table.column_names), sample, columns)
    if wrong := complaint(table.schema, layout):
        raise InputError(f"{name} cannot be read: {wrong}; give columns of numbers and text")
    size = len(table) * max(len(layout.members), 1)
    return Source(name, layout, (name,), [[name, len(table)]], size, layout.said(name), table=table)


def _opened_csv(address: str, name: str, columns: Columns | None) -> Source:
    import csv

    encoding, size = _encoding(address, name)
    with opened(address) as file:
        start = file.read(1 << 16)
    if b"\r" in start and b"\n" not in start:
        raise InputError(
            f"{name} ends its lines with carriage returns alone; save it with line feeds, or leave --out out"
        )
    lines = codecs.getincrementaldecoder(encoding)().decode(start).lstrip("\ufeff").splitlines()
    lines = lines if len(start) < 1 << 16 else lines[:-1]
    empty = next((place for place, line in enumerate(lines) if line.strip()), 0)
    lines = lines[empty:]
    if len(lines) < 2:
        raise no_rows(name, any(line.strip() for line in lines))
    delimiter = max(",;\t", key=lines[0].count)
    head, *rows = csv.reader(lines[: SAMPLE + 1], delimiter=delimiter)
    head = _unique(name, [column.strip() for column in head])
    layout = _arranged(name, head, [row for row in rows if len(row) == len(head)], columns)
    count = int(size / (len(start) / len(lines)) * max(len(layout.members), 1))
    notes = [] if encoding == ENCODINGS[0] else [f"{name} is not UTF-8; it was read as GB 18030"]
    notes += layout.said(name)
    found = Source(address, layout, (address,), [[name, size]], count, notes, encoding=encoding, delimiter=delimiter)
    return replace(found, skip=empty)


def _encoding(address: str, name: str) -> tuple[str, int]:
    """Return the encoding of a text file and its size in bytes; the whole file is looked at."""
    for encoding in ENCODINGS:
        decoder, size = codecs.getincrementaldecoder(encoding)(), 0
        with opened(address) as file:
            try:
                while block := file.read(BLOCK):
                    found = decoder.decode(block)
                    if encoding != ENCODINGS[0] and not is_chinese(found):
                        raise foreign(name)
                    size += len(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
        return encoding, size
    raise foreign(name)


def _opened_parquet(address: str, name: str, files: tuple[str, ...], columns: Columns | None) -> Source:
    import pyarrow as pa
    from pyarrow import parquet

    broken: dict[int, str] = {}
    prints: list[list[Any]] = []
    groups: dict[int, list[int]] = {}
    schemas: dict[int, pa.Schema] = {}
    sample: pa.Table | None = None
    for number, file in enumerate(files):
        try:
            with opened(file) as held:
                found = parquet.ParquetFile(held)
            about, schemas[number] = found.metadata, found.schema_arrow
            if sample is None and about.num_rows:
                sample = next(read_parquet(address, file, size=SAMPLE))
            groups[number] = [about.row_group(place).num_rows for place in range(about.num_row_groups)]
            prints.append([file.removeprefix(address), about.num_rows, about.serialized_size])
        except (pa.ArrowException, OSError) as error:
            broken[number] = reason(error)
            prints.append([file.removeprefix(address), -1, -1])
    if sample is None:
        raise InputError(f"{name} has no readable rows ({next(iter(broken.values()), 'it is empty')}); give Parquet")
    others = [one for schema in schemas.values() for one in schema.names if one not in sample.column_names]
    more = list(dict.fromkeys(others))
    head = _unique(name, [*sample.column_names, *more])
    rows = [[text(cell) for cell in row.values()] + [""] * len(more) for row in sample.to_pylist()]
    layout = _arranged(name, head, rows, columns)
    for number, schema in schemas.items():
        if wrong := complaint(schema, layout, partitions(address, files[number])):
            broken[number] = wrong
    if len(broken) == len(files):
        raise InputError(
            f"{name} has no readable rows ({next(iter(broken.values()))}); give columns of numbers and text"
        )
    size = sum(map(sum, groups.values())) * max(len(layout.members), 1)
    return Source(address, layout, files, prints, size, layout.said(name), broken=broken, groups=groups)


def _files(address: str) -> tuple[str, ...]:
    """Return the file at an address, or the Parquet files under a folder, by name."""
    if "://" in address:
        from forecast.scale.stores import file_system

        system = file_system(address)
        if not system.exists(address):
            raise InputError(f"there is nothing at '{address}'; give a CSV or Parquet file, or a folder of Parquet")
        if not system.isdir(address):
            return (address,)
        found = sorted(system.unstrip_protocol(path) for path in system.find(address))
    else:
        path = Path(address)
        if path.is_file():
            return (address,)
        if not path.is_dir():
            there = f"'{path}' is no file that can be read" if path.exists() else f"there is no file '{path}'"
            raise InputError(f"{there}; give a CSV or Parquet file, a folder or a workbook")
        readable(path)
        found = sorted(str(file) for file in path.rglob("*") if file.is_file())
    parquet = tuple(file for file in found if file.lower().endswith(PARQUET))
    if not parquet:
        raise InputError(f"there is no Parquet file under '{address}'; give a folder with some, or a file")
    return parquet


def _arranged(name: str, head: list[str], sample: list[list[str]], columns: Columns | None) -> Layout:
    split_periods.refuse(name, head, sample, columns)
    return arrange(name, head, sample, columns)


def _unique(name: str, head: list[str]) -> list[str]:
    repeated = sorted({column for column in head if head.count(column) > 1})
    if repeated:
        raise InputError(f"{name}: column '{repeated[0]}' stands twice in the head; name each once")
    return head
