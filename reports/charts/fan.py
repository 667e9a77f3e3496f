"""Fan: observations told apart by shape, a forecast as nested bands, claimed paths as dashed lines, labels in place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.charts import frame
from reports.charts.theme import LIGHT, Size
from reports.figures import Figure
from reports.page import Fan, Point
from reports.voice import Voice
from series.periods import Period

SHAPES: dict[str, tuple[str, bool]] = {
    "published": ("circle", True),
    "narrowed": ("square", True),
    "derived": ("diamond", False),
    "estimated": ("triangle-up", False),
    "conflicting": ("cross", False),
    "given": ("circle", True),
    "summed": ("diamond", False),
}
PRINTED = ("published", "narrowed")
ROOM = 2.0
"""How many times the tallest line a band may rise before it is cut off."""
LETTER = 0.56
"""Width of a letter of a label as a part of its size."""
MARK = 10
"""Pixels that a mark takes beside a label."""
Row = dict[str, Any]


def spec(fan: Fan, voice: Voice, size: Size) -> dict[str, Any]:
    """Return the Vega-Lite specification of a fan chart in the words and the scale of `voice`."""
    import altair as alt

    def level(value: Decimal) -> float:
        return float(voice.scaled(value, fan.unit))

    top = _ceiling(fan, level)
    first, last = _ends(fan)
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, last], nice=False, zero=False),
        axis=alt.Axis(values=_years(first, last, size.every), format="d", grid=False, tickSize=4, domain=True),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=5, domain=False, ticks=False, format=",~f" if voice.language == "en" else "~f"),
    )

    def layer(rows: Sequence[Row]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=list(rows)))

    layers: list[alt.Chart] = []
    origin = fan.points[-1] if fan.points else None
    for coverage in sorted({c for step in fan.intervals for c in step.bands}, reverse=True):
        rows = [
            {"x": _x(step.period), "y": level(step.bands[coverage][0]), "y2": level(step.bands[coverage][1])}
            for step in fan.intervals
        ]
        if origin:
            rows.insert(0, {"x": _x(origin.period), "y": level(origin.value), "y2": level(origin.value)})
        layers.append(
            layer(rows)
            .mark_area(color=LIGHT[f"fan-{coverage}"], clip=any(row["y2"] > top for row in rows))
            .encode(x=x, y=y, y2="y2:Q")
        )
    for path in fan.paths:
        rows = [{"x": _x(period), "y": level(value)} for period, value in path.steps]
        layers.append(
            layer(rows).mark_line(color=LIGHT["claim"], strokeWidth=1.8, strokeDash=[7, 3, 1.5, 3]).encode(x=x, y=y)
        )
    if fan.intervals:
        rows = [{"x": _x(step.period), "y": level(step.median)} for step in fan.intervals]
        if origin:
            rows.insert(0, {"x": _x(origin.period), "y": level(origin.value)})
        layers.append(layer(rows).mark_line(color=LIGHT["series"], strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=y))
    for run in _runs(fan.points):
        rows = [{"x": _x(point.period), "y": level(point.value)} for point in run]
        layers.append(layer(rows).mark_line(color=LIGHT["series"], strokeWidth=1.6).encode(x=x, y=y))
    layers += [_marks(layer, fan.points, status, level, x, y) for status in SHAPES if _has(fan.points, status)]
    layers += [_ranges(layer, fan.points, level, x, y)] if any(_bounded(p) for p in fan.points) else []
    layers += _labels(fan, voice, size, level, top, layer, x, y)
    return frame.dress(layers, size)


def _marks(layer: Any, points: Sequence[Point], status: str, level: Any, x: Any, y: Any) -> Any:
    """Draw the observations of one status in its shape: filled when printed, hollow when inferred."""
    shape, filled = SHAPES[status]
    rows = [{"x": _x(point.period), "y": level(point.value)} for point in points if point.status == status]
    fill = LIGHT["series"] if filled else LIGHT["paper"]
    return (
        layer(rows)
        .mark_point(
            shape=shape, size=34 if filled else 52, fill=fill, stroke=LIGHT["series"], strokeWidth=1.6, opacity=1
        )
        .encode(x=x, y=y)
    )


def _ranges(layer: Any, points: Sequence[Point], level: Any, x: Any, y: Any) -> Any:
    """Draw what the evidence allows where it allows more than one value."""
    rows = [
        {"x": _x(point.period), "y": level(point.low), "y2": level(point.high)} for point in points if _bounded(point)
    ]
    return layer(rows).mark_rule(color=LIGHT["series"], strokeWidth=1.2).encode(x=x, y=y, y2="y2:Q")


def _labels(fan: Fan, voice: Voice, size: Size, level: Any, top: float, layer: Any, x: Any, y: Any) -> list[Any]:
    """Write the newest observation, the bands, the median and the paths where they stand."""
    texts: list[tuple[float, str, str]] = []
    if fan.intervals:
        end = fan.intervals[-1]
        texts.append((level(end.median), _value(voice, "median", end.median, fan), "series"))
        texts += [
            (min(level(end.bands[c][1]), top), _band(voice, c, end.bands[c][1], fan, top), "muted") for c in end.bands
        ]
        ends = [(path.steps[-1][1], path.label) for path in fan.paths]
        texts += [(level(value), _value(voice, label, value, fan), "claim") for value, label in ends]
    layers = [
        _text(layer, _ends(fan)[1], height, text, colour, size, x, y, align="left", dx=7, dy=4)
        for height, text, colour in _apart(texts, (size.letters + 3) * top / size.plot[1], top)
    ]
    if fan.points:
        newest = fan.points[-1]
        text = f"{newest.period}: {voice.bare(Figure(newest.value, fan.unit))}"
        width = len(text) * LETTER * size.letters
        place = {"align": "right", "dx": -6, "dy": -10 - _clearance(fan, level, width, top, size)}
        drop = _depth(fan, level, width, top, size) + size.letters + 6
        steps = [step for path in fan.paths for step in path.steps if step[0].start <= newest.period.start]
        if any(value > newest.value for _, value in steps) and drop < level(newest.value) * size.plot[1] / top:
            place |= {"dy": drop}
        layers.append(_text(layer, _x(newest.period), level(newest.value), text, "ink", size, x, y, **place))
    return layers


def _clearance(fan: Fan, level: Any, width: float, top: float, size: Size) -> float:
    """Return the pixels by which a label left of the newest observation must rise to stand above those below it."""
    return max(_beside(fan, level, width, top, size))


def _depth(fan: Fan, level: Any, width: float, top: float, size: Size) -> float:
    """Return the pixels by which a label left of the newest observation must sink to stand below those above it."""
    return -min(_beside(fan, level, width, top, size))


def _beside(fan: Fan, level: Any, width: float, top: float, size: Size) -> list[float]:
    """Return how far above the newest observation, in pixels, lie those that a label left of it reaches, and paths."""
    newest, (first, last), (across, up) = fan.points[-1], _ends(fan), size.plot
    reach = _x(newest.period) - (width + MARK) * (last - first) / across
    levels = [(_x(point.period), level(point.value)) for point in fan.points]
    levels += [(_x(period), level(value)) for path in fan.paths for period, value in path.steps]
    here = _x(newest.period)
    return [(float(height) - float(level(newest.value))) * up / top for x, height in levels if reach <= x <= here]


def _band(voice: Voice, coverage: int, high: Decimal, fan: Fan, top: float) -> str:
    """Return the label of a band: its coverage, and how far it goes where it leaves the chart."""
    name = "band" if float(voice.scaled(high, fan.unit)) <= top else "band_cut"
    shown = voice.bare(Figure.estimate(float(high), fan.unit))
    return voice.template(f"chart.{name}").replace("{coverage}", str(coverage)).replace("{value}", shown)


def _value(voice: Voice, label: str, value: Decimal, fan: Fan) -> str:
    """Return the label of a line's end: what it is, and where it ends."""
    shown = voice.bare(Figure.estimate(float(value), fan.unit))
    return voice.template(f"chart.{label}").replace("{value}", shown)


