from __future__ import annotations

import dataclasses

from reports import evidence, html, voice
from reports.inputs import Inputs
from reports.page import Table


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


def test_a_bare_figure_is_shown_with_its_unit(inputs: Inputs) -> None:
    statement = inputs.statements["st-cn.offshore.execution.usd-2025"]
    assert evidence._printed(statement) == "1634.3 (USD 100m)"
    growth = dataclasses.replace(statement, kind="growth", unit="percent", printed="-3.2", base=statement.period)
    assert evidence._printed(growth) == "-3.2%"
