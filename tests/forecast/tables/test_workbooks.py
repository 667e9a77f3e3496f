"""Workbooks: sheets are read as far as they are written, and what cannot be read in them is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from forecast.errors import InputError
from forecast.tables.workbooks import sheet_rows

ROWS = [["series", "period", "value"], ["a", 2019, 1.0], ["a", 2020, 2.0]]
READ = [("row 1", ["series", "period", "value"]), ("row 2", ["a", "2019", "1"]), ("row 3", ["a", "2020", "2"])]


def made(path: Path, fill: Callable[[Any], object]) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    fill(book)
    book.save(path)
    return path


def test_a_cell_at_the_end_of_the_sheet_does_not_make_it_large(tmp_path: Path) -> None:
    def far(book: Any) -> None:
        book.active["XFD1048576"] = "x"

    assert sheet_rows(made(tmp_path / "my.xlsx", far)).rows == READ


def test_a_sheet_that_is_a_chart_is_passed_over(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "my.xlsx") as book:
        front, sheet = book.add_chartsheet("front"), book.add_worksheet("data")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=data!$C$2:$C$3"})
        front.set_chart(chart)
    assert sheet_rows(tmp_path / "my.xlsx").rows == READ


def test_formulas_that_were_never_reckoned_are_refused(tmp_path: Path) -> None:
    def formula(book: Any) -> None:
        book.active.append(["a", 2021, "=C3*2"])

    with pytest.raises(InputError, match=r"none of its 1 formulas has a result; open it in a spreadsheet program"):
        sheet_rows(made(tmp_path / "my.xlsx", formula))


def test_an_empty_first_sheet_names_the_others(tmp_path: Path) -> None:
    def front(book: Any) -> None:
        book.create_sheet("front", 0)

    path = made(tmp_path / "my.xlsx", front)
    with pytest.raises(InputError, match=r"sheet front is empty; name one of the others with --sheet: Sheet"):
        sheet_rows(path)
    assert sheet_rows(path, "Sheet").rows == READ


def test_a_damaged_sheet_is_one_line(tmp_path: Path) -> None:
    whole = made(tmp_path / "whole.xlsx", lambda _: None)
    with ZipFile(whole) as source, ZipFile(tmp_path / "my.xlsx", "w") as target:
        for name in source.namelist():
            held = source.read(name)
            target.writestr(name, held[: len(held) // 2] if name.endswith("sheet1.xml") else held)
    with pytest.raises(InputError, match=r"my\.xlsx is not readable as a workbook \(.+\); save it as"):
        sheet_rows(tmp_path / "my.xlsx")
