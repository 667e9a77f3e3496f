"""What a text only repeats as a rumour, or denies a sentence later, is no statement."""

import pytest

from series.extract import extract_text


def values(text: str) -> list[float]:
    return [float(candidate.value) for candidate in extract_text(text, published=(2022, 2)).candidates]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("网传2021年离岸执行额7000亿元,下降4%,实际增长17.8%。", [17.8]),
        ("2021年离岸执行额下降4%的传言,并未得到证实。", []),
        ("一份报告称,2021年离岸执行额下降4%。对此,商务部予以否认。", []),
        ("一份报告称,2021年离岸执行额增长17.8%。对此,商务部予以肯定。", [17.8]),
        ("Rumours that offshore execution fell 4 percent in 2021 worried vendors.", []),
        ("A blog said that offshore execution fell 4 percent in 2021. These claims are entirely false.", []),
        ("Offshore execution rose 17.8 percent in 2021. It was not wrong to hope for it.", [17.8]),
    ],
)
def test_a_rumour_claims_nothing(text: str, left: list[float]) -> None:
    assert values(text) == left


def test_a_denial_of_something_else_takes_nothing_back() -> None:
    text = "The ministry said that offshore execution rose 17.8 percent in 2021. A forecast of 5 percent was wrong."
    assert 17.8 in values(text)
