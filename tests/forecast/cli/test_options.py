import datetime as dt

import pytest

from forecast.cli import invoke
from forecast.cli.options import day, instant
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


@pytest.mark.parametrize("text", ["soon", "2026-12-01T09:00:00", "2026-12-01"])
def test_a_moment_needs_its_zone(text: str) -> None:
    with pytest.raises(InputError, match="is not a moment with its zone; write it as"):
        instant(text)


@pytest.mark.parametrize(
    "text",
    ["9999-12-31T23:59:59-08:00", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+08:00", "1799-12-31T00:00:00Z"],
)
def test_a_moment_out_of_all_years_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is out of reach; give a moment within 1800-2200"):
        instant(text)


@pytest.mark.parametrize("text", ["1800-01-01T00:00:00+14:00", "2200-12-31T23:59:59-12:00"])
def test_schedules_can_be_asked_at_the_ends_of_all_years(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["report", "due", "--dry-run", "--now", text]) == 0
    assert "outlook: " in capsys.readouterr().out


@pytest.mark.parametrize("more", [[], ["--out", "new"]])
def test_data_without_a_name_are_not_the_folder_one_stands_in(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["run", "--data", "", *more]) == 2
    assert capsys.readouterr().err.startswith("forecast: --data '' names nothing; give the path of a CSV")
