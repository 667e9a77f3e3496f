from __future__ import annotations

import datetime as dt

import pytest

import series
import series.observations
from series.errors import EvidenceError, InputError

OFFSHORE = "cn.offshore.execution.usd"


def by_year(subject: str, as_of: dt.date | None = None) -> dict[int, series.observations.Observation]:
    return {o.period.start // 12: o for o in series.show(subject, as_of=as_of).observations}


def test_offshore_execution_has_every_year_from_2006_to_2025() -> None:
    years = by_year(OFFSHORE)
    assert set(range(2006, 2026)) <= set(years)


@pytest.mark.parametrize(
    ("year", "value"), [(2010, 144.5), (2012, 336.4), (2014, 559.2), (2019, 968.9), (2022, 1368.5), (2025, 1634.3)]
)
def test_a_published_level_is_the_value(year: int, value: float) -> None:
    found = by_year(OFFSHORE)[year]
    assert found.value == value
    assert found.statements


def test_2017_follows_from_the_level_and_the_growth_of_2018() -> None:
    found = by_year(OFFSHORE)[2017]
    assert found.status == "derived"
    assert 796.1 - 0.05 <= found.low <= found.value <= found.high <= 796.9 + 0.05
    # 886.5 / 1.113 with half a unit of the last digits: [886.45 / 1.1135, 886.55 / 1.1125]
    assert found.low == pytest.approx(886.45 / 1.1135)
    assert found.high == pytest.approx(886.55 / 1.1125)


def test_2021_is_bounded_within_a_fifth_of_a_percent() -> None:
    found = by_year(OFFSHORE)[2021]
    assert (found.high - found.low) / found.value < 0.002


def test_as_of_october_2023_the_series_ends_in_2022_with_the_first_print() -> None:
    years = by_year(OFFSHORE, dt.date(2023, 10, 31))
    assert max(years) == 2022
    assert years[2022].value == 1368


def test_yuan_series_starts_in_2015() -> None:
    years = by_year("cn.offshore.execution.cny")
    assert min(years) == 2015
    assert set(range(2015, 2026)) <= set(years)


def test_an_unknown_subject_is_refused_with_the_near_name() -> None:
    with pytest.raises(InputError, match=r"cn\.offshore\.execution\.usd"):
        series.show("cn.offshore.execution.us")


def test_an_unknown_frequency_is_refused() -> None:
    with pytest.raises(InputError, match="annual, quarterly, monthly"):
        series.show(OFFSHORE, "weekly")  # type: ignore[arg-type]


def test_before_anything_was_published_the_evidence_refuses() -> None:
    with pytest.raises(EvidenceError, match="2001-01-01"):
        series.show(OFFSHORE, as_of=dt.date(2001, 1, 1))


@pytest.mark.slow
def test_every_listed_series_can_be_shown() -> None:
    for entry in series.listing():
        shown = series.show(entry.id)
        assert (len(shown.observations), shown.unit) == (entry.n, entry.unit)
        assert entry.title.en
        assert entry.title.zh


def test_a_printed_level_knows_its_last_digit_and_a_derived_one_has_none() -> None:
    found = by_year(OFFSHORE)
    assert (found[2025].value, found[2025].last_digit) == (1634.3, -1)
    assert found[2017].last_digit is None
