from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.scale.assembly import CELLS, assemble, blocks
from forecast.scale.reading import Normaliser
from forecast.tables.columns import arrange
from forecast.tables.findings import Finding, sparse
from series.periods import Period


def rows(cells: list[tuple[str, str, str]], file: int = 0) -> pa.Table:
    head = ["series", "period", "value"]
    layout = arrange("a test", head, [list(row) for row in cells])
    table = pa.table({name: [row[at] for row in cells] for at, name in enumerate(head)})
    return pa.concat_tables(list(Normaliser(layout).rows(table, file)))


def long(name: str, periods: list[str], values: list[object]) -> list[tuple[str, str, str]]:
    return [(name, period, str(value)) for period, value in zip(periods, values, strict=True)]


YEARS = [str(year) for year in range(2010, 2016)]


def test_series_are_put_together_in_the_order_of_ids_and_time() -> None:
    cells = [*long("b", YEARS, [1, 2, 3, 4, 5, 6]), *long("a", YEARS[:5], [9, 8, 7, 6, -5])]
    found = assemble(rows(cells[::-1]))
    (run,) = found.runs
    assert run.names == ("a", "b")
    assert run.supports == ("real", "positive")
    np.testing.assert_array_equal(run.padded(np.arange(2)), [[np.nan, 9, 8, 7, 6, -5], [1, 2, 3, 4, 5, 6]])
    assert [str(end) for end in run.ends(np.arange(2))] == ["2014", "2015"]
    assert found.failures == ()


@pytest.mark.parametrize(
    ("periods", "values", "finding"),
    [
        (["2019", "2020", "2021"], [1, 2, 3], ("too short", "3 observations; at least 4 are needed")),
        (["2019"], [1], ("too short", "1 observations; at least 4 are needed")),
        (YEARS, [5] * 6, ("constant", "all 6 values are 5")),
        (
            ["2010", "2011", "2013", "2030"],
            [1, 2, 3, 4],
            (
                "gap",
                sparse(4, Period.year(2010), Period.year(2030), 1),
            ),
        ),
        (
            ["2019-06", "2019-12", "2020-06", "2020-12", "2021-06"],
            [1, 2, 3, 4, 5],
            ("gap", sparse(5, Period.parse("2019Q2"), Period.parse("2021Q2"), 2)),
        ),
        (
            [*YEARS, "2015"],
            [1, 2, 3, 4, 5, 6, 6],
            ("duplicate", "1 of 7 rows: stand for a period that has one already"),
        ),
        (
            [f"2015-01-{day:02d}" for day in range(1, 8)],
            [1, 2, 3, 4, 5, 6, 6],
            (
                "duplicate",
                "6 of 7 rows: stand for a period that has one already; weekly and daily data are not taken",
            ),
        ),
        (
            [*YEARS[:5], "2015Q1"],
            [1, 2, 3, 4, 5, 6],
            ("mixed frequency", "its periods are of several kinds (annual and quarterly); use one kind"),
        ),
        (
            YEARS,
            [1, 2, 3, "x", 5, 6],
            ("unreadable", "1 of 6 rows: a value is no finite number; leave the cell empty where one is missing"),
        ),
        (
            YEARS,
            [1, 2, "inf", 4, "NaN", 6],
            ("unreadable", "2 of 6 rows: a value is no finite number; leave the cell empty where one is missing"),
        ),
        (
            [*YEARS[:5], "early"],
            [1, 2, 3, 4, 5, 6],
            ("unreadable", "1 of 6 rows: a period is none like 2019, 2019Q3, 2019-07 or 2019-07-31"),
        ),
    ],
)
def test_what_is_wrong_fails_one_series_and_no_other(
    periods: list[str], values: list[object], finding: tuple[str, str]
) -> None:
    cells = [*long("bad", periods, values), *long("good", YEARS, [1, 2, 3, 4, 5, 6])]
    found = assemble(rows(cells))
    assert found.failures == (Finding(finding[0], "bad", finding[1]),)
    assert [name for run in found.runs for name in run.names] == ["good"]
    assert found.series == 2


def test_amounts_below_zero_and_shares_above_one_are_out_of_bounds() -> None:
    cells = [*long("x.usd", YEARS, [1, 2, 3, 4, 5, -6]), *long("x.share", YEARS, [0.1, 0.2, 0.3, 0.4, 0.5, 1.2])]
    assert [one.kind for one in assemble(rows(cells)).failures] == ["out of bounds"] * 2
    assert assemble(rows(cells)).failures[1].message == (
        "values from -6 to 5; it is an amount of zero or more. An id that ends in .usd promises an amount of zero or "
        "more; where that is wrong, say real in a column support, or write the id without .usd"
    )


def test_other_ids_promise_nothing_but_say_what_values_are_that_can_be_both() -> None:
    cells = [
        *long("balance_usd", YEARS, [1, 2, 3, 4, 5, -6]),
        *long("market_share", YEARS, [20, 21, 22, 24, 25, 28]),
        *long("my_share", YEARS, [0.1, 0.2, 0.3, 0.4, 0.5, 0.2]),
        *long("some_cny", YEARS, [0, 2, 3, 4, 5, 6]),
        *long("some", YEARS, [0, 2, 3, 4, 5, 6]),
    ]
    found = assemble(rows(cells))
    assert not found.failures
    (run,) = found.runs
    assert dict(zip(run.names, run.supports, strict=True)) == {
        "balance_usd": "real",
        "market_share": "positive",
        "my_share": "share",
        "some": "real",
        "some_cny": "positive",
    }


