"""Other countries' outsourcing and other money in outsourcing, on sentences of our own; sources of contracts stay."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [candidate.printed for candidate in extract_text(text, published=(2022, 3)).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "The Philippines' outsourcing industry earned $29 billion in 2021, up 9%.",
        "Malaysia's business process outsourcing sector grew 9% in 2021.",
        "Outsourcing in Vietnam was worth $3 billion in 2021.",
        "The outsourcing industry of South Africa grew 9% in 2021.",
        "2021年日本外包市场规模130亿美元。",
        "2021年菲律宾的服务外包产业增长9%。",
        "Suqian's offshore executed value was $0.9 billion in 2021, up 31%.",
        "The company's offshore executed value was $0.9 billion in 2021.",
        "In the Gaoxin district offshore executed value was $0.9 billion in 2021.",
        "2021年华软集团离岸执行额9亿美元,增长5%。",
        "2021年B市服务外包执行额9.5亿美元,其中离岸执行额6.1亿美元。",
    ],
)
def test_outsourcing_elsewhere_is_none_of_chinas(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Foreign investment in the service outsourcing industry was $3 billion in 2021.",
        "Service outsourcing firms invested 11 billion yuan in 2021, up 9%.",
        "Banks lent 3 billion yuan to service outsourcing firms in 2021, up 9%.",
        "Employment in service outsourcing grew 9% in 2021.",
        "2021年服务外包企业研发投入110亿元,增长9%。",
        "2021年服务外包企业纳税110亿元,增长9%。",
    ],
)
def test_money_spent_in_outsourcing_is_no_value_of_it(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "area", "part"),
    [
        ("In 2021 Japan's offshore contracts with Chinese firms rose 9%.", "cn", "market_jp"),
        ("Offshore executed value from the Japanese market rose 9% in 2021.", "cn", "market_jp"),
        ("2021年来自美国服务外包市场的离岸执行额增长9%。", "cn", "market_us"),
        ("Offshore executed value grew in Hefei by 9% in 2021.", "cn.hefei", None),
    ],
)
def test_where_contracts_come_from_stays(text: str, area: str, part: str | None) -> None:
    (candidate,) = extract_text(text, published=(2022, 3)).candidates
    assert (candidate.subject.area, candidate.subject.part, candidate.printed) == (area, part, "9%")


def test_a_place_between_a_verb_and_its_amount_is_whose_it_is() -> None:
    (candidate,) = extract_text("Offshore executed value doubled in Xiamen to $1.4 billion in 2021.").candidates
    assert (candidate.subject.area, candidate.hedge) == ("cn.xiamen", "exact")
