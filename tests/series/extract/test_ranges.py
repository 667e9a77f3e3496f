"""Ranges on sentences of our own: neither end is the value; what only looks like a range is read."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [candidate.printed for candidate in extract_text(text, published=(2022, 3)).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "Offshore executed value was $128-131 billion in 2021.",
        "Offshore executed value rose 20%-24% in 2021.",
        "Offshore executed value rose 20 to 24 percent in 2021.",
        "Offshore executed value was between $128 billion and $131 billion in 2021.",
        "Offshore executed value ranged from $128 billion to $131 billion in 2021.",
        "Offshore executed value was $128bn or $131bn in 2021.",
        "Offshore executed value was 130±2 billion dollars in 2021.",
        "2021年离岸执行额大约在1280亿到1310亿美元。",
        "2021年离岸执行额增长两三成。",
        "2021年离岸执行额1280亿至1310亿美元。",
        "2021年离岸执行额1280-1310亿美元。",
        "2021年离岸执行额达8280亿~8610亿元。",
        "2021年离岸执行额增长20%至24%。",
        "2021年离岸执行额增幅在20%到24%之间。",
        "2021年,ITO占离岸执行额的四成至五成。",
    ],
)
def test_neither_end_of_a_range_is_taken(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Offshore executed value rose $24.5 billion to $130.3 billion in 2021.", ["$130.3 billion"]),
        ("Offshore executed value rose 23 percent to $130.3 billion in 2021.", ["23 percent", "$130.3 billion"]),
        ("2021年离岸执行额增加245亿美元至1303亿美元。", ["1303亿美元"]),
        ("From January to May 2021, offshore executed value rose 20 percent.", ["20 percent"]),
        ("2021年1-5月离岸执行额3000亿元。", ["3000亿元"]),
        ("In 2021 executed value of ITO and KPO rose 12% and 24%.", ["12%", "24%"]),
    ],
)
def test_moves_months_and_lists_are_no_ranges(text: str, left: list[str]) -> None:
    assert read(text) == left
