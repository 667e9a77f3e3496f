"""Drawing: from the data of a chart to its picture."""

from __future__ import annotations

from reports.charts import fan, record, svg
from reports.charts.theme import Size
from reports.page import Fan, Record
from reports.voice import Voice


def draw(drawing: Fan | Record, voice: Voice, size: Size) -> str:
    """Return the picture of a chart as SVG."""
    if isinstance(drawing, Record):
        return svg.render(record.spec(drawing, voice, size))
    return svg.render(fan.spec(drawing, voice, size))
