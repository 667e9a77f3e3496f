"""Spelled: a number written out is the same number, and what only looks like a year or a number stays as it is."""

import pytest

from forecast.claims.hearing import listen
from forecast.claims.hearing.spelled import in_digits


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("nine percent", "9 percent"),
        ("Twelve per cent", "12 per cent"),
        ("seventy-five percentage points", "75 percentage points"),
        ("six point two five percent", "6.25 percent"),
        ("three and a half percent", "3.5 percent"),
        ("two hundred and ten billion dollars", "210 billion dollars"),
        ("a hundred billion yuan", "100 billion yuan"),
        ("thirty trillion yuan", "30 trillion yuan"),
        ("FY28", "fiscal 2028"),
        ("2029E", "2029"),
        ("2026-31", "2026-2031"),
        ("2024–28", "2024-2028"),
    ],
)
def test_what_is_written_out_is_put_in_digits(written: str, digits: str) -> None:
    assert in_digits(written) == digits


@pytest.mark.parametrize(
    "text", ["one of the two markets", "2025-11", "2027-08", "$2028E", "2030-25", "ten years", "2025-30%", "FY2026/27"]
)
def test_what_counts_nothing_or_is_a_month_stays(text: str) -> None:
    assert in_digits(text) == text


@pytest.mark.parametrize("number", ["4", "four"])
def test_a_claim_is_the_same_in_words(number: str) -> None:
    (one,) = listen(f"The KPO share of offshore execution will rise {number} percentage points from 2024 to 2029.")
    assert (one.kind, str(one.value), str(one.bases[0]), str(one.end)) == ("points", "4", "2024", "2029")
