from __future__ import annotations

import dataclasses
import io

import openpyxl
from openpyxl.workbook import Workbook

from reports import outlook, voice, workbook
from reports.inputs import Inputs


def opened(inputs: Inputs, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(outlook.page(inputs), voice.of(language))))


def test_the_same_page_gives_the_same_bytes(inputs: Inputs) -> None:
    page = outlook.page(inputs)
    assert workbook.render(page, voice.of("en")) == workbook.render(page, voice.of("en"))


def test_observations_are_one_tidy_sheet_of_numbers(inputs: Inputs) -> None:
    rows = list(opened(inputs)["Observations"].iter_rows(values_only=True))
    assert rows[0][:3] == ("About", "Year", "Value")
    assert len(rows) == 1 + sum(len(series.observations) for series in inputs.series)
    newest = dict(zip(rows[0], rows[1], strict=True))
    assert newest["Year"] == 2025
    assert newest["Value"] == 163.43
    assert newest["Unit"] == "USD bn"
    derived = next(row for row in rows if row[:2] == ("cn.offshore.execution.usd", 2021))
    assert derived[3:5] == (130.26, 130.38)


def test_chinese_sheets_count_in_yi(inputs: Inputs) -> None:
    rows = list(opened(inputs, "zh")["观测值"].iter_rows(values_only=True))
    assert rows[1][2] == 1634.3


def test_text_of_sources_never_becomes_a_formula_or_a_link(inputs: Inputs) -> None:
    title = '=HYPERLINK("http://evil.example","x")\x07' + "=" * 40_000
    sources = {
        name: dataclasses.replace(source, title=title, publisher="=1+1", address="https://example.org/a b")
        for name, source in inputs.sources.items()
    }
    book = opened(dataclasses.replace(inputs, sources=sources))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in book["Sources"]["L2"].parent[2] if cell.hyperlink]
    assert str(book["Sources"]["L2"].value).startswith("=HYPERLINK(")
    assert len(str(book["Sources"]["L2"].value)) == workbook.LONGEST


def test_every_forecast_row_says_its_unit(inputs: Inputs) -> None:
    rows = list(opened(inputs)["Forecasts"].iter_rows(values_only=True))
    assert {row[-1] for row in rows[1:]} == {"USD bn", "CNY bn", "%"}


def test_every_row_says_what_it_is_about_in_the_language_of_the_book(changed: Inputs) -> None:
    about = {row[0].value for row in opened(changed, "zh")["数值变动"].iter_rows(min_row=2)}
    assert about == {"变化"}
    assert {row[0].value for row in opened(changed)["Changed values"].iter_rows(min_row=2)} == {"changes"}
