"""Averages, increments, differences and counts, on sentences of our own."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [candidate.printed for candidate in extract_text(text, published=(2022, 3)).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "Offshore executed value averaged $10.9 billion a month in 2021.",
        "The average executed value per firm in service outsourcing was 21 million yuan in 2021, up 3%.",
        "Average contract value in service outsourcing rose 3% to 7.1 million yuan in 2021.",
        "The mean contract value in service outsourcing rose 3% in 2021.",
        "Service outsourcing yielded 98,000 yuan per employee in 2021, up 3%.",
        "2021年离岸执行额月均109亿美元。",
        "2021年服务外包合同平均金额710万元,增长3%。",
        "2021年服务外包人均执行额9.8万元,同比提高3%。",
        "2021年服务外包企业户均执行额2100万元。",
    ],
)
def test_an_average_is_no_level_and_its_growth_none_of_the_whole(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("An additional $24.5 billion of offshore outsourcing was executed in 2021.", []),
        ("Offshore executed value, at $130.3 billion, was $24.5 billion more than in 2020.", ["$130.3 billion"]),
        ("The increase in offshore executed value was $24.5 billion in 2021.", []),
        ("The gap between offshore contract value and executed value was $40 billion in 2021.", []),
        ("Offshore executed value grew by $24.5 billion, or 23.2 percent, in 2021.", ["23.2 percent"]),
        ("2021年离岸执行额净增245亿美元,增长23.2%。", ["23.2%"]),
        ("2021年离岸执行额增量达245亿美元。", []),
        ("2021年离岸合同额与执行额相差400亿美元。", []),
        ("2021年离岸执行额增长23.2%,规模为日本的3倍。", ["23.2%"]),
    ],
)
def test_what_was_added_is_no_level(text: str, left: list[str]) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "In 2021 Chinese firms signed 214,000 outsourcing contracts, up 9%, with a value of 2.1 trillion yuan.",
            ["2.1 trillion yuan"],
        ),
        ("More than 61,000 outsourcing firms were registered in 2021, up 7%.", []),
        ("The number of service outsourcing contracts rose 9% in 2021.", []),
        ("Private firms' offshore executed value grew 31% in 2021, above the national average of 23%.", ["31%"]),
        ("Offshore executed value grew 17.8% in 2021, ahead of the 12% of foreign trade.", ["17.8%"]),
        ("Offshore executed value grew 17.8% in 2021, against 8.1% for GDP.", ["17.8%"]),
        ("2021年离岸执行额增长17.8%,远高于8.1%的GDP增速。", ["17.8%"]),
        ("2021年,离岸执行额占比57.2%,高于2019年的55%。", ["57.2%"]),
        ("2021年江苏离岸执行额增长12%,全国平均增长23%。", ["12%"]),
    ],
)
def test_growth_of_counts_and_of_others_is_left_out(text: str, left: list[str]) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Service outsourcing contracts worth 2.1 trillion yuan were signed in 2021, 25% more than in 2020.",
            ["2.1 trillion yuan", "25%"],
        ),
        ("2021年新签离岸合同额1717亿美元,增长22%。", ["1717亿美元", "22%"]),
        ("Another 660 billion yuan of the service outsourcing executed in 2021 was onshore.", ["660 billion yuan"]),
        ("2021年离岸执行额增长23%,高于全国平均水平。", ["23%"]),
        (
            "Offshore executed value rose 23% in 2021, faster than the 19 percent rise in contract value.",
            ["23%", "19 percent"],
        ),
    ],
)
def test_levels_that_stand_beside_such_words_stay(text: str, left: list[str]) -> None:
    assert read(text) == left


def test_a_countrys_value_is_not_of_some_thousand_yuan_but_a_citys_may_be_small() -> None:
    assert read("2021年全国服务外包执行额710万元。") == []
    assert read("2021年威海服务外包执行额710万元。") == ["710万元"]
