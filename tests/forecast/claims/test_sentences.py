"""Sentences: what a verdict says where little is known."""

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
