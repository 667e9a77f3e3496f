from __future__ import annotations

import pytest

from reports import html, markdown, names, outlook, scorecard, voice
from reports.inputs import Inputs


def test_a_model_without_a_name_keeps_that_of_the_code() -> None:
    assert [voice.of(language).say(names.model("theta")) for language in ("en", "zh")] == ["theta", "theta"]
    assert voice.of("zh").say(names.listed(["combination", "theta"])) == "组合模型、theta"


@pytest.mark.parametrize("make", [outlook.page, scorecard.page])
def test_a_chinese_page_calls_model_and_engine_by_their_chinese_names(make: object, inputs: Inputs) -> None:
    page = make(inputs)  # type: ignore[operator]
    text = markdown.render(page, voice.of("zh"))
    assert "combination" not in text
    assert "引擎）" in text
    assert not {"（reference", "（batch"} & {text[at : at + 10] for at in range(len(text)) if text[at] == "（"}
    assert "combination" in html.render(page, voice.of("en"))
