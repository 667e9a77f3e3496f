"""Brief: lines that fit a terminal."""

from __future__ import annotations

import itertools

import pytest

from reports import brief, outlook, voice
from reports.columns import wide
from reports.inputs import Inputs

CHINESE = "服务外包执行额（人民币）：从2019年的10695.7亿元到2030年的约22800亿元，全年即时预测为11,064.5亿元。" * 3


@pytest.mark.parametrize("width", [30, 41, 52, 78])
def test_no_line_breaks_within_a_number_or_begins_with_a_closing_mark(width: int) -> None:
    lines = brief._wrap(CHINESE, width)
    assert "".join(lines) == CHINESE
    for before, after in itertools.pairwise(lines):
        assert not (before[-1].isascii() and after[0].isascii())
        assert after[0] not in "，。：）"
    assert max(map(wide, lines)) <= width + 2


def test_words_keep_their_spaces_and_a_bullet_hangs() -> None:
    lines = brief._wrap("From USD\u00a0163.43\u00a0bn in 2025 to about USD\u00a0210\u00a0bn in 2030", 30, "- ")
    assert lines == ["- From USD\u00a0163.43\u00a0bn in 2025", "  to about USD\u00a0210\u00a0bn in 2030"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_of_the_brief_fits(inputs: Inputs, language: str) -> None:
    text = brief.render(outlook.page(inputs), voice.of(language), 78)
    assert max(wide(line) for line in text.splitlines()) <= 80
