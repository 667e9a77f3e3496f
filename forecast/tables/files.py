"""Files: the rows of a CSV, a Parquet file or folder, a workbook sheet or a frame, as text with the place of each."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.calendars import stamp
from forecast.errors import InputError
from forecast.tables.columns import NAMES

if TYPE_CHECKING:
    import pandas as pd

PARQUET = (".parquet", ".pq")
WORKBOOK = (".xlsx", ".xlsm")
HEAVY = 200_000_000
"""Bytes of a file or folder that are read into memory at once; text and objects take many times that."""
TEXT = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table as text: the head first, each with its place; and what was noticed on the way.

    Those of a frame are `typed`: the cells of a column are of one kind, and what is wrong with one is so with many.
    """

    name: str
    rows: Sequence[tuple[str, list[str]]]
    notes: tuple[str, ...] = ()
    typed: bool = False


def read_rows(path: Path, sheet: str | None = None) -> Rows:
    """Read a file or a folder of Parquet files.

    Raises:
        InputError: if it is not there or not readable.
    """
    if path.is_dir():
        readable(path)
    size = sum(file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
    if size > HEAVY:
        raise InputError(
            f"{path.name} has {size / 1e6:,.0f} MB, more than is held in memory at once; "
            "name a folder with --out and leave --reconcile, --sums and --report out, and it goes through in chunks"
        )
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        there = f"'{path}' is no file that can be read" if path.exists() else f"there is no file '{path}'"
        raise InputError(f"{there}; give the path of a CSV or Parquet file, a folder or a workbook")
    if path.suffix.lower() in PARQUET:
        return frame_rows(_parquet(path), path.name)
    if path.suffix.lower() in WORKBOOK:
        from forecast.tables.workbooks import sheet_rows

        return sheet_rows(path, sheet)
    return _csv(path)


def is_path(text: str) -> bool:
    """Whether a text is the path of a table: with its ending, with a folder before it, or of a file that is there."""
    return os.sep in text or text.lower().endswith((*TEXT, *PARQUET, *WORKBOOK)) or os.path.exists(text)  # noqa: PTH110 - takes text of any length


def readable(folder: Path) -> None:
    """Check that a folder, and those in it, may be looked into: a search passes over the others without a word.

    Raises:
        PermissionError: naming the first that may not.
    """
    for one in (folder, *sorted(path for path in folder.rglob("*") if path.is_dir())):
        if not os.access(one, os.R_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(one))


def frame_rows(frame: pd.DataFrame, name: str = "the frame") -> Rows:
    """Return the rows of a frame; periods, or names of series, may stand in the index."""
    if _index_tells(frame):
        frame = frame.reset_index()
    rows = [("head", [str(column) for column in frame.columns])]
    rows += [(f"row {at}", [text(value) for value in row]) for at, row in enumerate(frame.itertuples(index=False), 1)]
    return Rows(name, rows, typed=True)


def _index_tells(frame: pd.DataFrame) -> bool:
    """Whether the index of a frame says what its columns do not: the periods, or with them the series."""
    columns = [str(column) for column in frame.columns]
    names = [str(name) for name in frame.index.names if name is not None]
    numbered = frame.index.dtype.kind in "iu" and not names
    if any(map(_is_period_name, columns)):
        across = all(stamp(column) is not None for column in columns)
        return any(name.lower() in NAMES["series"] for name in names) or (across and not numbered)
    return not numbered or all(stamp(str(label)) for label in frame.index)


def to_pandas(source: Any) -> pd.DataFrame:
    """Return any frame as one of pandas: one of its own, or whatever hands out Arrow data or the interchange protocol.

    A series of pandas is a frame of one column.

    Raises:
        InputError: if it does neither.
    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, pd.Series):
        alone = source.to_frame(source.name or "value")
        return alone if alone.index.nlevels > 1 else alone.rename_axis("period").reset_index()
    import pyarrow as pa

    table = None
    try:
        if hasattr(source, "__arrow_c_stream__"):
            table = pa.table(source)
        elif hasattr(source, "to_arrow"):
            table = pa.table(source.to_arrow())
        elif hasattr(source, "__dataframe__"):
            from pyarrow import interchange

            table = interchange.from_dataframe(source)
    except (pa.ArrowException, TypeError) as error:
        raise InputError(f"a {type(source).__name__} is no frame ({error}); give a frame with its periods") from error
    if table is not None:
        frame: pd.DataFrame = table.to_pandas()
        return frame
    bare = "; values come with their periods: pd.Series(values, index=periods)" if hasattr(source, "__array__") else ""
    raise InputError(
        f"a {type(source).__name__} is no frame; give a pandas, Polars, Arrow or DuckDB frame, or a path{bare}"
    )


def text(value: object) -> str:
    """Return a cell as text; nothing for a missing value, and of a moment at midnight the date alone."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>"):
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    write = getattr(value, "strftime", None)
    if not write or not hasattr(value, "year") or not hasattr(value, "month"):
        return str(value)
    timed = any(getattr(value, part, 0) for part in ("hour", "minute", "second"))
    return str(write("%Y-%m-%d %H:%M:%S" if timed else "%Y-%m-%d"))


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return text that is UTF-8, UTF-16 with its mark or GB 18030, and what to say about it.

    Raises:
        InputError: if it is neither.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), (f"{name} is not UTF-8; it was read as UTF-16",)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass  # the next encoding is tried, and which one fitted is told
    try:
        found = data.decode("gb18030")
    except UnicodeDecodeError:
        raise foreign(name) from None
    if not is_chinese(found):
        raise foreign(name)
    return found, (f"{name} is not UTF-8; it was read as GB 18030",)