def _text(
    layer: Any, at: float, height: float, text: str, colour: str, size: Size, x: Any, y: Any, **place: Any
) -> Any:
    """Write one label at a point."""
    return (
        layer([{"x": at, "y": height, "text": text}])
        .mark_text(color=LIGHT[colour], fontSize=size.letters, baseline="alphabetic", **place)
        .encode(x=x, y=y, text="text:N")
    )


def _apart(texts: Sequence[tuple[float, str, str]], gap: float, top: float) -> list[tuple[float, str, str]]:
    """Move labels that would overlap apart by `gap`, in their order, near their places, none above `top`."""
    ordered = sorted(texts, key=lambda item: item[0])
    heights = [height for height, _, _ in ordered]
    for _ in range(200):
        moved = False
        for i in range(1, len(heights)):
            lack = gap - (heights[i] - heights[i - 1])
            if lack > 1e-9 * gap:
                heights[i - 1] -= lack / 2
                heights[i] += lack / 2
                moved = True
        if not moved:
            break
    for below, i in enumerate(reversed(range(len(heights)))):
        heights[i] = min(heights[i], top - below * gap)
    return [(height, text, colour) for height, (_, text, colour) in zip(heights, ordered, strict=True)]


def _x(period: Period) -> float:
    """Place a period by its first month, in years."""
    return period.start / 12


def _ends(fan: Fan) -> tuple[float, float]:
    places = [_x(point.period) for point in fan.points] + [_x(step.period) for step in fan.intervals]
    return min(places) - 0.4, max(places)


def _years(first: float, last: float, every: int) -> list[int]:
    return [year for year in range(int(first), int(last) + 1) if year % every == 0 and year >= first]


def _ceiling(fan: Fan, level: Any) -> float:
    """Return the top of the chart: bands that would dwarf everything else leave it, and say how far they go."""
    tallest = [level(point.high) for point in fan.points]
    tallest += [level(step.median) for step in fan.intervals]
    tallest += [level(value) for path in fan.paths for _, value in path.steps]
    main = max(tallest, default=1.0)
    bands = max((level(high) for step in fan.intervals for _, high in step.bands.values()), default=0.0)
    return max(main, min(bands, ROOM * main)) * 1.04


def _bounded(point: Point) -> bool:
    """Whether the evidence leaves a range: the half digit around a printed figure is none that one could see."""
    return point.low < point.high and point.status not in PRINTED


def _has(points: Sequence[Point], status: str) -> bool:
    return any(point.status == status for point in points)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Split observations where a period is missing: a line must not bridge a gap."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and runs[-1][-1].period.end + 1 == point.period.start:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs
