"""What figures go on with after counts, markets and other trades, on sentences of our own."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [one.understood for one in extract_text(text, published=(2022, 3)).candidates]


def test_amounts_after_a_count_of_offshore_contracts_are_offshore() -> None:
    text = "2021年签订离岸服务外包合同7.1万份,增长8%,合同金额1718亿美元,增长22.3%,执行金额1303亿美元。"
    assert read(text) == [
        "cn offshore contract, 2021: level 1718 USD 100m",
        "cn offshore contract, 2021: growth 22.3 percent against 2020",
        "cn offshore execution, 2021: level 1303 USD 100m",
    ]


def test_a_year_that_is_said_to_be_the_one_itself_is_that_year() -> None:
    text = "截至2020年底,累计执行额7万亿元。2020年当年服务外包执行额12114亿元。"
    assert read(text) == ["cn total execution, 2020: level 12114 CNY 100m"]


@pytest.mark.parametrize(
    "text",
    [
        "The number of outsourcing firms in China rose 9% in 2021.",
        "In 2021, 9,000 firms joined the outsourcing sector, bringing the total to 68,000, up 9%.",
        "China had 68,000 outsourcing companies in 2021, up 9%, and their workforce grew 4%.",
        "The average salary in China's outsourcing industry rose 5% in 2021.",
        "Profits of listed outsourcing companies fell 7% in 2021 to 12 billion yuan.",
        "Tax revenue from outsourcing enterprises rose 3% to 80 billion yuan in 2021.",
        "The Philippines' contact center sector grew 10% to $29 billion in 2021.",
        "BPO revenues of the Philippines rose 10% in 2021.",
    ],
)
def test_what_is_no_execution_of_chinas_is_left_out(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Offshore execution grew by a negative 3.2 percent in 2021.",
            ["cn offshore execution, 2021: growth -3.2 percent against 2020"],
        ),
        (
            "Offshore contracts from Japan and Germany grew 7 percent in 2021 in executed value.",
            ["cn offshore execution market_jp_de, 2021: growth 7 percent against 2020"],
        ),
        (
            "Outsourcing from RCEP members grew 9% in 2021, with executed offshore value of 160 billion yuan.",
            [
                "cn offshore execution market_rcep, 2021: growth 9 percent against 2020",
                "cn offshore execution market_rcep, 2021: level 1600 CNY 100m",
            ],
        ),
        (
            "2021年承接欧盟离岸执行额1280亿元,其中KPO占47%。",
            ["cn offshore execution market_eu, 2021: level 1280 CNY 100m"],
        ),
        (
            "2021年离岸执行额8600亿元,相当于2012年(2123亿元)的4.05倍。",
            [
                "cn offshore execution, 2021: level 8600 CNY 100m",
                "cn offshore execution, 2012: level 2123 CNY 100m",
                "cn offshore execution, 2021: multiple 4.05 x as much as in 2012",
            ],
        ),
    ],
)
def test_sign_measure_market_and_base_are_kept(text: str, figures: list[str]) -> None:
    assert read(text) == figures


def test_a_list_of_amounts_without_names_goes_on_with_the_two_of_the_sentence_before() -> None:
    text = "2021年7月服务外包执行额1402亿元;离岸执行额811亿元。1-7月累计分别为7843亿元和4435亿元。"
    assert read(text)[2:] == [
        "cn total execution, 2021-01..2021-07: level 7843 CNY 100m",
        "cn offshore execution, 2021-01..2021-07: level 4435 CNY 100m",
    ]


def test_the_place_that_a_share_is_of_is_not_spoken_of_next() -> None:
    text = (
        "Wuxi's offshore contracts came to $9 billion in 2021, a fifth of Jiangsu's, and executed value to $7 billion."
    )
    assert [line.split(",")[0] for line in read(text)] == ["cn.wuxi offshore contract", "cn.wuxi offshore execution"]


def test_a_rate_that_eased_to_a_figure_did_not_fall_by_it() -> None:
    text = "Growth in offshore execution, which had been 17.8% in 2021, eased to 9.6% in the first two months of 2022."
    assert not any("-9.6" in line for line in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "2021年离岸执行额首次超过在岸执行额的1.3倍,达8600亿元。",
        "Offshore execution was 1.3 times onshore execution in 2021, at 860 billion yuan.",
    ],
)
def test_a_multiple_of_another_scope_is_left_out(text: str) -> None:
    assert read(text) == ["cn offshore execution, 2021: level 8600 CNY 100m"]


def test_a_sum_to_a_month_may_be_of_all_years() -> None:
    (found,) = extract_text("截至2021年8月底,全国累计离岸执行额7.2万亿元。", published=(2021, 9)).candidates
    assert found.confidence <= 0.5


def test_amounts_of_several_places_are_not_that_of_all_of_them() -> None:
    text = "江苏、广东、上海三地占全国离岸执行额的44%,2021年分别为240亿美元、160亿美元和115亿美元。"
    assert not any("level" in line for line in read(text))


def test_growth_over_some_years_is_not_that_of_the_last() -> None:
    text = "In the past five years offshore execution has risen 61%, to 860 billion yuan in 2021."
    assert read(text) == ["cn offshore execution, 2021: level 8600 CNY 100m"]


def test_a_region_in_a_text_on_a_city_is_not_the_citys() -> None:
    text = "2021年,东北三省离岸执行额同比下降2%,大连增长4%。"
    assert [line.split(",")[0] for line in read(text)] == [
        "cn offshore execution area_northeast",
        "cn.dalian offshore execution",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Executed offshore value is likely to top $150 billion this year. In 2021 it was $130.3 billion.",
        "The ministry aims for offshore executed value of $200 billion by 2025. It was $130.3 billion in 2021.",
    ],
)
def test_after_a_goal_its_subject_may_be_given_for_a_year(text: str) -> None:
    assert read(text) == ["cn offshore execution, 2021: level 1303 USD 100m"]


def test_a_goal_is_no_period_for_what_follows_without_one() -> None:
    assert read("The ministry aims for offshore executed value of $200 billion by 2025. It was up 12 percent.") == []
