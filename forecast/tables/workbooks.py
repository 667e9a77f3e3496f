"""Workbooks: the rows of a sheet, as far as they are written, and what is odd about the sheet."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from forecast.errors import InputError, near
from forecast.tables.files import Rows, text


def sheet_rows(path: Path, name: str | None = None) -> Rows:
    """Read the sheet of that name, or the first that can hold cells.

    Raises:
        InputError: if it is no workbook, has no such sheet, or its first sheet is empty where there are others.
    """
    with _opened(path) as book:
        sheets = {one.title: one for one in book.worksheets}  # charts that stand alone hold no cells
        if not sheets or (name is not None and name not in sheets):
            known = f"It has {', '.join(sheets)}" if sheets else "It has charts alone"
            raise InputError(f"{path.name} has no sheet '{name or ''}'.{near(name or '', list(sheets))} {known}")
        title = next(iter(sheets)) if name is None else name
        rows = [(at, [text(cell.value) for cell in row]) for at, row in _written(sheets[title])]
    called = f"{path.name}, sheet {title}"
    several = len(sheets) > 1 and name is None
    head = next((cells for _, cells in rows if any(cells)), [])
    if not head and several:
        raise InputError(f"{called} is empty; name one of the others with --sheet: {', '.join(list(sheets)[1:])}")
    width = max((at for at, cell in enumerate(head, 1) if cell), default=0)
    table = [(at, [*cells[:width], *[""] * (width - len(cells))]) for at, cells in rows if any(cells[:width])]
    if any("" in cells for _, cells in table) and (count := _unreckoned(path, title, dict(table))):
        raise InputError(
            f"{called}: none of its {count} formulas has a result; open it in a spreadsheet program and save it, "
            "or put values in their place"
        )
    notes = (f"{called} was read; the workbook has {len(sheets)} sheets",) if several else ()
    return Rows(called, [(f"row {at}", cells) for at, cells in table], notes)


@contextmanager
def _opened(path: Path, *, results: bool = True) -> Iterator[Any]:
    """Open a workbook while its cells are read: its library breaks on odd ones in many ways, and warns of styles."""
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
            yield openpyxl.load_workbook(file, read_only=True, data_only=results)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        said = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(f"{path.name} is not readable as a workbook ({said}); save it as .xlsx or CSV") from error


def _written(sheet: Any) -> Iterator[tuple[int, Any]]:
    """Yield the rows of a sheet that have cells, each as far as it is written: sheets claim to be larger."""
    sheet.reset_dimensions()
    yield from ((at, row) for at, row in enumerate(sheet.iter_rows(), 1) if row)


def _unreckoned(path: Path, title: str, results: dict[int, list[str]]) -> int:
    """Count the formulas of a table if none has a result: a program wrote them, and none has reckoned since."""
    with _opened(path, results=False) as book:
        found = [
            results[at][place]
            for at, row in _written(book[title])
            if at in results
            for place, cell in enumerate(row[: len(results[at])])
            if cell.data_type == "f"
        ]
    return 0 if any(found) else len(found)
