from __future__ import annotations

import dataclasses

import pytest

from reports import track, voice
from reports.inputs import Inputs, Score
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


def scored(inputs: Inputs, model: str, value: float, n: int) -> Inputs:
    """Return the inputs with the scores of one model on the last series, a share, alone."""
    share = inputs.series[-1].id
    scores = tuple(Score(model, share, "all", metric, value, n) for metric in ("mase", "coverage_80"))
    naive = tuple(Score("naive", share, "all", metric, value, 1) for metric in ("mase", "coverage_80"))
    return dataclasses.replace(inputs, scores=(*scores, *naive))


def shown(inputs: Inputs) -> tuple[list[list[str]], str]:
    table = track.section(inputs).blocks[-1]
    assert isinstance(table, Table)
    assert table.note is not None
    said = voice.of("en")
    return [[said.cell(cell) for cell in row] for row in table.rows], said.say(table.note)


def test_a_model_without_a_scored_forecast_has_no_row_but_a_reason(inputs: Inputs) -> None:
    rows, note = shown(scored(inputs, "growth", float("nan"), 0))
    assert [row[0] for row in rows] == ["naive"]
    assert "Not in the table: growth, which is for amounts above zero and forecasts no shares." in note
    rows, note = shown(scored(inputs, "theta", float("nan"), 0))
    assert [row[0] for row in rows] == ["naive"]
    assert "no forecast could be scored: theta." in note


def test_one_forecast_alone_gives_no_share_held(inputs: Inputs) -> None:
    rows, note = shown(scored(inputs, "theta", 0.5, 4))
    assert rows == [["naive", "0.50", "–", "1"], ["theta", "0.50", "50%", "4"]]
    assert "a dash stands where n is 1" in note
