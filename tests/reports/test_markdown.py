from __future__ import annotations

import dataclasses
import re

from reports import markdown, outlook, voice
from reports.inputs import Inputs


def test_every_footnote_used_is_defined(inputs: Inputs) -> None:
    text = markdown.render(outlook.page(inputs), voice.of("en"))
    defined = set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert set(re.findall(r"\[\^(\d+)\]", text)) == defined
    assert len(defined) == 7


def test_tables_have_as_many_cells_as_columns(inputs: Inputs) -> None:
    text = markdown.render(outlook.page(inputs), voice.of("zh"))
    blocks = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    assert len(blocks) > 5
    for block in blocks:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}) == 1


def test_text_of_sources_cannot_become_markup(inputs: Inputs) -> None:
    title = "a | b\n# head <b>*bold*</b> [x](y)"
    sources = {name: dataclasses.replace(source, title=title) for name, source in inputs.sources.items()}
    text = markdown.render(outlook.page(dataclasses.replace(inputs, sources=sources)), voice.of("en"))
    assert r"a \| b \# head &lt;b&gt;\*bold\*&lt;/b&gt; \[x\](y)" in text
