from __future__ import annotations

import dataclasses
import datetime as dt

from forecast.archive.changes import Changes
from reports import changes, outlook, voice, workbook
from reports.inputs import Inputs
from reports.page import Listing, Paragraph, Table

NAME = "cn.offshore.execution.usd"


def said(found: Inputs, language: str) -> str:
    """Everything that the sections on changes say, cells and all."""
    speaker = voice.of(language)
    texts = []
    for block in (block for section in (*changes.sections(found), *changes.details(found)) for block in section.blocks):
        if isinstance(block, Paragraph):
            texts.append(speaker.say(block.text))
        elif isinstance(block, Listing):
            texts += [speaker.say(item) for item in block.items]
        elif isinstance(block, Table):
            texts += [speaker.say(block.caption), *(speaker.cell(cell) for row in block.rows for cell in row)]
    return "\n".join(texts)


def test_what_changed_is_told_with_its_reasons_and_ids(changed: Inputs) -> None:
    text = said(changed, "en")
    assert "Since the run of 1 January 2026 (20260101T0100Z-outlook-1a2b3c4d), " in text
    assert "because the last known year moved from 2024 to 2025" in text
    assert "below the 80% interval" in text
    assert "New statements about these series" in text
    assert f"st-{NAME}-2025" in text


def test_both_languages_say_it(changed: Inputs) -> None:
    text = said(changed, "zh")
    assert "低于此前预测的80%区间" in text
    assert "原因是最后已知年份由2024年推进到2025年" in text


def test_nothing_to_compare_with_is_no_section(inputs: Inputs) -> None:
    assert changes.sections(inputs) == changes.details(inputs) == ()


def test_nothing_changed_is_said(inputs: Inputs) -> None:
    quiet = Changes("run-1", dt.date(2026, 1, 1), (), (), (), (), ())
    assert said(dataclasses.replace(inputs, changes=quiet), "en").endswith("no value, no forecast.")
    assert changes.details(dataclasses.replace(inputs, changes=quiet)) == ()


def test_the_workbook_has_the_changes(changed: Inputs) -> None:
    assert workbook.render(outlook.page(changed), voice.of("en")).startswith(b"PK")


def moved(found: Inputs, before: float, after: float) -> Inputs:
    """The inputs with one forecast that moved so, compared with a year before."""
    assert found.changes is not None
    one = dataclasses.replace(found.changes.moved[0], before=before, after=after, news=after - before, tools=0.0)
    return dataclasses.replace(found, changes=dataclasses.replace(found.changes, since="", moved=(one,)))


def test_a_move_that_its_digits_hide_is_shown_with_its_own(changed: Inputs) -> None:
    hidden = moved(changed, 2285.1, 2284.8)
    assert "hardly moved (USD −0.03 bn), because" in said(hidden, "en").replace("\u00a0", " ")
    assert "几乎未变（变动−0.3亿美元）" in said(hidden, "zh")
    assert "−0 bn" not in said(hidden, "en").replace("\u00a0", " ")


def test_a_move_that_can_be_seen_has_the_digits_of_the_forecast(changed: Inputs) -> None:
    text = said(moved(changed, 2290.0, 2040.0), "en").replace("\u00a0", " ")
    assert "went down from USD 229 bn to USD 204 bn" in text
    assert "USD −25 bn" in text


def test_a_new_statement_that_is_left_out_says_so_and_does_not_count(changed: Inputs) -> None:
    assert changed.changes is not None
    (mine,) = changed.changes.altered[0].statements
    decided = dataclasses.replace(
        changed.decisions[0], id="d9", statement=mine, act="exclude", field="", was="", becomes=""
    )
    found = dataclasses.replace(changed, decisions=(decided,))
    assert "about the series shown here: 0, besides 1 that a decision leaves out." in said(found, "en")
    assert "left out (d9)" in said(found, "en")
    assert "其中0条陈述涉及本页序列（另有1条经决定不采用）" in said(found, "zh")
    assert "about the series shown here: 1." in said(changed, "en")
    assert "left out" not in said(changed, "en")
