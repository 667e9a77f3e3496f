from __future__ import annotations

import dataclasses
import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reports import outlook, voice
from reports.charts import fan, svg
from reports.charts.theme import LIGHT, NARROW, WIDE
from reports.inputs import Inputs
from reports.page import Path
from series.periods import Period


def drawing(inputs: Inputs, size=WIDE, language: str = "en") -> str:
    series = inputs.series[0]
    picture = outlook.fan(series, inputs.forecast(series.id, outlook.MODEL))
    return svg.render(fan.spec(picture, voice.of(language), size))


def test_published_and_derived_differ_in_shape(inputs: Inputs) -> None:
    root = ElementTree.fromstring(drawing(inputs))  # noqa: S314
    fills = [e.get("fill") for e in root.iter() if e.get("aria-roledescription") == "point"]
    assert fills.count(LIGHT["series"]) == 15
    assert fills.count(LIGHT["paper"]) == 3


def test_the_forecast_is_dashed_and_its_bands_are_named(inputs: Inputs) -> None:
    text = drawing(inputs)
    assert 'stroke-dasharray="5,4"' in text
    for label in ("50%", "80%", "95%", "210 median", "2025: 163.43"):
        assert label in text


def test_chinese_counts_in_yi(inputs: Inputs) -> None:
    text = drawing(inputs, NARROW, "zh")
    assert "中位数 2100" in text
    assert ">2500<" in text


def test_labels_never_overlap() -> None:
    placed = fan._apart([(100.0, "a", ""), (101.0, "b", ""), (101.5, "c", ""), (300.0, "d", "")], 10.0, 305.0)
    heights = [height for height, _, _ in placed]
    assert [text for _, text, _ in placed] == list("abcd")
    assert all(b - a >= 10.0 - 1e-6 for a, b in itertools.pairwise(heights))
    assert heights[3] == 300.0


def test_labels_stay_below_the_top() -> None:
    placed = fan._apart([(300.0, "a", ""), (300.0, "b", ""), (300.0, "c", "")], 10.0, 300.0)
    assert [height for height, _, _ in placed] == [280.0, 290.0, 300.0]


def test_a_band_that_dwarfs_the_series_is_cut_and_says_how_far_it_goes(inputs: Inputs) -> None:
    picture = outlook.fan(inputs.series[0], inputs.forecast(inputs.series[0].id, outlook.MODEL))
    last = picture.intervals[-1]
    wild = dataclasses.replace(last, bands={**last.bands, 95: (last.bands[95][0], Decimal(17600))})
    cut = dataclasses.replace(picture, intervals=(*picture.intervals[:-1], wild))
    text = svg.render(fan.spec(cut, voice.of("en"), WIDE))
    assert "95%, to 1,760" in text
    inline = svg.inline(text, "one", "A title", "A description")
    found = re.search(r'<clipPath id="(one-\d+)"><rect', inline)
    assert found
    assert f"url(#{found[1]})" in inline


def test_inline_drawings_follow_the_colours_of_the_page(inputs: Inputs) -> None:
    text = svg.inline(drawing(inputs), "one", "A title", "A description")
    assert "var(--series)" in text
    assert not any(colour in text for colour in LIGHT.values())
    assert 'role="img" aria-labelledby="one-title one-desc"' in text
    assert "aria-roledescription" not in text


def test_a_drawing_alone_keeps_its_colours(inputs: Inputs) -> None:
    text = svg.alone(drawing(inputs), "one", "A title", "A description")
    assert LIGHT["series"] in text


def test_the_newest_label_stands_above_what_lies_left_of_it(inputs: Inputs) -> None:
    picture = outlook.fan(inputs.series[0], inputs.forecast(inputs.series[0].id, outlook.MODEL))
    rising = fan._clearance(picture, float, 80.0, 5000.0, WIDE)
    peak = dataclasses.replace(picture.points[-3], value=picture.points[-1].value + 500)
    falling = dataclasses.replace(picture, points=(*picture.points[:-3], peak, *picture.points[-2:]))
    assert 0 <= rising < 1
    assert fan._clearance(falling, float, 80.0, 5000.0, WIDE) == pytest.approx(WIDE.plot[1] / 10)
    assert fan._clearance(falling, float, 5.0, 5000.0, WIDE) == 0


def test_the_newest_label_stands_above_the_line_or_under_it_where_a_claimed_path_is_above(inputs: Inputs) -> None:
    series = inputs.series[0]
    whole = outlook.fan(series, inputs.forecast(series.id, outlook.MODEL))
    newest, last = series.observations[-1].period, whole.intervals[-1].period

    def height(*steps: tuple[Period, int]) -> float:
        paths = (Path("claimed", tuple((period, Decimal(value)) for period, value in steps)),) if steps else ()
        drawn = svg.render(fan.spec(dataclasses.replace(whole, paths=paths), voice.of("en"), WIDE))
        (label,) = (one for one in ElementTree.fromstring(drawn).iter() if one.text == "2025: 163.43")  # noqa: S314
        assert label.get("text-anchor") == "end"  # left of the fan
        return float(re.findall(r"[\d.]+", str(label.get("transform")))[1])

    above = height()
    assert height((newest, 1634), (last, 2000)) == above
    assert height((newest.step(-3), 1368), (newest, 1890), (last, 3220)) > above + 30
