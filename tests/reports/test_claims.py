from __future__ import annotations

import dataclasses
from typing import Any

from reports import claims, outlook, voice
from reports.inputs import Inputs
from reports.page import Chart, Fan, Paragraph, Table

OFFSHORE = "cn.offshore.execution.usd"


def drawn(claim: dict[str, Any], inputs: Inputs) -> Chart | None:
    (section,) = claims.sections([claim], inputs, lambda subject: outlook.drawn(subject, inputs))
    return next((block for block in section.blocks if isinstance(block, Chart)), None)


def by_growth(inputs: Inputs, **demanded: object) -> dict[str, Any]:
    """The growth claim, its chance given by another model than the one whose fan is drawn."""
    claim = dict(inputs.claims[0])
    reading = claim["readings"][0]
    now = reading["now"] | {
        "median": 2520.0,
        "members": {"combination": 0.14, "theta": 0.47},
        "views": reading["now"]["views"] | {"inside": {"probability": 0.3, "method": "models", "model": "growth"}},
    }
    return claim | {"readings": [reading | {"now": now, "demanded": reading["demanded"] | demanded}]}


def test_a_chart_has_one_median_and_its_heading_quotes_it(inputs: Inputs) -> None:
    chart = drawn(by_growth(inputs), inputs)
    assert chart is not None
    assert isinstance(chart.drawing, Fan)
    shown = voice.of("en").say(chart.finding)
    median = outlook.page(inputs).title
    assert voice.of("en").say(median).rpartition(" USD")[2].split()[0] in shown
    assert "252" not in shown
    assert "252" not in voice.of("en").say(chart.description)


def told(claim: dict[str, Any], inputs: Inputs, language: str) -> str:
    (section,) = claims.sections([claim], inputs, lambda subject: outlook.drawn(subject, inputs))
    paragraphs = (block for block in section.blocks if isinstance(block, Paragraph))
    return "\n".join(voice.of(language).say(block.text) for block in paragraphs).replace("\u00a0", " ")


def test_a_chance_of_another_model_than_the_fan_is_said_to_be_one(inputs: Inputs) -> None:
    english, chinese = (told(by_growth(inputs), inputs, language) for language in ("en", "zh"))
    assert "rests on the model growth instead" in english
    assert "its median is USD 252 bn, and it gives the claim 30%" in english
    assert "it gives the claim 14%" in english
    assert "出自组合模型，按其推算该声称实现的概率为14%" in chinese
    assert "出自增长模型（growth）" in chinese


def test_what_each_model_gives_stands_on_the_page_that_quotes_the_spread(inputs: Inputs) -> None:
    assert "Each model by itself: combination 14%, growth 30%, theta 47%." in told(by_growth(inputs), inputs, "en")
    (tile,) = claims.tiles([by_growth(inputs)], OFFSHORE, inputs)
    note = voice.of("en").say(tile.note)
    assert note.startswith("read as Offshore execution; the models alone (combination, growth, theta) say ")


def test_a_chance_of_a_nowcast_is_said_to_be_one(inputs: Inputs) -> None:
    claim = by_growth(inputs)
    reading = claim["readings"][0]
    views = {"inside": {"probability": 0.94, "method": "nowcast", "model": "nowcast"}, "outside": None}
    now = reading["now"] | {"median": 1060.0, "members": {}, "views": views}
    english, chinese = (
        told(claim | {"readings": [reading | {"now": now}]}, inputs, language) for language in ("en", "zh")
    )
    assert "rests on the nowcast instead, because months of 2026 are known" in english
    assert "its median is USD 106 bn, and it gives the claim 94%" in english
    assert "出自即时预测" in chinese


def test_a_chance_that_only_other_economies_gave_is_said_to_be_theirs(inputs: Inputs) -> None:
    settled = next(one for one in inputs.claims if one["readings"] and one["readings"][0]["outcome"])
    reading = settled["readings"][0]
    alone = reading["then"] | {"views": {"inside": None, "outside": {"probability": 0.48}}}
    (section,) = claims.sections([settled | {"readings": [reading | {"then": alone}]}], inputs, lambda _: None)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert table.note is not None
    assert "like economies alone: Offshore execution" in voice.of("en").say(table.note)


def test_a_chance_of_the_model_that_is_drawn_needs_no_other(inputs: Inputs) -> None:
    assert "instead" not in told(dict(inputs.claims[0]), inputs, "en")


def test_the_fan_ends_with_the_claim(inputs: Inputs) -> None:
    chart = drawn(by_growth(inputs, period="2028"), inputs)
    assert chart is not None
    assert isinstance(chart.drawing, Fan)
    assert str(chart.drawing.intervals[-1].period) == "2028"


def test_a_claim_beyond_the_fan_has_no_chart(inputs: Inputs) -> None:
    assert drawn(by_growth(inputs, period="2035"), inputs) is None


def test_nothing_is_drawn_without_a_forecast(inputs: Inputs) -> None:
    assert drawn(by_growth(inputs), dataclasses.replace(inputs, forecasts=())) is None
