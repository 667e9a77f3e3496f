"""Kinds of outsourcing that the grammar lacks, on sentences of our own; known kinds and plain adjectives stay."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [candidate.printed for candidate in extract_text(text, published=(2022, 3)).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "China's animation outsourcing contracts rose 17% in 2021.",
        "Payroll outsourcing executed value rose 9% to 41 billion yuan in 2021.",
        "Software outsourcing services offshore executed value was $26 billion in 2021.",
        "China's outsourcing of manufacturing was worth $19 billion in 2021.",
        "An outsourcing company in Dalian executed contracts of $9 billion in 2021.",
        "2021年物流外包执行额增长9%。",
        "2021年金融服务外包合同额120亿元,增长9%。",
        "2021年生产性服务外包执行额7000亿元,增长9%。",
        "2021年新能源、生物医药领域服务外包增长81%和24%。",
        "The top 100 firms executed offshore contracts of $52 billion in 2021, up 31%.",
        "2021年前100家企业离岸执行额520亿美元,增长31%。",
        "2021年,离岸执行额过亿美元的企业达280家,合计执行额700亿美元,占53.7%。",
    ],
)
def test_an_unknown_kind_is_not_taken_for_all_outsourcing(text: str) -> None:
    assert read(text) == []


def test_what_is_named_after_it_is_read_again() -> None:
    text = "2021年物流外包执行额增长9%,全国服务外包执行额增长23%,其中ITO执行额增长12%。"
    assert read(text) == ["23%", "12%"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("R&D outsourcing services executed offshore grew 24% in 2021.", "service_rd"),
        ("Legal process outsourcing executed offshore grew 24% in 2021.", "service_legal"),
        ("IT outsourcing executed offshore grew 24% in 2021.", "ito"),
        ("2021年研发服务外包离岸执行额增长24%。", "service_rd"),
        ("2021年工业设计外包离岸执行额增长24%。", "service_design"),
        ("The booming service outsourcing of China saw offshore executed value rise 24% in 2021.", None),
        ("China's new service outsourcing contracts rose 24% in 2021.", None),
        ("China's high-end service outsourcing thrived as offshore executed value rose 24% in 2021.", None),
        ("2021年我国大力发展服务外包,离岸执行额增长24%。", None),
        ("2021年我国承接外包执行额增长24%。", None),
    ],
)
def test_known_kinds_and_all_of_outsourcing_stay(text: str, part: str | None) -> None:
    (candidate,) = extract_text(text, published=(2022, 3)).candidates
    assert (candidate.subject.part, candidate.printed) == (part, "24%")