def foreign(name: str) -> InputError:
    """Return the refusal of a text in another encoding."""
    return InputError(f"{name} is neither UTF-8 nor GB 18030 text; save it as UTF-8 CSV, or give Parquet")


def is_chinese(decoded: str) -> bool:
    """Whether text that fits GB 18030 is meant so: accented letters of other encodings fit too, as rare characters.

    Of text in Chinese most characters are among the seven thousand usual ones of GB 2312.
    """
    strange = [one for one in decoded if one > "\x7f"]
    usual = len("".join(strange).encode("gb2312", "ignore").decode("gb2312"))
    return 2 * usual >= len(strange)


def _is_period_name(column: str) -> bool:
    return column.lower() in NAMES["period"] or stamp(column) is not None


def _csv(path: Path) -> Rows:
    decoded, notes = decode(path.read_bytes(), path.name)
    head = decoded.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(decoded, newline=None), delimiter=max(",;\t", key=head.count), strict=True)
    rows: list[tuple[str, list[str]]] = []
    begin = 1
    try:
        for row in reader:
            rows += [(f"line {reader.line_num}", row)] if any(map(str.strip, row)) else []
            begin = reader.line_num + 1
    except csv.Error as error:
        said = f"the row that begins in line {begin}: {error}"
        raise InputError(f"{path.name} is not readable as CSV ({said}); check its quotes") from error
    return Rows(path.name, rows, notes)


def _parquet(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    try:
        return pd.read_parquet(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name} is not readable as Parquet ({str(error).splitlines()[0]})") from error


def _folder(path: Path) -> Rows:
    """Read all Parquet files under a folder; parts of their paths like `country=CN` are columns."""
    import pyarrow as pa
    from pyarrow import dataset, parquet

    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in PARQUET and file.stat().st_size)
    if not files:
        raise InputError(f"there is no Parquet file under '{path}'; give a folder with some, or a file")
    broken = []
    for file in files:
        try:
            parquet.read_schema(file)
        except (pa.ArrowException, OSError) as error:
            broken.append(f"{file.relative_to(path)} ({str(error).splitlines()[0]})")
    if broken:
        raise InputError(f"{path.name}: not readable as Parquet: {'; '.join(broken[:12])}; mend or remove it")
    try:
        table = dataset.dataset([str(file) for file in files], partitioning=dataset.partitioning(flavor="hive"))
        return frame_rows(table.to_table().to_pandas(), path.name)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name} is not readable as one table ({str(error).splitlines()[0]})") from error
