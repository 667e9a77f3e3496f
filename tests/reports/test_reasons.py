from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from forecast import claims
from forecast.claims.reasons import Reason, because, messages
from reports import gather, publishers, reasons, voice
from reports.inputs import Inputs
from reports.page import Basis, Text, Words
from series import ledger

EN, ZH = voice.of("en"), voice.of("zh")
SLOT = re.compile(r"\{(\w+)\}")
LATIN = re.compile(r"[A-Za-z]+")
STATEMENT = "st-cn.offshore.execution.usd-2025"
OFFSHORE = "cn.offshore.execution.usd"


def said(*given: Reason, inputs: Inputs) -> tuple[Text, ...]:
    return reasons.said([one.document() for one in given], inputs)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (because("lacking", lack={"en": "names no figure", "zh": "未给出数字"}), "Names no figure.", "未给出数字。"),
        (
            because("open", readings=4),
            "The text leaves open what is meant; 4 readings are judged apart.",
            "原文所指不明，分4种解读分别判断。",
        ),
        (
            because("from", value="11.3", half="0.05", least="11.25"),
            "“11.3%” counts as reached from 11.25% on, half a digit below as printed.",
            "“11.3%”按所印位数四舍五入，达到11.25%即视为实现。",
        ),
        (
            because("dated", dated="2020-09", day="2020-09-30"),
            "The source is dated September 2020; “then” means what was published by 30 September 2020.",
            "来源日期为2020年9月；“当时”指截至2020年9月30日已公布的数据。",
        ),
        (
            because("short", subject=OFFSHORE, found=2, needed=4),
            "Offshore execution: the series has 2 of the 4 observations that a forecast needs at least.",
            "离岸执行额：仅有2个观测值，预测至少需要4个。",
        ),
        (
            because("unpublished_then", subject=OFFSHORE, day="2009-03-31"),
            "Offshore execution: nothing had been published by 31 March 2009.",
            "离岸执行额：截至2009年3月31日尚无公布数据。",
        ),
        (
            because("unbounded", subjects=(OFFSHORE, OFFSHORE), period="2020-01..2020-08"),
            "Offshore execution or Offshore execution: nothing published bounds the value in January–August 2020.",
            "离岸执行额或离岸执行额：没有公布数据能限定其2020年1月至8月的数值。",
        ),
        (
            because("impossible", subject=OFFSHORE, threshold="-120", unit="USD 100m"),
            "Offshore execution: USD −12 bn is impossible.",
            "离岸执行额：−120亿美元不可能出现。",
        ),
    ],
    ids=lambda given: given.key if isinstance(given, Reason) else "",
)
def test_a_reason_is_a_sentence_in_both_languages(inputs: Inputs, given: Reason, english: str, chinese: str) -> None:
    (text,) = said(given, inputs=inputs)
    assert (EN.say(text).replace("\u00a0", " "), ZH.say(text)) == (english, chinese)


def test_a_deciding_figure_is_quoted_and_numbered(inputs: Inputs) -> None:
    given = because("decided", says="MOFCOM put it at 5", publisher="商务部", published="2026", statement="s1")
    (text,) = said(given, inputs=with_id(inputs, "s1"))
    assert EN.say(text) == "Decided by: MOFCOM put it at 5."
    assert ZH.say(text) == "起决定作用的数字：商务部：离岸执行额，2025年水平值1634.3（亿美元）。"
    assert isinstance(text, Words)
    assert text.slots["statement"] == Basis(("s1",))


def test_a_figure_printed_in_english_is_said_in_chinese_units(inputs: Inputs) -> None:
    held = with_id(inputs, "s1")
    english = dataclasses.replace(held.statements["s1"], printed="163.43 billion")
    held = dataclasses.replace(held, statements={**held.statements, "s1": english})
    (text,) = said(
        because("decided", says="It was so.", publisher="CGTN", published="2026", statement="s1"), inputs=held
    )
    assert ZH.say(text) == "起决定作用的数字：中国国际电视台（CGTN）：离岸执行额，2025年水平值1634.3亿美元。"


