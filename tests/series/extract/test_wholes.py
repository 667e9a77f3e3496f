"""Shares of places, on sentences of our own."""

import pytest

from series.extract import extract_text


def shares(text: str) -> list[tuple[str, str]]:
    """Return the area and the print of each share."""
    found = extract_text(text, published=(2022, 3)).candidates
    return [(one.subject.area, one.printed) for one in found if one.kind == "share"]


@pytest.mark.parametrize(
    "text",
    [
        "2021年,浙江省离岸服务外包执行额161亿美元,占全国离岸执行额的12.3%。",
        "2021年宁波离岸执行额24亿美元,占全省的比重为14.9%,增长9.1%。",
        "2021年厦门离岸服务外包执行额占福建省的71%。",
        "2021年四川离岸执行额31亿美元,居西部之首,占比2.4%。",
        "Ningbo's offshore executed value was $2.4 billion in 2021, 14.9 percent of the provincial total.",
        "In 2021 Zhejiang accounted for 12.3 percent of China's offshore executed value.",
        "Ningbo's offshore execution made up 14.9 percent of Zhejiang's total in 2021.",
        "Ningbo's share of Zhejiang's offshore executed value was 14.9 percent in 2021.",
        "2021年长三角离岸执行额中,浙江、江苏分别占31%和44%。",
    ],
)
def test_a_places_share_of_a_larger_place_is_no_share_of_its_own_total(text: str) -> None:
    assert shares(text) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2021年,宁波市服务外包执行额36亿美元,其中离岸执行额24亿美元,占比66.7%。", ("cn.ningbo", "66.7%")),
        ("2021年宁波市离岸服务外包执行额占全市服务外包执行额的66.7%。", ("cn.ningbo", "66.7%")),
        ("Ningbo's offshore execution made up 66.7% of the city's total in 2021.", ("cn.ningbo", "66.7%")),
        ("2021年大连离岸执行额中,日本占52%。", ("cn.dalian", "52%")),
    ],
)
def test_a_share_of_the_places_own_total_is_read(text: str, share: tuple[str, str]) -> None:
    assert shares(text) == [share]
