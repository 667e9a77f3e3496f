"""What figures are only set against, and figures of others, on sentences of our own."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[tuple[str, str]]:
    """Return what was printed and the period of each figure, in the order of the text."""
    found = extract_text(text, published=(2022, 9)).candidates
    return [(candidate.printed, str(candidate.period)) for candidate in found]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("在北京、上海带动下,上半年离岸执行额增长9.6%。", [("9.6%", "2022H1")]),
        (
            "Offshore contracts were worth $80 billion in the first half, or 46% of last year's total, and grew 6%.",
            [("$80 billion", "2022H1"), ("6%", "2022H1")],
        ),
        ("1-8月离岸执行额已达去年全年的63.9%,同比增长12.1%。", [("12.1%", "2022-01..2022-08")]),
        ("Coming off a strong 2021, offshore execution rose 9.6% in the first half.", [("9.6%", "2022H1")]),
        ("Even with last year's high base, offshore execution rose 9.6% in the first half.", [("9.6%", "2022H1")]),
        ("受去年高基数影响,8月份离岸执行额同比下降2.3%。", [("2.3%", "2022-08")]),
        ("虽然上年基数较高,1-8月离岸合同额仍增长6.1%。", [("6.1%", "2022-01..2022-08")]),
        ("继2021年增长17.8%之后,上半年离岸执行额增长9.6%。", [("9.6%", "2022H1")]),
        ("与去年全年增速17.8%相比,上半年离岸执行额增速为9.6%。", [("9.6%", "2022H1")]),
        (
            "1-8月离岸执行额5517亿元,相当于上年全年的63.9%,增长12.1%。",
            [("5517亿元", "2022-01..2022-08"), ("12.1%", "2022-01..2022-08")],
        ),
        (
            "Despite a high base last year, offshore execution rose 12.1% in the first eight months.",
            [("12.1%", "2022-01..2022-08")],
        ),
        ("After climbing 17.8% in 2021, offshore execution rose 9.6% in the first half.", [("9.6%", "2022H1")]),
        ("Against a low base in 2021, offshore contract value grew 6.1% in August.", [("6.1%", "2022-08")]),
    ],
)
def test_an_earlier_year_that_is_only_the_background_dates_nothing(text: str, figures: list[tuple[str, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2021年大连离岸执行额增长8.8%,对全市经济增长的贡献为6.6%。", [("8.8%", "2021")]),
        ("Offshore execution rose 17.8% in 2021 and contributed 30% of service export growth.", [("17.8%", "2021")]),
        (
            "Offshore execution in the Greater Bay Area rose 9% in 2021, against 17.8% for the country.",
            [("9%", "2021")],
        ),
        ("上半年离岸执行额增速(9.6%)虽低于2021年同期(19.2%),仍较快。", [("9.6%", "2022H1")]),
        ("上半年成都离岸执行额增长8.8%(全国9.6%)。", [("8.8%", "2022H1")]),
        (
            "Offshore contracts were worth $80 billion in the first half, which compares with $75 billion a year ago.",
            [("$80 billion", "2022H1")],
        ),
        ("上半年,除江苏外,长三角其他地区离岸执行额增长10.2%。", []),
        ("Offshore execution grew 17.8% in 2021, after growth of 9.2% the year before.", [("17.8%", "2021")]),
        ("离岸执行额1-8月增长12.1%(上年同期:8.4%)。", [("12.1%", "2022-01..2022-08")]),
        ("1-8月离岸执行额增速(12.1%)高出去年同期(8.4%)3.7个百分点。", [("12.1%", "2022-01..2022-08")]),
        ("Offshore execution grew 12.1% in January-August (a year earlier: 8.4%).", [("12.1%", "2022-01..2022-08")]),
        ("In July 2022 offshore execution rose 9.4% vs +7.7% in June.", [("9.4%", "2022-07")]),
        ("大连2021年离岸执行额增长8.8%,低于全国平均增速(17.8%)。", [("8.8%", "2021")]),
        (
            "Dalian's offshore execution rose 8.8% in 2021, compared with a national increase of 17.8%.",
            [("8.8%", "2021")],
        ),
        ("2021年离岸执行额增长17.8%,高于世界平均(9.2%)。", [("17.8%", "2021")]),
        ("Offshore execution was six times larger in 2021 than in 2010, when it was $14.45 billion.", []),
    ],
)
def test_a_figure_of_another_time_or_place_is_not_taken_for_this_one(text: str, figures: list[tuple[str, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2021年成都离岸执行额增长8.8%。天府软件园占全市执行额的六成。", [("8.8%", "2021")]),
        ("Tata's China unit saw outsourcing revenue rise 12% in 2021.", []),
        ("Chinese companies' outsourcing to Southeast Asia grew 14% in 2021.", []),
        ("Our offshore executed value rose 20% in 2021, a firm's president said.", []),
        ("The company, based in Wuhan, said its offshore executed value grew 31 percent in 2021.", []),
        ("某骨干企业2021年服务外包执行额7.4亿美元,增长19%。", []),
        ("一家总部位于成都的外包公司2021年离岸执行额增长22%。", []),
        ("Chengdu-based Softland and 49 other outsourcing firms had executed value of $11 billion in 2021.", []),
        (
            "Wipro's outsourcing revenue from China grew 14% in 2021; offshore execution in China rose 17.8%.",
            [("17.8%", "2021")],
        ),
        ("2021年我国企业向海外发包服务外包188亿美元,增长11%。", []),
        ("Outsourcing by Chinese companies to Malaysia grew 13% in executed value in 2021.", []),
    ],
)
def test_firms_and_work_given_out_are_not_chinas_execution(text: str, figures: list[tuple[str, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2021年离岸执行额名义增长17.8%,实际增长15.1%。", [("17.8%", "2021")]),
        ("按固定汇率,2021年离岸执行额增长9.9%。", []),
        ("剔除汇率因素,2021年离岸执行额实际增长9.9%;按人民币计增长17.8%。", [("17.8%", "2021")]),
        ("At constant prices, offshore execution grew 9.9% in 2021.", []),
        ("Offshore execution grew 9.9% in real terms in 2021.", []),
    ],
)
def test_real_growth_is_no_growth_as_printed(text: str, figures: list[tuple[str, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "2021年海关特殊监管区域内离岸服务外包执行额增长21%。",
        "Comprehensive bonded zones recorded offshore execution growth of 21% in 2021.",
        "From 2020 to 2021 KPO's share of offshore execution fell to 41.2 percent from 42.3 percent.",
    ],
)
def test_zones_and_shares_of_no_one_year_are_left_out(text: str) -> None:
    assert read(text) == []


def test_what_is_left_out_first_is_not_what_the_next_clause_is_of() -> None:
    text = "Excluding Japan and Korea, offshore execution grew 14% in 2021; including them, it grew 17.8%."
    found = extract_text(text, published=(2022, 9)).candidates
    assert [(one.printed, one.subject.part) for one in found] == [("17.8%", None)]