def test_a_remark_that_only_the_paraphrase_has_is_not_dropped_silently(inputs: Inputs) -> None:
    says = "MOFCOM put it at 5. The text does not say of what"
    given = because("decided", says=says, publisher="MOFCOM", published="2026", statement="s1")
    (text,) = said(given, inputs=with_id(inputs, "s1"))
    assert ZH.say(text) == "起决定作用的数字：商务部：离岸执行额，2025年水平值1634.3（亿美元）（英文另有说明）。"


def test_the_word_of_the_claim_itself_is_numbered_where_the_ledger_has_it(inputs: Inputs) -> None:
    (text,) = said(because("own", statements=("s1", "s2")), inputs=with_id(inputs, "s1"))
    assert isinstance(text, Words)
    assert text.slots["statements"] == Basis(("s1",))
    assert EN.say(text) == "Judged without the claim’s own word and without copies of it."


def test_every_reason_of_the_court_has_words_in_both_languages_about_figures_that_it_names() -> None:
    worded = {key.removeprefix("reason."): text for key, text in voice.catalogue().items() if key.startswith("reason.")}
    assert set(worded) == set(messages())
    for key, text in worded.items():
        english, chinese = (set(SLOT.findall(text[language])) for language in ("en", "zh"))
        assert english == chinese <= set(SLOT.findall(messages()[key])) | BESIDE.get(key, set()), key


@pytest.mark.slow
@pytest.mark.parametrize("as_of", [None, dt.date(2009, 3, 31), dt.date(2013, 1, 1), dt.date(2021, 1, 1)], ids=str)
def test_every_verdict_has_its_grounds_in_chinese(inputs: Inputs, as_of: dt.date | None) -> None:
    held = shipped(inputs)
    verdicts = [claims.check(name, as_of, "batch") for name in claims.load()]
    heard = [(one["id"], ZH.say(text)) for one in verdicts for text in reasons.said(one["grounds"], held)]
    assert len(heard) >= len(verdicts)
    assert [(name, words) for name, text in heard if (words := foreign(text, held))] == []


@pytest.mark.slow
def test_what_a_verdict_prints_in_chinese_is_chinese(inputs: Inputs) -> None:
    held = shipped(inputs)
    printed = {name: claims.check(name, engine="batch")["text"]["zh"] for name in claims.load()}
    assert {name: words for name, text in printed.items() if (words := foreign(text, held))} == {}


def foreign(text: str, inputs: Inputs) -> list[str]:
    """Return the Latin words of a text, but for names, units and acronyms."""
    for name in sorted(
        {publishers.chinese(one.publisher) for one in inputs.sources.values()} | NAMES, key=len, reverse=True
    ):
        text = text.replace(name, "")
    return LATIN.findall(text)


BESIDE = {"from": {"least"}, "unnamed": {"id"}}
"""Figures that a reason has for other words than the English sentence of the court."""
NAMES = {
    "NASSCOM", "EDS", "XMG", "Everest", "Mordor Intelligence", "Market.us", "Realtime Data Stats",
    "Grand View Research", "Gartner", "KPO", "ITO", "BPO", "IT", "ICT", "USD", "CNY",
}  # fmt: skip


def shipped(inputs: Inputs) -> Inputs:
    """Return inputs that hold the shipped ledger and the name of every subject that a claim is about."""
    from reports.inputs import document

    whole = ledger.load()
    subjects: Iterable[str] = {subject for claim in claims.load().values() for subject in claim.subjects}
    subjects = {*subjects, *(one.subject for one in whole.statements)}
    changed: Mapping[str, Any] = {
        "sources": {name: document(source) for name, source in whole.sources.items()},
        "statements": whole.by_id,
        "titles": {name: gather.title(name, whole) for name in subjects},
    }
    return dataclasses.replace(inputs, **changed)


def with_id(inputs: Inputs, name: str) -> Inputs:
    return dataclasses.replace(inputs, statements={**inputs.statements, name: inputs.statements[STATEMENT]})
