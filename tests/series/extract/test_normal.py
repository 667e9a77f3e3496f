"""Line breaks, on texts of our own."""

import pytest

from series.extract import extract, from_bytes

BROKEN = "2021年,我国企业承接离岸服务外包执行额8600.\n6亿元,同比增长17.\n8%。合同额1,\n1295亿元。"
COLUMN = (
    "In the first half of 2021\nChinese firms carried out\noffshore service outsourcing\n"
    "contracts worth 367.6 billion\nyuan, up 19.2 percent, and\nsigned contracts of 540.6\nbillion yuan."
)
NARROW = "2021年上半年,\n我国企业承接\n离岸服务外包\n执行额3676亿\n元,同比增长\n19.2%;合同额\n5406亿元,增\n长20.3%。"


def read(text: str) -> list[str]:
    document = from_bytes(text.encode(), "text")
    return [one.understood for one in extract(document, published=(2022, 3)).candidates]


@pytest.mark.parametrize("text", [BROKEN, COLUMN, NARROW])
def test_line_ends_of_either_kind_are_read_alike(text: str) -> None:
    assert read(text.replace("\n", "\r\n")) == read(text)


def test_numbers_are_joined_across_a_line_break() -> None:
    assert read(BROKEN.replace("\n", "\r\n"))[:2] == [
        "cn offshore execution, 2021: level 8600.6 CNY 100m",
        "cn offshore execution, 2021: growth 17.8 percent against 2020",
    ]


@pytest.mark.parametrize(("text", "count"), [(COLUMN, 3), (NARROW, 4)])
def test_a_narrow_column_is_one_text(text: str, count: int) -> None:
    assert len(read(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "2021年离岸执行额情况\n\n离岸执行额86\n\n00亿元",
        "Offshore execution was up 2e3% in 2021.",
        "Offshore execution was $1.3.0 billion in 2021.",
    ],
)
def test_a_torn_or_misprinted_number_is_no_figure(text: str) -> None:
    assert read(text) == []
