"""Formats: how a bundle is written, by the name of the target."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

from series.errors import InputError, near
from series.export import targets
from series.export.package import DESCRIPTOR, descriptor
from series.export.tables import Bundle, Field, Table
from series.files import replace_file, replace_folder

EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the workbook format has no time zone; a fixed day keeps runs equal


def save(bundle: Bundle, target: Path, form: str | None = None, ledger: Path | None = None) -> Path:
    """Write a bundle to a file or folder and return where it is.

    `csv` and `parquet` hold the observations with title and unit; `xlsx` a sheet for each table; `datapackage` is a
    folder of CSV files with their descriptor. Without `form` the ending of the target decides. An earlier export is
    replaced; `ledger` is the folder that was read, if not the shipped one.

    Raises:
        InputError: if the format is unknown, or the target cannot be written or is something else.
    """
    chosen = form or (target.suffix.removeprefix(".").lower() or "datapackage")
    if chosen not in FORMATS:
        wanted = ", ".join(FORMATS)
        raise InputError(f"format '{chosen}' is unknown; use one of {wanted}.{near(chosen, FORMATS)}")
    columns = [field.name for field in _flat(bundle).fields]
    targets.check(target, chosen, columns, [table.name for table in bundle.tables], ledger)
    FORMATS[chosen](bundle, target)
    return target


def _csv(bundle: Bundle, target: Path) -> None:
    replace_file(target, lambda beside: _write_csv(_flat(bundle), beside))


def _parquet(bundle: Bundle, target: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = _flat(bundle)
    types = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32(), "string": pa.string()}
    schema = pa.schema([pa.field(field.name, types[field.type]) for field in table.fields])
    columns = list(zip(*table.rows, strict=True))
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    replace_file(target, lambda beside: pq.write_table(pa.Table.from_arrays(arrays, schema=schema), beside))


def _workbook(bundle: Bundle, target: Path) -> None:
    replace_file(target, lambda beside: _write_workbook(bundle, beside))


def _package(bundle: Bundle, target: Path) -> None:
    def write(folder: Path) -> None:
        for table in bundle.tables:
            _write_csv(table, folder / f"{table.name}.csv")
        text = json.dumps(descriptor(bundle, folder), ensure_ascii=False, indent=2)
        (folder / DESCRIPTOR).write_text(f"{text}\n", encoding="utf-8")

    replace_folder(target, write, DESCRIPTOR)


FORMATS: dict[str, Callable[[Bundle, Path], None]] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _workbook,
    "datapackage": _package,
}


def _flat(bundle: Bundle) -> Table:
    """Return the observations with the title and unit of their series and the statements in one cell."""
    fields, about = bundle.observations.fields, {row[0]: row for row in bundle.series.rows}
    support: dict[tuple[object, object], list[str]] = {}
    for series, period, statement in bundle.support.rows:
        support.setdefault((series, period), []).append(str(statement))
    extra = tuple(field for field in bundle.series.fields if field.name in ("title_en", "unit"))
    rows = tuple(
        (*row, about[row[0]][1], about[row[0]][3], " ".join(support[row[0], row[1]]))
        for row in bundle.observations.rows
    )
    statements = Field("statements", "string", "the statements that the observation rests on, best first")
    return Table("observations", bundle.observations.title, (*fields, *extra, statements), rows, ("series", "period"))


def _write_csv(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in table.fields])
        writer.writerows([["" if cell is None else cell for cell in row] for row in table.rows])


def _write_workbook(bundle: Bundle, path: Path) -> None:
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        wanted = "pip install 'outsourcing-forecast[reports]'"
        raise InputError(f"a workbook needs the package xlsxwriter, which is not installed; {wanted}") from None
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    held = io.BytesIO()  # a workbook that closes itself on a full disk complains twice, and not as an OSError
    book = xlsxwriter.Workbook(held, options)
    book.set_properties({"created": EPOCH, "title": "Series on service outsourcing"})
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in bundle.tables:
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for at, field in enumerate(table.fields):
            sheet.write_string(0, at, field.name, head)
            sheet.write_comment(0, at, field.description)
            sheet.set_column(at, at, _width(table, at))
        for line, row in enumerate(table.rows, start=1):
            for at, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(line, at, dt.datetime.combine(cell, dt.time()), day)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, at, cell)
                elif cell is not None:
                    sheet.write_string(line, at, cell)
        sheet.autofilter(0, 0, len(table.rows), len(table.fields) - 1)
    book.close()
    path.write_bytes(held.getvalue())


def _width(table: Table, at: int) -> int:
    longest = max((len(str(row[at])) for row in table.rows), default=0)
    return min(60, max(len(table.fields[at].name), longest) + 2)
