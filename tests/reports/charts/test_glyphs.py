from __future__ import annotations

import pytest

from reports.charts import glyphs


@pytest.mark.parametrize(
    ("name", "colour"), [("interval", "var(--fan-80)"), ("outer", "var(--fan-95)"), ("middle", "var(--series)")]
)
def test_what_the_chart_colours_has_the_same_colour_in_its_key(name: str, colour: str) -> None:
    assert colour in glyphs.glyph(name)


def test_observations_have_the_colour_of_the_text() -> None:
    assert "var(" not in glyphs.glyph("published")
