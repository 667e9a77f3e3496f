from __future__ import annotations

from series.observations import Gaps, Observation, Series
from series.periods import Period


def made(years: list[int], gaps: Gaps) -> Series:
    cells = tuple(Observation(Period.year(year), 1.0, 1.0, 1.0, "published", ()) for year in years)
    return Series("a", "", "annual", None, cells, gaps)


def years(one: Series) -> list[int]:
    return [seen.period.start // 12 for seen in one.known]


def test_a_break_in_published_evidence_ends_what_a_forecast_rests_on() -> None:
    one = made([2001, 2002, 2005, 2006, 2007], "break")
    assert years(one) == [2005, 2006, 2007]
    assert one.missing == ()
    assert one.run == one.known


def test_missing_values_of_a_table_leave_the_older_ones_standing() -> None:
    one = made([2001, 2002, 2005, 2006, 2008], "missing")
    assert years(one) == [2001, 2002, 2005, 2006, 2008]
    assert [str(period) for period in one.missing] == ["2003", "2004", "2007"]
    assert [str(seen.period) for seen in one.run] == ["2008"]


def test_a_series_without_a_gap_is_the_same_either_way() -> None:
    for gaps in ("break", "missing"):
        assert years(made([2001, 2002, 2003], gaps)) == [2001, 2002, 2003]
    assert made([], "missing").known == ()
