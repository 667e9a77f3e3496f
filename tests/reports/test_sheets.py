from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from reports import docket, documents, sheets, voice, workbook
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import Links
from reports.page import Column, Day, Literally, Table, words

EN = voice.of("en")
NOWHERE = Links({}, {})


def table(*rows: tuple[object, ...], units: tuple[str, ...] = ("",), subject: str = "a") -> Table:
    heads = tuple(Column(Literally(f"H{index}", ""), unit=unit) for index, unit in enumerate(units))
    return Table("t", words("column.value"), heads, rows, sheet="s", subject=subject)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "value", "layout"),
    [
        (Figure.fixed(1.18, "score", 2), 1.18, "#,##0.00"),
        (Figure.fixed(2.0, "score", 2), 2.0, "#,##0.00"),
        (Figure.fixed(47.0, "percent", 0), 0.47, "#,##0%"),
        (Figure.exact(42.85, "percent"), 0.4285, "#,##0.00%"),
        (Figure.fixed(0.5719, "probability", 4), 0.57, "#,##0%"),
        (Figure.fixed(1.0, "coverage", 3), 1.0, "#,##0%"),
        (Figure.fixed(0.0041, "probability", 4), 0.0041, sheets.EXTREME),
        (Figure.exact(1634.3, "USD 100m"), 163.43, "#,##0.00"),
    ],
)
def test_a_number_shows_the_digits_of_the_page_and_percentages_are_percentages(
    figure: Figure, value: float, layout: str
) -> None:
    assert sheets.content(figure, EN) == sheets.Content(value, layout)


def test_dates_are_dates_as_precise_as_they_are_known() -> None:
    assert sheets.content(Day(dt.date(2012, 6, 30)), EN) == sheets.Content(dt.date(2012, 6, 30), "yyyy-mm-dd")
    assert sheets.content(Day(dt.date(2025, 7, 31), "month"), EN).layout == "yyyy-mm"


def test_a_dash_is_an_empty_cell() -> None:
    assert sheets.content(Literally("–", "–"), EN).value is None
    assert sheets.content(Figure(None, "percent"), EN).value is None


def test_figures_of_several_currencies_have_their_unit_in_a_column() -> None:
    dollars, yuan = Figure.exact(10, "USD 100m"), Figure.exact(20, "CNY 100m")
    made = sheets.stacked(
        [table((dollars, Span(dollars, dollars)), (yuan, Span(yuan, yuan)), units=("", ""))], EN, NOWHERE
    )
    assert made.heads == ("About", "H0", "H1: low", "H1: high", "Unit")
    assert [[cell.value for cell in row] for row in made.rows] == [["a", 1, 1, 1, "USD bn"], ["a", 2, 2, 2, "CNY bn"]]


def test_columns_whose_units_differ_within_a_row_have_a_column_of_units_each() -> None:
    made = sheets.stacked([table((Figure.exact(1, "USD 100m"), Figure.exact(2, "x")), units=("", ""))], EN, NOWHERE)
    assert made.heads == ("About", "H0", "H1", "H0: Unit", "H1: Unit")
    assert [cell.value for cell in made.rows[0]][-2:] == ["USD bn", "times"]


def test_what_is_at_least_so_much_has_a_lower_end_alone() -> None:
    least = words("claim.at_least", value=Figure.exact(10, "USD 100m"))
    made = sheets.stacked([table((least,))], EN, NOWHERE)
    assert made.heads == ("About", "H0: low", "H0: high", "Unit")
    assert [cell.value for cell in made.rows[0]] == ["a", 1, None, "USD bn"]
    assert sheets.stacked([table((least,))], voice.of("zh"), NOWHERE).heads == ("对象", "：下限", "：上限", "单位")


def test_rows_name_their_sources_by_the_numbers_of_the_sheet_of_sources() -> None:
    rows = ((Figure.exact(10, "USD 100m", ("s1", "s2")),), (Figure.exact(10, "USD 100m"),))
    made = sheets.stacked([table(*rows)], EN, Links({}, {"s1": 7, "s2": 3}))
    assert made.heads[-1] == "Sources"
    assert [row[-1].value for row in made.rows] == ["3, 7", None]


def opened(inputs: Inputs, name: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(documents.REPORTS[name](inputs), EN)))


@pytest.mark.parametrize(
    ("report", "sheet"),
    [("claims", "Verdicts"), ("claims", "Claims"), ("claims", "Outcomes"), ("claims", "Not testable")],
)
def test_every_row_about_claims_names_a_source_that_is_listed(inputs: Inputs, report: str, sheet: str) -> None:
    book = opened(inputs, report)
    listed = {str(row[0]) for row in book["Sources"].iter_rows(min_row=2, values_only=True)}
    rows = list(book[sheet].iter_rows(values_only=True))
    assert rows[0][-1] == "Sources"
    for row in rows[1:]:
        assert set(str(row[-1]).split(", ")) <= listed


def test_claims_that_cannot_be_tested_have_their_number(inputs: Inputs) -> None:
    rows = list(opened(inputs, "claims")["Not testable"].iter_rows(values_only=True))
    assert (rows[0][1], rows[1][1]) == ("No.", "C04")
    (untested,) = (s for s in docket.page(inputs).sections if s.id == "untested")
    assert EN.say(untested.blocks[0].rows[0][0]) == "C04"


def test_sources_say_what_was_printed_in_which_unit_and_the_role_of_the_source(inputs: Inputs) -> None:
    rows = list(opened(inputs, "outlook")["Sources"].iter_rows(values_only=True))
    newest = dict(zip(rows[0], rows[1], strict=True))
    assert (newest["As printed"], newest["Value"], newest["Unit"]) == ("1634.3 (USD 100m)", 163.43, "USD bn")
    assert (newest["No."], newest["Role"]) == (1, "original release")
    assert isinstance(newest["Published"], dt.datetime)


def test_a_number_keeps_the_noughts_that_are_known() -> None:
    figure = Figure(Decimal("1700.0"), "USD 100m", last=-1)
    assert sheets.content(figure, voice.of("en")) == sheets.Content(170.0, "#,##0.00")
    assert sheets.content(figure, voice.of("zh")) == sheets.Content(1700.0, "#,##0.0")
