from __future__ import annotations

from typing import Any

import pytest

from reports import outcomes, voice
from reports.figures import Span
from reports.inputs import Inputs


def outcome(value: float, low: float, high: float | None, pinned: bool) -> dict[str, Any]:
    return {"value": value, "low": low, "high": high, "pinned": pinned, "statements": ["s1"]}


@pytest.mark.parametrize(
    ("came", "english", "chinese"),
    [
        (outcome(13.646, 2.48998, 24.80201, False), "2–25%", "2–25%"),
        (outcome(-8.262, -26.676, 10.151, False), "−27 to 11%", "−27至11%"),
        (outcome(10.3526, 10.3513, 10.3538, True), "10.4%", "10.4%"),
        (outcome(5.3, 5.25, 5.35, True), "5.3%", "5.3%"),
        (outcome(3.0, 3.0, None, False), "at least 3%", "不低于3%"),
    ],
)
def test_what_came_is_one_value_only_where_the_evidence_pins_it_down(
    came: dict[str, Any], english: str, chinese: str
) -> None:
    found = outcomes.came(came, "percent")
    said = [
        (voice.of(language).quantity(found) if isinstance(found, Span) else voice.of(language).say(found)).replace(
            "\u00a0", " "
        )
        for language in ("en", "zh")
    ]
    assert said == [english, chinese]


def test_times_more_and_times_as_much_are_told_apart(inputs: Inputs) -> None:
    reading = inputs.claims[0]["readings"][0]
    more, much = (reading | {"sense": sense} for sense in ("times more", "times as much"))
    assert [voice.of("en").say(outcomes.named(one, inputs)) for one in (more, much)] == [
        "Offshore execution: times more",
        "Offshore execution: times as much",
    ]
    assert [voice.of("zh").say(outcomes.named(one, inputs)) for one in (more, much)] == [
        "离岸执行额：增加的倍数",
        "离岸执行额：为基期的倍数",
    ]
    assert voice.of("en").say(outcomes.named(reading, inputs)) == "Offshore execution"
