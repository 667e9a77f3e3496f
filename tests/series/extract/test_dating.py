"""Which months a sentence's figures are for, on sentences of our own."""

import pytest

from series.extract import extract_text


def rates(text: str) -> list[tuple[str, str, str]]:
    """Return value, period and base of each rate, in the order of the text."""
    found = extract_text(text, published=(2022, 9)).candidates
    return [(f"{one.value:f}", str(one.period), str(one.base)) for one in found]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2022年1-8月离岸执行额增长9%。上年同期增长15%。",
            [("9", "2022-01..2022-08", "2021-01..2021-08"), ("15", "2021-01..2021-08", "2020-01..2020-08")],
        ),
        ("2021年离岸执行额同比增长17.8%。2020年增长9.2%。", [("17.8", "2021", "2020"), ("9.2", "2020", "2019")]),
        (
            "Offshore execution rose 17.8% in 2021. In 2020 it rose 9.2%.",
            [("17.8", "2021", "2020"), ("9.2", "2020", "2019")],
        ),
        (
            "Offshore contracts fell 4.1% in 2021. In January 2022 they grew 3%.",
            [("-4.1", "2021", "2020"), ("3", "2022-01", "2021-01")],
        ),
        ("2021年离岸合同额增长5%。2022年上半年增长6.6%。", [("5", "2021", "2020"), ("6.6", "2022H1", "2021H1")]),
        (
            "2022年上半年离岸合同额增长6.6%。2021年同期增长8%。",
            [("6.6", "2022H1", "2021H1"), ("8", "2021H1", "2020H1")],
        ),
        (
            "2022年8月离岸执行额增长11%。2021年8月增长7.2%。",
            [("11", "2022-08", "2021-08"), ("7.2", "2021-08", "2020-08")],
        ),
    ],
)
def test_a_sentence_with_only_a_period_and_a_rate_is_of_that_period(
    text: str, figures: list[tuple[str, str, str]]
) -> None:
    assert rates(text) == figures
