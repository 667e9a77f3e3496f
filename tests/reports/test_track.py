from __future__ import annotations

import dataclasses

import pytest

from reports import track, voice
from reports.inputs import Inputs
from reports.page import Paragraph, Table

OFFSHORE = "cn.offshore.execution.usd"


@pytest.mark.parametrize(
    ("verdict", "english", "chinese"),
    [
        ("cannot tell", "from repeating the last value; origins: 8.", "（回测起点8个）"),
        ("better", "chance would give over 8 origins: combination.", "（回测起点8个）：组合模型。"),
        ("worse", "chance would give over 8 origins: combination.", "（回测起点8个）：组合模型。"),
    ],
)
def test_a_verdict_counts_origins_as_the_backtest_does(
    inputs: Inputs, verdict: str, english: str, chinese: str
) -> None:
    row = {"series": OFFSHORE, "against": "naive", "model": "combination", "verdict": verdict, "n": 8}
    section = track.section(dataclasses.replace(inputs, verdicts=(row,)))
    said = [
        voice.of(language).say(block.text)
        for language in ("en", "zh")
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
    assert any(english in text for text in said)
    assert any(chinese in text for text in said)


def test_the_note_names_the_column_that_it_explains(inputs: Inputs) -> None:
    table = track.section(inputs).blocks[-1]
    assert isinstance(table, Table)
    assert table.note is not None
    for language in ("en", "zh"):
        speaker = voice.of(language)
        assert speaker.say(table.note).startswith(speaker.say(table.columns[-1].heading))
