import pytest

from forecast.claims.readings import path, required_growth
from forecast.cli import invoke
from series.observations import Observation
from series.periods import Period


@pytest.mark.parametrize(
    "sentence",
    ["By November 2027 offshore execution will reach $140 billion.", "2027年1-11月离岸执行额将达1400亿美元。"],
)
def test_months_that_are_to_come_are_not_forecast(sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["claim", "check", "--text", sentence, "--made", "2024-01-15"]) == 4
    assert "2027-01..2027-11 is part of a year, and forecasts are of whole ones" in capsys.readouterr().err


def test_no_path_leads_through_less_than_a_year() -> None:
    base = Observation(Period.year(2025), 1634.0, 1634.0, 1634.0, "published", ())
    assert path(base, 1400.0, Period.months(2026, 1, 11)) == []
    assert required_growth(base, 1400.0, Period.months(2026, 1, 11)) is None
    assert [step["period"] for step in path(base, 1800.0, Period.year(2027))] == ["2025", "2026", "2027"]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (
            "Offshore execution will grow 7% in 2027.",
            "no value for the base year 2026 yet; it ends in 2025",
        ),
        ("2028年离岸执行额将增长7%。", "no value for the base year 2027 yet; it ends in 2025"),
        ("Offshore KPO execution in yuan doubled from 2003 to 2025.", "no value for the base year 2003; it begins in"),
    ],
)
def test_a_base_year_without_a_value_is_before_the_series_or_to_come(
    sentence: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["claim", "check", "--text", sentence, "--as-of", "2026-06-01"]) == 4
    assert reason in capsys.readouterr().err
