from __future__ import annotations

import datetime as dt

from reports import columns, voice
from reports.figures import Figure
from reports.page import Basis, Column, Day, Literally, Table, words

EN = voice.of("en")


def table(*cells: object, unit: str = "USD 100m") -> Table:
    return Table(
        "t", words("column.value"), (Column(words("column.value"), unit=unit),), tuple((c,) for c in cells), sheet="s"
    )  # type: ignore[arg-type]


def test_figures_of_a_column_are_padded_to_stand_on_their_points() -> None:
    cells = [Figure.exact(value, "USD 100m") for value in (1634.3, 1643.0, 16029.0, 1000.0)]
    shown = [EN.bare(cell) for cell in cells]
    pads = columns.padding(table(*cells), 0, EN)
    assert list(zip(shown, pads, strict=True)) == [("163.43", ""), ("164.3", "0"), ("1,602.9", "0"), ("100", ".00")]


def test_whole_figures_need_no_padding() -> None:
    cells = (Figure.exact(1.0, "count"), Figure.exact(200.0, "count"))
    assert list(columns.padding(table(*cells, unit="count"), 0, EN)) == ["", ""]


def test_what_is_no_figure_of_the_column_is_not_padded() -> None:
    cells = (
        Figure.exact(1.25, "USD 100m"),
        Figure(None, "USD 100m"),
        Figure.exact(1.0, "percent"),
        Literally("x", "x"),
    )
    assert list(columns.padding(table(*cells), 0, EN)) == ["", "", "", ""]


def test_a_column_is_as_wide_as_its_longest_cell_within_reason() -> None:
    assert columns.room(table(Literally("abcdefgh", "一二三四五")), 0, EN) == 8
    assert columns.room(table(Literally("abcdefgh", "一二三四五")), 0, voice.of("zh")) == 10
    assert columns.room(table(Literally("a" * 90, "")), 0, EN) == columns.MOST
    assert columns.room(table(Literally("a", "a")), 0, EN) == len("Value")


def test_a_chinese_heading_breaks_anywhere() -> None:
    heads = (Column(words("column.required"), unit="percent"),)
    one = Table("t", words("column.value"), heads, ((Figure.exact(11.2, "percent"),),), sheet="s")
    assert columns.room(one, 0, voice.of("zh")) < len("尚需年均增速（%）")
    assert columns.room(one, 0, EN) >= len("needed,")


def test_four_letters_of_a_chinese_heading_stay_together() -> None:
    heads = (Column(words("column.now"), unit="probability"),)
    one = Table("t", words("column.value"), heads, ((Figure.exact(0.5, "probability"),),), sheet="s")
    assert columns.room(one, 0, voice.of("zh")) >= columns.wide("当前概率")


def test_on_paper_short_columns_keep_their_width_and_long_ones_share_the_rest() -> None:
    heads = (Column(words("column.decision"), "head"), *(Column(words("column.reason"), "prose"),) * 2)
    cells = (Literally("d004", "d004"), Literally("a" * 50, ""), Literally("a" * 90, ""))
    wide = Table("t", words("column.value"), heads, (cells,), sheet="s")
    first, *rest = columns.widths(wide, EN)
    assert first == len("d004") + columns.GUTTER
    assert sum(rest) == columns.LINE - first
    assert rest[0] < rest[1]


def test_sources_need_the_room_of_their_numbers() -> None:
    assert columns.room(table(Basis(("s0001", "s0002"))), 0, EN) == len("00, 00")
    assert columns.room(table(Basis(("s0001",) * 9)), 0, EN) == len("00, 00, 00")


def test_a_table_fits_a_screen_where_its_words_can_be_folded_into_it() -> None:
    short = table(Figure.exact(1634.3, "USD 100m"))
    assert columns.fits(short, EN, columns.PHONE)
    heads = (Column(words("column.series"), "head"), *(Column(words("column.value"), "text"),) * 3)
    named = Literally("A subject with a name of its own", "")
    wide = Table("t", words("column.value"), heads, ((named,) * 4,), sheet="s")
    assert not columns.fits(wide, EN, columns.PHONE)
    assert columns.fits(wide, EN, columns.DESK)
    assert columns.least(wide, 0, EN, columns.PHONE) == columns.ROOMY


def test_a_short_chinese_head_is_not_folded() -> None:
    heads = (Column(words("column.series"), "head"),)
    one = Table("t", words("column.value"), heads, ((Literally("", "离岸执行额"),),), sheet="s")
    assert columns.least(one, 0, voice.of("zh"), columns.PHONE) == 10


def test_on_paper_reasons_get_the_room_that_short_prints_leave() -> None:
    heads = tuple(Column(words("column.value"), kind) for kind in ("head", "text", "text", "text", "prose"))
    reason = "The growth in the same text and the level of the year before give another value. " * 3
    prints = ("1634.3 (USD 100m)", "6.3%", "41.1%")
    rows = tuple(
        (
            Literally("d004", ""),
            *(Literally(one, ""),) * 2,
            Literally("left out of the series", ""),
            Literally(reason, ""),
        )
        for one in prints
    )
    *_, decided, told = columns.widths(Table("t", words("column.value"), heads, rows, sheet="s"), EN)
    assert told > 2 * decided
    assert told >= 45


def test_on_paper_a_date_is_never_folded() -> None:
    heads = (Column(words("column.published"), "text"), *(Column(words("column.reason"), "prose"),) * 2)
    rows = ((Day(dt.date(2026, 1, 30)), Literally("a reason " * 30, ""), Literally("a reason " * 30, "")),)
    day, *_ = columns.widths(Table("t", words("column.value"), heads, rows, sheet="s"), EN)
    assert day == len("30 January 2026") + columns.GUTTER
