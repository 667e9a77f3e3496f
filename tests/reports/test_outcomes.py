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
        (outcome(13.646, 2.48998, 24.80201, False), "2–25%", "2%至25%"),
        (outcome(-8.262, -26.676, 10.151, False), "−27 to 11%", "−27%至11%"),
        (outcome(10.3526, 10.3513, 10.3538, True), "10.35%", "10.35%"),
        (outcome(5.3, 5.25, 5.35, True), "5.3%", "5.3%"),
        (outcome(37.3551, 37.3502, 37.3598, True), "37.4%", "37.4%"),
        (outcome(-0.0868, -0.1329, -0.0407, True), "−0.14 to −0.04%", "−0.14%至−0.04%"),
        (outcome(18.72, 18.672, 18.769, True) | {"verdict": "consistent"}, "18.67–18.77%", "18.67%至18.77%"),
        (outcome(19.0, 18.95, 19.05, True) | {"last_digit": -1}, "19.0%", "19.0%"),
        (outcome(3.0, 3.0, None, False), "at least 3%", "不低于3%"),
    ],
)
def test_what_came_is_one_value_only_where_one_tells_all(came: dict[str, Any], english: str, chinese: str) -> None:
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