def test_months_a_quarter_apart_are_quarters() -> None:
    quarters = [f"{2018 + n // 4}-{3 * (n % 4) + 3:02d}-28" for n in range(8)]
    months = [f"2019-{n:02d}" for n in range(1, 9)]
    dates = [f"{year}-12-31" for year in YEARS]
    cells = [
        *long("q", quarters, list(range(8))),
        *long("m", months, list(range(8))),
        *long("y", dates, list(range(6))),
    ]
    found = {run.names[0]: (run.frequency, str(run.ends(np.array([0]))[0])) for run in assemble(rows(cells)).runs}
    assert found == {"q": ("quarterly", "2019Q4"), "m": ("monthly", "2019-08"), "y": ("annual", "2015")}


def test_an_empty_cell_at_an_end_shortens_a_series() -> None:
    (run,) = assemble(rows(long("a", YEARS, ["", 2, 3, 4, 5, ""]))).runs
    assert run.lengths.tolist() == [4]


def test_a_series_of_a_broken_file_fails() -> None:
    table = pa.concat_tables([rows(long("a", YEARS[:3], [1, 2, 3])), rows(long("a", YEARS[3:], [4, 5, 6]), file=1)])
    assert assemble(table).failures == ()
    assert assemble(table, {1: "x.parquet (broken)"}).failures[0].message == "part of it stood in x.parquet (broken)"


def test_oddities_do_not_stop_a_series() -> None:
    values = [10 + n % 3 for n in range(15)]
    values[7] = 5000
    found = assemble(rows(long("=1+1", [str(2000 + n) for n in range(15)], list(values))))
    assert [(one.kind, one.message) for one in found.oddities] == [
        ("formula", "the id looks like a formula; CSV output puts an apostrophe before it"),
        ("outlier", "5000 in 2007 is far off its neighbours"),
    ]
    assert len(found.runs) == 1


def test_a_period_without_a_value_between_others_is_missing() -> None:
    quarters = [f"{2019 + n // 4}Q{n % 4 + 1}" for n in range(9)]
    cells = [
        *long("a", YEARS, [1, 2, 3, 4, 5, 6]),
        *long("b", [YEARS[0], *YEARS[3:]], [7, 8, 9, 10]),
        *long("short", YEARS[:2], [1, 2]),  # not in the run: what stands between is put in its place all the same
        *long("c", [*YEARS[:4], YEARS[5]], [1, 2, 3, 4, 5]),
        *long("q", [*quarters[:2], *quarters[3:]], range(8)),
    ]
    found = assemble(rows(cells[::-1]))
    years, quarterly = found.runs
    no = np.nan
    np.testing.assert_array_equal(
        years.padded(np.arange(3)), [[1, 2, 3, 4, 5, 6], [7, no, no, 8, 9, 10], [1, 2, 3, 4, no, 5]]
    )
    np.testing.assert_array_equal(quarterly.padded(np.arange(1)), [[0, 1, no, 2, 3, 4, 5, 6, 7]])
    assert years.lengths.tolist() == [6, 6, 6]
    assert [str(end) for end in quarterly.ends(np.arange(1))] == ["2021Q1"]
    assert [(one.kind, one.series, one.message) for one in found.oddities] == [
        ("gap", "b", "no value for 2011 and 2012"),
        ("gap", "c", "no value for 2014"),
        ("gap", "q", "no value for 2019Q3"),
    ]


@settings(max_examples=30)
@given(st.permutations(range(18)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    cells = [
        *long("a", YEARS, [1, 2, 3, 4, 5, 6]),
        *long("b", [*YEARS[:5], "2014"], [1, 2, 3, 4, 5, 6]),
        *long("c", YEARS, [3, 1, 2, 5, 4, 6]),
    ]
    table = rows(cells)
    found, moved = assemble(table), assemble(table.take(pa.array(order)))
    assert moved.failures == found.failures
    np.testing.assert_array_equal(moved.runs[0].padded(np.arange(2)), found.runs[0].padded(np.arange(2)))


def test_long_series_stand_in_small_blocks() -> None:
    lengths = np.array([4812] * 300 + [20] * 1000)
    found = blocks(lengths)
    assert sorted(np.concatenate(found).tolist()) == list(range(1300))
    assert all(len(rows) * max(lengths[rows].max(), 32) <= CELLS for rows in found)
    assert [len(rows) for rows in blocks(np.array([10**9, 5]))] == [1, 1]


def test_a_series_whose_cells_are_all_empty_fails_and_leaves_no_trace_in_others() -> None:
    some = long("a", YEARS, [1, 2, 3, 4, 5, 6])
    plain = assemble(rows(some))
    nothing = ("too short", "b", "not one value; at least 4 are needed")
    found = assemble(pa.concat_tables([rows([*some, *long("b", YEARS, [""] * 6)]), rows(long("a", ["2016"], [""]))]))
    assert [(one.kind, one.series, one.message) for one in found.failures] == [nothing]
    assert (found.series, found.runs[0].names) == (2, ("a",))
    np.testing.assert_array_equal(found.runs[0].values, plain.runs[0].values)
    alone = assemble(rows(long("b", YEARS, [""] * 6)))
    assert (alone.series, alone.runs, len(alone.failures)) == (1, (), 1)


def test_what_is_assumed_of_values_is_kept_by_what_they_look_like() -> None:
    cells = [
        *long("above", YEARS, [1, 2, 3, 4, 5, 6]),
        *long("below", YEARS, [1, -2, 3, 4, 5, 6]),
        *long("zero", YEARS, [1, 0, 3, 4, 5, 6]),
        *long("money_usd", YEARS, [1, 0, 3, 4, 5, 6]),
        *long("flat", YEARS, [1] * 6),
    ]
    assert assemble(rows(cells)).assumed == {"positive": ("above",), "real": ("zero",)}
    assert assemble(rows(cells), odd=False).assumed == {}
