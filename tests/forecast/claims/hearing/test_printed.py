"""The text of a claim: what is not printed is left out, and a whole document is refused."""

import sys
from types import FrameType

import pytest

from forecast.claims.hearing import listen, summon
from forecast.claims.hearing.printed import LONGEST, readable
from forecast.errors import InputError

SENTENCE = "offshore outsourcing will grow 5% in 2026 "


def calls(text: str) -> int:
    """Count what is called while a text is read."""
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        listen(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("code", ["\x1b[31m", "\x1b[1;32m", "\x9b0m", "\x1b]0;title\x07", "\u200b", "\x00", "\ufeff"])
def test_codes_of_a_terminal_are_no_part_of_a_subject(code: str) -> None:
    claim, _ = summon(f"{code}Offshore outsourcing will{code} grow 5% in 2026.{code}")
    assert claim.subjects == ("cn.offshore.execution.usd", "cn.offshore.execution.cny")
    assert claim.en == "“Offshore outsourcing will grow 5% in 2026.”"


def test_a_text_that_is_printed_is_left_as_it_is() -> None:
    text = "到2030年离岸执行额将达2000亿美元。\n“KPO” – 50%\tof it…"
    assert readable(text) == text


def test_a_document_is_refused_with_its_length_and_what_to_do() -> None:
    with pytest.raises(InputError, match=r"has 8,400 characters.*at most 2,000; give the sentence"):
        listen(SENTENCE * 200)


def test_as_many_claims_as_fit_are_read() -> None:
    assert len(listen(SENTENCE * (LONGEST // len(SENTENCE)))) == LONGEST // len(SENTENCE)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "离岸执行额2026年增长5%，",
        "By 2030 KPO will make up half of it; ",
        "目标已被放弃",
        "from goal to goal ",
        "all outsourcing grows 8% and KPO exceeds 9%, ",
        "在岸增长9%，KPO将超过50%，",
    ],
)
def test_the_work_grows_as_the_text_does(text: str) -> None:
    calls(text)
    once, twice = calls(text * 20), calls(text * 40)
    assert twice < 2.5 * once


def test_many_claims_are_told_in_one_short_line() -> None:
    with pytest.raises(InputError) as caught:
        summon(SENTENCE * 40)
    assert "40 claims are understood" in str(caught.value)
    assert "and 28 more" in str(caught.value)
    assert len(str(caught.value)) < 2500
