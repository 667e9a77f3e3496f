import datetime as dt

import pytest

from forecast.cli.options import day
from forecast.errors import InputError


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-10-31", dt.date(2023, 10, 31)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2023-12", dt.date(2023, 12, 31)),
        ("2019", dt.date(2019, 12, 31)),
        (None, None),
    ],
)
def test_a_partial_date_means_its_last_day(text: str | None, wanted: dt.date | None) -> None:
    assert day(text) == wanted


@pytest.mark.parametrize("text", ["31.10.2023", "2023-13", "soon", "", "20231"])
def test_what_is_no_date_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match="is not a date; write it as 2023-10-31"):
        day(text)
