import pytest
from hypothesis import given
from hypothesis import strategies as st

from series.errors import InputError
from series.periods import Period

MONTHS = st.integers(1900 * 12, 2100 * 12)


@given(MONTHS, st.integers(0, 40))
def test_what_is_written_is_read_back(start: int, extra: int) -> None:
    period = Period(start, start + extra)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "first", "last", "written"),
    [
        ("2012", "2012-01", "2012-12", "2012"),
        ("2019H2", "2019-07", "2019-12", "2019H2"),
        ("2019Q3", "2019-07", "2019-09", "2019Q3"),
        ("2020-01..2020-08", "2020-01", "2020-08", "2020-01..2020-08"),
        ("2019Q1..2019Q4", "2019-01", "2019-12", "2019"),
        ("2016..2020", "2016-01", "2020-12", "2016-01..2020-12"),
        ("2019-07", "2019-07", "2019-07", "2019-07"),
    ],
)
def test_the_ways_to_write_a_period(text: str, first: str, last: str, written: str) -> None:
    period = Period.parse(text)
    assert (period.first, period.last, str(period)) == (first, last, written)


@pytest.mark.parametrize("text", ["", "2019Q5", "2019-13", "2020-08..2020-01", "99", "2019 Q1", "1700", "2019.."])
def test_impossible_periods_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        Period.parse(text)


def test_steps_keep_the_length() -> None:
    assert str(Period.parse("2019Q4").step()) == "2020Q1"
    assert str(Period.parse("2020-01..2020-08").shift(-12)) == "2019-01..2019-08"
    assert Period.parse("2019").contains(Period.parse("2019H2"))
