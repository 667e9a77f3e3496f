from __future__ import annotations

import csv
from importlib import resources

import pytest

from reports import reasons, voice
from reports.inputs import Inputs
from reports.page import Basis, Literally, Words

EN, ZH = voice.of("en"), voice.of("zh")
STATEMENT = "st-cn.offshore.execution.usd-2025"


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ("names no figure", "It names no figure.", "未给出具体数字。"),
        (
            "needs a series of world BPO that the ledger does not hold",
            "The ledger holds no series of world BPO.",
            "台账中没有全球BPO的序列。",
        ),
        (
            "the text leaves open what is meant; 4 readings are judged apart",
            "The text leaves open what is meant; 4 readings are judged apart.",
            "原文所指不明，分4种解读分别判断。",
        ),
        (
            "counted as true from 11.3 less half its last digit on: 0.05 of a point",
            "“11.3%” counts as reached from 11.25% on, half a digit below as printed.",
            "“11.3%”按所印位数四舍五入，达到11.25%即视为实现。",
        ),
        (
            "the source is dated 2020-09; known then means published by 2020-09-30",
            "The source is dated September 2020; “then” means what was published by 30 September 2020.",
            "来源日期为2020年9月；“当时”指截至2020年9月30日已公布的数据。",
        ),
        (
            "cn.offshore.execution.usd: 2 observations; at least 4 are needed",
            "Offshore execution: only 2 observations; a forecast needs at least 4.",
            "离岸执行额：仅有2个观测值，预测至少需要4个。",
        ),
        (
            "cn.offshore.execution.usd: nothing was published by 2009-03-31",
            "Offshore execution: nothing had been published by 31 March 2009.",
            "离岸执行额：截至2009年3月31日尚无公布数据。",
        ),
        ("a reason of tomorrow", "a reason of tomorrow", "a reason of tomorrow"),
    ],
)
def test_a_reason_is_a_sentence_in_both_languages(inputs: Inputs, given: str, english: str, chinese: str) -> None:
    (text,) = reasons.said([given], inputs)
    assert (EN.say(text), ZH.say(text)) == (english, chinese)


def test_a_deciding_figure_is_quoted_and_numbered(inputs: Inputs) -> None:
    given = f"decided by MOFCOM put it (of offshore) at USD 163.43 bn (MOFCOM (mirror), 2026-01-30; {STATEMENT})"
    given = given.replace(STATEMENT, "s1")
    (text,) = reasons.said([given], with_id(inputs, "s1"))
    assert EN.say(text) == "Decided by: MOFCOM put it (of offshore) at USD 163.43 bn."
    assert ZH.say(text) == "起决定作用的数字：商务部，2025年水平值1634.3（亿美元）。"
    assert isinstance(text, Words)
    assert text.slots["source"] == Basis(("s1",))


def test_the_word_of_the_claim_itself_is_numbered_where_the_ledger_has_it(inputs: Inputs) -> None:
    given = "judged without the claim's own word (s1, s2) and without copies of it"
    (text,) = reasons.said([given], with_id(inputs, "s1"))
    assert isinstance(text, Words)
    assert text.slots["source"] == Basis(("s1",))
    assert EN.say(text) == "Judged without the claim’s own word and without copies of it."


def test_whatever_a_claim_of_the_ledger_lacks_has_words(inputs: Inputs) -> None:
    text = resources.files("forecast.claims").joinpath("ledger/claims.csv").read_text("utf-8")
    lacks = {row["not_checkable"] for row in csv.DictReader(text.splitlines())} - {""}
    said = {one: reasons.said([one], inputs)[0] for one in sorted(lacks)}
    assert [one for one, text in said.items() if isinstance(text, Literally)] == []
    assert [ZH.say(text) for text in said.values() if any("a" <= letter <= "z" for letter in ZH.say(text))] == []


def with_id(inputs: Inputs, name: str) -> Inputs:
    import dataclasses

    return dataclasses.replace(inputs, statements={**inputs.statements, name: inputs.statements[STATEMENT]})
