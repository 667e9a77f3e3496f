import pytest

from forecast.claims.history import growth_rate, runs


def test_growth_that_doubles_in_ten_years_is_about_seven_percent() -> None:
    assert growth_rate(100, 200, 10) == pytest.approx(7.177, abs=1e-3)


def test_runs_overlap_and_are_counted_by_hand() -> None:
    # 100 -> 110 -> 121 -> 121 -> 121: the two-year runs grew 10 %, 4.88 % and 0 % a year
    past = runs([2018, 2019, 2020, 2021, 2022], [100, 110, 121, 121, 121], 2, 4.0)
    assert (past.count, past.reached, past.newest_reached) == (3, 2, 2021)
    assert past.best == pytest.approx(10.0)
    assert past.latest == pytest.approx(0.0)


def test_a_series_shorter_than_the_run_has_none() -> None:
    past = runs([2021, 2022], [1.0, 2.0], 5, 1.0)
    assert (past.count, past.reached, past.best, past.latest, past.newest_reached) == (0, 0, None, None, None)
