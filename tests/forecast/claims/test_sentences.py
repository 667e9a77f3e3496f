"""Sentences: what a verdict says where little is known."""

import datetime as dt

import pytest

from forecast.claims import check, check_text

SHARE = "KPO will exceed 50% of offshore outsourcing by 2030"


def test_growth_before_is_over_the_years_that_are_known() -> None:
    text = check_text(SHARE, engine="batch")["text"]
    assert "over the four years before" in text["en"]  # known are 2021 to 2025
    assert "此前四年年均为" in text["zh"]


def test_one_view_is_not_put_together_with_another() -> None:
    text = check_text(SHARE, engine="batch")["text"]
    assert "Together" not in text["en"]
    assert "So the chance is" in text["en"]
    assert "other economies" not in text["en"]
    assert "综合概率" not in text["zh"]
    assert "故概率为" in text["zh"]
    assert "其他经济体" not in text["zh"]


def test_two_views_are_put_together() -> None:
    text = check("C02", engine="batch")["text"]
    assert "over the five years before" in text["en"]
    assert "Together that is" in text["en"]
    assert "综合概率为" in text["zh"]


def test_what_is_known_within_a_range_is_told_as_one() -> None:
    text = check("C41", engine="batch")["text"]
    assert "came to between USD 1,305.5 bn and USD 1,470.0 bn in 2020" in text["en"]
    assert "实际在13055亿美元至14700亿美元之间" in text["zh"]


def worded(text: str, made: dt.date = dt.date(2026, 6, 1)) -> dict[str, str]:
    """Return the paragraphs on a sentence as the ledger of the first half of 2026 allows them."""
    found: dict[str, str] = check_text(text, made, as_of=made, engine="batch")["text"]
    return found


def test_growth_that_takes_less_than_its_figure_says_from_where_it_counts() -> None:
    text = worded("Offshore execution in dollars will grow 6% a year from 2025 to 2035.")
    assert "USD 293 bn in 2035 (counted as met from USD 279 bn)" in text["en"]  # 1634.3 x 1.06^10, and x 1.055^10
    assert "that takes 5.5% a year" in text["en"]
    assert "2035年须达到2930亿美元（达到2790亿美元即视为实现）" in text["zh"]


def test_growth_of_which_rounding_takes_little_says_its_figure_alone() -> None:
    assert "counted as met" not in check("C02", engine="batch")["text"]["en"]


def test_a_fall_is_told_as_a_fall() -> None:
    text = worded("Offshore execution in dollars will fall 5% from 2025 to 2026.")
    assert "that takes a fall of at least 4.5% a year" in text["en"]
    assert "none stayed within that" in text["en"]
    assert "每年至少须下降4.5%" in text["zh"]
    assert "没有一个不快于这一速度" in text["zh"]
    assert "-" not in text["zh"].rpartition("”")[2]


def test_a_level_below_the_newest_leaves_room_for_a_fall() -> None:
    text = worded("Offshore execution will reach at least 150 billion dollars in 2027.")
    assert "that leaves room for a fall of 4.2% a year" in text["en"]  # (1500 / 1634.3)^(1/2)
    assert "即使每年下降4.2%也可达到" in text["zh"]


def test_growth_of_a_share_is_told_in_points_too() -> None:
    text = worded("By 2028 KPO will account for more than 45% of offshore execution.")
    assert "that takes growth of 1.6% a year (0.7 percentage points), against" in text["en"]  # (45 - 42.85) / 3
    assert "每年还须增长1.6%（0.7个百分点），而" in text["zh"]


def test_runs_that_all_grew_so_fast_are_not_counted_twice() -> None:
    text = worded("Offshore execution in dollars will grow 4% a year from 2025 to 2030.")
    assert "All 16 5-year runs on record grew that fast." in text["en"]
    assert "16个5年区间全部达到过这一速度。" in text["zh"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("grow 6%", "counted as true from 6 less half its last digit on: 0.5 of a point"),
        ("grow about 6%", "counted as true from 5 on: about 6 is given its whole last digit"),
        ("fall 6%", "counted as true up to -5.5: -6 and half its last digit, 0.5 of a point"),
        ("fall about 6%", "counted as true up to -5: about -6 is given its whole last digit"),
        ("grow at least 6%", ""),
        ("fall by more than 6%", ""),
    ],
)
def test_where_growth_counts_from_is_where_the_court_puts_it(text: str, reason: str) -> None:
    verdict = check_text(f"Offshore execution in dollars will {text} in 2026.", dt.date(2026, 6, 1), engine="batch")
    assert [one for one in verdict["reasons"] if one.startswith("counted")] == ([reason] if reason else [])
    threshold = verdict["readings"][0]["demanded"]["threshold"]
    edge = {"grow": 0.06, "fall": -0.06}[text.split()[0]]
    edge -= (0.01 if "about" in text else 0.005 if reason else 0) * (1 if edge > 0 else -1)
    assert threshold == pytest.approx(1634.3 * (1 + edge))


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ("Offshore execution in dollars fell 0.5% in 2025", "in 2025”. On all", "in 2025”。据其他"),
        ("Offshore execution in dollars fell 0.5% in 2025.", "in 2025.” On all", "in 2025.”据其他"),
        ("2025年离岸执行额为1634.3亿美元", "亿美元”. On all", "亿美元”。据其他"),
    ],
)
def test_a_quotation_without_its_full_stop_gets_one_before_the_next_sentence(
    said: str, english: str, chinese: str
) -> None:
    text = worded(said)
    assert english in text["en"]
    assert chinese in text["zh"]
