from __future__ import annotations

import datetime as dt

from forecast.nowcast import nowcast
from forecast.nowcast.sentences import amount, paragraph

OFFSHORE = "cn.offshore.execution.usd"


def test_amounts_have_four_digits_and_the_words_of_their_unit() -> None:
    assert amount(516.5, "USD 100m", True) == "USD 51.65 bn"
    assert amount(516.5, "USD 100m", False) == "516.5亿美元"
    assert amount(14972, "CNY 100m", False) == "14972亿元"
    assert amount(0, "", True) == "0.000"


def test_the_paragraph_says_months_growth_year_and_both_simple_answers() -> None:
    told = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))
    english, chinese = paragraph(told, "en", 1000), paragraph(told, "zh", 1000)
    for words in ("January to August 2020: USD 51.65 bn, 10.7% more", "USD 77.47 bn", "USD 107.3 bn", "USD 100.0 bn"):
        assert words in english
    for words in ("2020年1—8月：516.5亿美元，同比增长10.7%", "774.8亿美元", "1073亿美元"):
        assert words in chinese
    assert " %" not in english + chinese  # percentages as the reports write them


def test_the_other_two_answers_have_their_own_words() -> None:
    assert "is known" in paragraph(nowcast(OFFSHORE, 2019), "en")
    assert "年度预测" in paragraph(nowcast(OFFSHORE, 2024, dt.date(2024, 3, 1)), "zh")
