"""Marks that an amount has passed, on sentences of our own."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[tuple[str, str]]:
    found = extract_text(text, published=(2022, 3)).candidates
    return [(one.printed, str(one.period)) for one in found]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "In 2021 offshore contracts exceeded $150 billion for the first time, hitting $171.8 billion.",
            ["$171.8 billion"],
        ),
        (
            "Outsourcing contracts came to 2.13 trillion yuan in 2021, exceeding 2 trillion yuan for the first time.",
            ["2.13 trillion yuan"],
        ),
        (
            "Executed outsourcing topped 1.4 trillion yuan in 2021, standing at 1.49 trillion yuan.",
            ["1.49 trillion yuan"],
        ),
        ("2021年服务外包合同额超过2.1万亿元,为21341亿元,增长25.4%。", ["21341亿元", "25.4%"]),
        ("2021年离岸执行额突破8000亿元,较2020年的7302亿元再上台阶,达8600亿元。", ["7302亿元", "8600亿元"]),
        ("2021年离岸执行额超过8000亿元。", ["8000亿元"]),
        ("2021年服务外包合同额超过2万亿元,执行额14972亿元。", ["2万亿元", "14972亿元"]),
    ],
)
def test_a_mark_beside_the_amount_that_passed_it_is_no_second_level(text: str, figures: list[str]) -> None:
    assert [printed for printed, _ in read(text)] == figures


def test_growth_after_a_surpassed_earlier_amount_is_of_the_year_spoken_of() -> None:
    text = "Executed outsourcing was 1.5 trillion yuan in 2021, exceeding the 1.2 trillion yuan of 2020, up 23.6%."
    assert ("23.6%", "2021") in read(text)
