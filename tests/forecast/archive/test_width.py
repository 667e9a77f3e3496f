"""Width: what outcomes say of intervals."""

from __future__ import annotations

import dataclasses

import pytest

from forecast.archive.scoring import Scored
from forecast.archive.width import judge
from series.periods import Period

ROW = Scored(
    "combination", "s", "2012-06-30", Period.year(2011), 1, Period.year(2012), 1.0, (0.5, 2.0), (0.2, 3.0),
    (1.0, 1.0, 1.0), (0.1, 0.1, 0.1), 0.1, 1.0, (True, True), (),
)  # fmt: skip


def rows(held: int, missed: int, each: int = 1) -> list[Scored]:
    return [
        dataclasses.replace(ROW, period=Period.year(2000 + year), covered=(year < held, True))
        for year in range(held + missed)
        for _ in range(each)
    ]


def test_fourteen_of_fourteen_years_tell_that_intervals_are_too_wide() -> None:
    found = judge(rows(14, 0))
    assert found is not None
    assert found.finding == "wide"
    assert found.chance == pytest.approx(0.8**14)


def test_many_forecasts_of_few_years_tell_nothing() -> None:
    found = judge(rows(5, 0, each=10))
    assert found is not None
    assert (found.years, found.finding) == (5, "unclear")


def test_two_of_ten_years_tell_that_intervals_are_too_narrow() -> None:
    found = judge(rows(2, 8))
    assert found is not None
    assert found.finding == "narrow"
    assert found.chance < 0.001


def test_what_nobody_knows_to_be_held_says_nothing() -> None:
    assert judge([dataclasses.replace(ROW, covered=(None, None))]) is None
