"""Sources: a CSV, a Parquet file or folder, or a sheet, opened once for its layout and read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from forecast.scale.arrays import to_coded, to_texts
from forecast.scale.reading import Normaliser
from forecast.scale.schemas import without_periods
from forecast.tables.columns import Layout
from forecast.tables.files import PARQUET

if TYPE_CHECKING:
    import pyarrow as pa

Piece: TypeAlias = "tuple[tuple[int, int, int], ...]"
"""Files by number, each with its first row group and the one after its last; of a CSV or sheet there is one."""
BATCH = 1 << 17
BLOCK = 1 << 24
SAMPLE = 200
ENCODINGS = ("utf-8", "gb18030")


@dataclass(slots=True)
class Source:
    """The user's data, ready to be read from the start.

    Attributes:
        address: a path or URL.
        layout: what its columns mean.
        files: its files, in order; one for a CSV or sheet.
        print: names and sizes, by which a changed source is noticed.
        size: about how many rows it has.
        notes: what was noticed while it was opened.
        broken: files that cannot be read, with the reason; more may turn up while reading.
        skipped: lines with too many or too few fields, counted while reading.
        groups: for each Parquet file, the rows of its row groups.
        skip: empty lines above the head of a CSV.
    """

    address: str
    layout: Layout
    files: tuple[str, ...]
    print: list[list[Any]]
    size: int
    notes: list[str] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    skipped: int = 0
    groups: dict[int, list[int]] = field(default_factory=dict)
    encoding: str = ENCODINGS[0]
    delimiter: str = ","
    skip: int = 0
    table: pa.Table | None = None

    def pieces(self, rows: int) -> list[Piece]:
        """Cut the source into stretches of about so many values, which can be read apart from each other."""
        rows //= max(len(self.layout.members), 1)
        found: list[list[tuple[int, int, int]]] = [[]]
        held = 0
        for number in range(len(self.files)):
            for group, size in enumerate(self.groups.get(number, [0])):
                if held + size > rows and found[-1]:
                    found.append([])
                    held = 0
                held += size
                last = found[-1][-1] if found[-1] else (-1, 0, 0)
                if last[0] == number:
                    found[-1][-1] = (number, last[1], group + 1)
                else:
                    found[-1].append((number, group, group + 1))
        return [tuple(piece) for piece in found]

    def batches(self, piece: Piece | None = None) -> Iterator[pa.Table]:
        """Yield normalised rows; a file that breaks off midway is added to `broken`, the others are read."""
        reader = Normaliser(self.layout)
        for number, first, end in self.pieces(1 << 62)[0] if piece is None else piece:
            if number in self.broken:
                continue
            for table in self._tables(number, self.files[number], range(first, end)):
                yield from reader.rows(table, number)

    def _tables(self, number: int, name: str, groups: range) -> Iterator[pa.Table]:
        import pyarrow as pa

        try:
            if self.table is not None:
                for first in range(0, len(self.table), BATCH):
                    yield self.table.slice(first, BATCH)
            elif name.lower().endswith(PARQUET):
                yield from read_parquet(self.address, name, self.layout, groups)
            else:
                yield from self._csv(name)
        except (pa.ArrowException, OSError) as error:
            self.broken[number] = reason(error)

    def _csv(self, name: str) -> Iterator[pa.Table]:
        import pyarrow as pa
        from pyarrow import csv

        def count(_: Any) -> str:
            self.skipped += 1
            return "skip"

        with opened(name) as file:
            reader = csv.open_csv(
                file,
                csv.ReadOptions(block_size=BLOCK, encoding=self.encoding, skip_rows=self.skip),
                csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=False, invalid_row_handler=count),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(self._head(name), pa.string()), strings_can_be_null=False
                ),
            )
            for batch in reader:
                yield pa.table(batch).rename_columns([column.strip() for column in batch.schema.names])

    def _head(self, name: str) -> list[str]:
        with opened(name) as file:
            line = [file.readline() for _ in range(self.skip + 1)][-1].decode(self.encoding)
        import csv

        return next(csv.reader([line.lstrip("\ufeff").rstrip("\r\n")], delimiter=self.delimiter))


def read_parquet(
    address: str, file: str, layout: Layout | None = None, groups: range | None = None, size: int = BATCH
) -> Iterator[pa.Table]:
    """Yield the batches of a file, with the parts of its path like `country=CN` as columns.

    With a layout only the columns that it needs are read, texts each once.
    """
    import pyarrow as pa
    from pyarrow import parquet

    parts = partitions(address, file)
    wanted = None if layout is None else layout.needed()
    with opened(file) as held:
        about = parquet.ParquetFile(held).metadata
        names = about.schema.to_arrow_schema().names
        coded = (
            [] if layout is None else [one for one in (*layout.columns.series, layout.columns.period) if one in names]
        )
        source = parquet.ParquetFile(held, metadata=about, read_dictionary=coded)
        here = None if wanted is None else [name for name in names if name in wanted]
        chosen = None if groups is None else list(groups)
        for batch in source.iter_batches(size, row_groups=chosen, columns=here, use_threads=False):
            table = without_periods(pa.Table.from_batches([batch]))
            for column, value in parts.items():
                if wanted is None or column in wanted:
                    table = table.append_column(column, to_coded(to_texts([value]), np.zeros(len(table))))
            yield table


def partitions(address: str, file: str) -> dict[str, str]:
    """Return the parts of a file's path like `country=CN`, below the folder at `address`."""
    from urllib.parse import unquote

    inside = file.removeprefix(address).split("/")[:-1]
    return {name: unquote(value) for name, equals, value in (part.partition("=") for part in inside) if equals}


def opened(name: str) -> Any:
    """Open a path or URL for reading."""
    if "://" in name:
        from forecast.scale.stores import file_system

        return file_system(name).open(name, "rb")
    return Path(name).open("rb")


def reason(error: Exception) -> str:
    """Return the first line of what an error says."""
    return (str(error).splitlines() or [type(error).__name__])[0]
