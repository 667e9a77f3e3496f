"""What growth is against, on sentences of our own."""

import pytest

from series.extract import extract_text


def against(text: str) -> list[tuple[str, str, str]]:
    """Return value, period and base of each rate, in the order of the text."""
    found = extract_text(text, published=(2024, 2)).candidates
    rates = [one for one in found if one.kind in ("growth", "multiple", "cagr")]
    return [(f"{one.value:f}", str(one.period), str(one.base)) for one in rates]


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        (
            "Compared with 2019, offshore execution was up 45.2% in 2023 and offshore contracts were up 31.5%.",
            [("45.2", "2023", "2019"), ("31.5", "2023", "2019")],
        ),
        (
            "Offshore execution rose 45.2% in 2023 from 2019, and offshore contracts rose 6% on the year.",
            [("45.2", "2023", "2019"), ("6", "2023", "2022")],
        ),
        (
            "Offshore execution in 2023 was up 10.6% from 2022 and 45.2% from 2019.",
            [("10.6", "2023", "2022"), ("45.2", "2023", "2019")],
        ),
        (
            "Offshore execution was 16.1% more than in 2022 and 59% more than in 2020, at $151.4 billion in 2023.",
            [("16.1", "2023", "2022"), ("59", "2023", "2020")],
        ),
        (
            "与2019年相比,2023年离岸执行额增长56.3%,离岸合同额增长54.9%,同比增长7.6%。",
            [("56.3", "2023", "2019"), ("54.9", "2023", "2019"), ("7.6", "2023", "2022")],
        ),
        ("2023年离岸执行额同比2019年增长56.3%。", [("56.3", "2023", "2019")]),
        ("比较2019年,2023年1-5月离岸执行额增长46%。", [("46", "2023-01..2023-05", "2019-01..2019-05")]),
        ("In 2020 offshore execution was 1.6 times the $64.6 billion of 2015.", [("1.6", "2020", "2015")]),
        ("2023年离岸执行额是2013年454亿美元的3.3倍。", [("3.3", "2023", "2013")]),
        ("与上年相比,2022年离岸执行额增长5.1%。", [("5.1", "2022", "2021")]),
        ("2023年离岸合同额较2022年增长7.6%、较2018年增长52%。", [("7.6", "2023", "2022"), ("52", "2023", "2018")]),
        ("2023年离岸合同额比2021年增长9%和比2018年增长52%。", [("9", "2023", "2021"), ("52", "2023", "2018")]),
        ("2023年离岸合同额同比增长7.6%、较2018年增长52%。", [("7.6", "2023", "2022"), ("52", "2023", "2018")]),
        ("2023年离岸合同额较2022年增长7.6%较2018年增长52%。", [("7.6", "2023", "2022"), ("52", "2023", "2018")]),
        ("2023年离岸合同额是2018年的1.8倍、2008年的26倍。", [("1.8", "2023", "2018"), ("26", "2023", "2008")]),
        ("2023年离岸合同额是2018年的1.8倍和2008年的26倍。", [("1.8", "2023", "2018"), ("26", "2023", "2008")]),
        ("Offshore contracts in 2023 were 1.8 times their level of 2018.", [("1.8", "2023", "2018")]),
        (
            "Offshore contracts in 2023 rose 7.6% from 2022 and 52% from 2018.",
            [("7.6", "2023", "2022"), ("52", "2023", "2018")],
        ),
    ],
)
def test_growth_is_against_the_year_that_is_named(text: str, rates: list[tuple[str, str, str]]) -> None:
    assert against(text) == rates


@pytest.mark.parametrize(
    "text",
    [
        "2023年离岸执行额由上年的1369亿美元增至1514亿美元,增长10.6%。",
        "2023年离岸执行额由2022年的1369亿美元增至1514亿美元,增长10.6%。",
        "2023年离岸执行额较2022年的1369亿美元增长10.6%。",
        "2023年离岸执行额1514亿美元(2022年为1369亿美元),增长10.6%。",
        "2023年,离岸执行额1514亿美元,2022年为1369亿美元,同比增长10.6%。",
        "Offshore execution was $151.4 billion in 2023 ($136.9 billion in 2022), up 10.6%.",
        "In 2023, compared with $136.9 billion in 2022, offshore execution rose 10.6%.",
        "Offshore execution rose from 2022's $136.9 billion to $151.4 billion in 2023, up 10.6%.",
    ],
)
def test_an_amount_of_the_year_before_leaves_growth_that_of_this_year(text: str) -> None:
    assert against(text) == [("10.6", "2023", "2022")]


def test_a_gap_to_the_quarter_before_is_no_base_of_what_follows() -> None:
    text = "2023年1-10月,服务外包合同额增长12.5%,增幅较前三季度提高2.3个百分点,执行额增长16.1%。"
    assert against(text) == [
        ("12.5", "2023-01..2023-10", "2022-01..2022-10"),
        ("16.1", "2023-01..2023-10", "2022-01..2022-10"),
    ]


@pytest.mark.parametrize("aside", ["(上年增长5.1%)", "(2022年增长5.1%)", ",上年同期增长5.1%", ",去年同期增长5.1%"])
def test_a_rate_of_the_year_before_is_not_this_years(aside: str) -> None:
    text = f"2023年离岸执行额同比增长10.6%{aside},离岸合同额增长7.6%。"
    assert against(text) == [("10.6", "2023", "2022"), ("5.1", "2022", "2021"), ("7.6", "2023", "2022")]


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        (
            "2023年一季度离岸执行额2118亿元,增长6%,二季度2290亿元,增长13.4%。",
            [("6", "2023Q1", "2022Q1"), ("13.4", "2023Q2", "2022Q2")],
        ),
        ("离岸执行额2023年一季度2118亿元,二季度2290亿元,增长13.4%。", [("13.4", "2023Q2", "2022Q2")]),
        (
            "Offshore execution: 1Q23 $31bn (+4%), 2Q23 $34bn (+6%).",
            [("4", "2023Q1", "2022Q1"), ("6", "2023Q2", "2022Q2")],
        ),
    ],
)
def test_a_quarter_is_not_measured_against_the_one_listed_before_it(
    text: str, rates: list[tuple[str, str, str]]
) -> None:
    assert against(text) == rates
