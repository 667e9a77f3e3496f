from __future__ import annotations

import dataclasses
import re
from typing import get_args

import pytest

from reports import evidence, html, voice
from reports.inputs import Inputs
from reports.page import Table, Words
from series.statements import Hedge, Rounding


def test_every_observation_has_its_statements(inputs: Inputs) -> None:
    blocks = [block for section in evidence.page(inputs).sections for block in section.blocks]
    tables = {block.id: block for block in blocks if isinstance(block, Table)}
    rows = tables["statements-cn.offshore.execution.usd"].rows
    assert len(rows) == sum(len(o.statements) for o in inputs.series[0].observations)


def test_revisions_and_decisions_are_told(inputs: Inputs) -> None:
    text = html.render(evidence.page(inputs), voice.of("en"))
    assert "implied by later growth" in text
    assert "read as 336.4 instead of 344.6" in text
    assert "Digits were swapped." in text


def test_conflicts_name_what_yields_and_who_settled_it(inputs: Inputs) -> None:
    ids = ["st-cn.offshore.execution.usd-2012", "st-cn.offshore.execution.usd-2013"]
    conflict = {
        "id": "c1",
        "statements": ids,
        "resolved_by": "d1",
        "act": "exclude",
        "repairs": [{"statements": ids[:1], "bounds": [336.2, 336.6]}],
    }
    open_one = conflict | {"id": "c2", "resolved_by": None, "repairs": [{"statements": ids[1:], "bounds": [1.0, None]}]}
    disputed = dataclasses.replace(inputs, conflicts=(conflict, open_one))
    text = html.render(evidence.page(disputed), voice.of("en"))
    assert "2 sets of statements" in re.sub(r"<[^>]+>", "", text)
    assert "USD&nbsp;33.62–33.66&nbsp;bn" in text.replace("\u00a0", "&nbsp;")
    assert "left out (d1)" in text
    assert ">open<" in text


@pytest.mark.parametrize(
    ("field", "was", "becomes", "english", "chinese"),
    [
        ("value", "344.6", "336.4", "read as 336.4 instead of 344.6", "由344.6改读为336.4"),
        ("hedge", "exact", "over", "read as over instead of exact", "由“确切”改读为“超过”"),
        ("rounding", "nearest", "truncated", "read as cut off instead of rounded", "由四舍五入改读为截尾"),
        ("base", "2010", "2011", "read as 2011 instead of 2010", "由2010年改读为2011年"),
    ],
)
def test_a_field_that_was_reread_is_named_in_the_language_of_the_page(
    inputs: Inputs, field: str, was: str, becomes: str, english: str, chinese: str
) -> None:
    decided = dataclasses.replace(inputs.decisions[0], field=field, was=was, becomes=becomes)
    (row,) = evidence._decisions(dataclasses.replace(inputs, decisions=(decided,))).rows
    assert isinstance(row[4], Words)
    assert [voice.of(language).say(row[4]) for language in ("en", "zh")] == [english, chinese]


def test_every_hedge_and_rounding_has_words() -> None:
    wanted = {f"reading.{name}" for name in (*get_args(Hedge), *get_args(Rounding))}
    assert {key for key in voice.catalogue() if key.startswith("reading.")} == wanted


def test_a_statement_about_something_else_says_what_it_is_about(inputs: Inputs) -> None:
    share, whole = inputs.series[2], inputs.series[0]
    (name,) = share.observations[-1].statements
    other = dataclasses.replace(inputs.statements[name], subject=whole.id)
    found = dataclasses.replace(inputs, statements=dict(inputs.statements) | {name: other})
    rows = evidence._statements(share, found).rows
    said = [voice.of("en").cell(row[1]) for row in rows]
    assert said[:2] == ["Offshore execution: level, 2022", "level, 2021"]
    assert voice.of("zh").cell(rows[0][1]) == "离岸执行额：2022年水平值"
