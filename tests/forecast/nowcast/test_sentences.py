from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from forecast.nowcast import nowcast
from forecast.nowcast.sentences import amount, paragraph

OFFSHORE = "cn.offshore.execution.usd"


def test_amounts_keep_their_digits_and_have_the_words_of_their_unit() -> None:
    assert amount(Decimal("516.5"), "USD 100m", True) == "USD 51.65 bn"
    assert amount(Decimal("516.5"), "USD 100m", False) == "516.5亿美元"
    assert amount(Decimal("14105"), "CNY 100m", True) == "CNY 1,410.5 bn"
    assert amount(Decimal("1.06E+3"), "USD 100m", True) == "USD 106 bn"
    assert amount(Decimal("1.06E+4"), "CNY 100m", False) == "10600亿元"
    assert amount(Decimal(0), "", True) == "0"


def test_a_known_year_is_told_with_its_printed_digits() -> None:
    told = nowcast(OFFSHORE, 2020)
    assert "at USD 105.78 bn;" in paragraph(told, "en")
    assert "为1057.8亿美元，" in paragraph(told, "zh")


def test_a_printed_sum_of_months_keeps_its_digits_and_a_derived_one_has_four() -> None:
    told = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))
    assert told.latest is not None
    for value, derived, said in ((1410.57, False, "USD 141.057 bn"), (1410.57, True, "USD 141.1 bn")):
        part = dataclasses.replace(told.latest, value=value, derived=derived)
        assert f"2020: {said}, 10.7% more" in paragraph(dataclasses.replace(told, latest=part), "en")


def test_the_paragraph_says_months_growth_year_and_both_simple_answers() -> None:
    told = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))
    english, chinese = paragraph(told, "en", 1000), paragraph(told, "zh", 1000)
    for words in ("January to August 2020: USD 51.65 bn, 10.7% more", "USD 77.5 bn", "USD 107 bn", "USD 100 bn is"):
        assert words in english
    for words in ("2020年1—8月：516.5亿美元，同比增长10.7%", "775亿美元", "1070亿美元"):
        assert words in chinese
    assert " %" not in english + chinese  # percentages as the reports write them


def test_the_other_two_answers_have_their_own_words() -> None:
    assert "is known" in paragraph(nowcast(OFFSHORE, 2019), "en")
    assert "年度预测" in paragraph(nowcast(OFFSHORE, 2024, dt.date(2024, 3, 1)), "zh")
