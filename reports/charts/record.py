"""Record: for each period, the interval that was forecast, its middle, and the outcome."""

from __future__ import annotations

from typing import Any

from reports.charts import frame
from reports.charts.theme import LIGHT, Size
from reports.page import Record
from reports.voice import Voice


def spec(record: Record, voice: Voice, size: Size) -> dict[str, Any]:
    """Return the Vega-Lite specification of forecasts beside outcomes."""
    import altair as alt

    def level(value: Any) -> float:
        return float(voice.scaled(value, record.unit))

    rows = [
        {
            "x": one.period.start // 12,
            "low": level(one.inner[0]),
            "high": level(one.inner[1]),
            "least": level(one.outer[0]),
            "most": level(one.outer[1]),
            "middle": level(one.median),
            "actual": level(one.actual),
        }
        for one in record.outcomes
    ]
    years = [row["x"] for row in rows]
    top = max(max(row["high"], row["actual"]) for row in rows) * 1.12
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[min(years) - 0.6, max(years) + 0.6], nice=False, zero=False),
        axis=alt.Axis(values=years[:: 1 if size.every < 10 else 2], format="d", grid=False, tickSize=4),
    )
    y_scale = alt.Scale(domain=[0, top], nice=False, clamp=True)
    y_axis = alt.Axis(tickCount=5, domain=False, ticks=False, format=",~f" if voice.language == "en" else "~f")

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", scale=y_scale, axis=y_axis)

    base = alt.Chart(alt.InlineData(values=rows))
    width = min(22.0, size.plot[0] / (len(rows) + 1) * 0.5)
    layers = [
        base.mark_bar(color=LIGHT["fan-95"], size=width * 0.45).encode(x=x, y=y("least"), y2="most:Q"),
        base.mark_bar(color=LIGHT["fan-80"], size=width).encode(x=x, y=y("low"), y2="high:Q"),
        base.mark_tick(color=LIGHT["series"], size=width, thickness=2, orient="horizontal").encode(x=x, y=y("middle")),
        base.mark_point(
            shape="circle", size=46, fill=LIGHT["ink"], stroke=LIGHT["paper"], strokeWidth=1, opacity=1
        ).encode(x=x, y=y("actual")),
    ]
    return frame.dress(layers, size)
