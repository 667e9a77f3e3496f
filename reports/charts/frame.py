"""Frame: what every chart shares, from its size to the look of its axes."""

from __future__ import annotations

from typing import Any

from reports.charts.theme import FONT, LIGHT, Size


def dress(layers: list[Any], size: Size) -> dict[str, Any]:
    """Lay layers over each other; size and room are fixed by hand, so that no font on the machine moves anything."""
    import altair as alt

    width, height = size.plot
    axis = alt.AxisConfig(
        title=None,
        labelColor=LIGHT["muted"],
        labelFontSize=size.letters,
        labelOverlap=False,
        labelBound=False,
        labelFlush=False,
        labelPadding=6,
        gridColor=LIGHT["rule"],
        domainColor=LIGHT["muted"],
        tickColor=LIGHT["muted"],
    )
    chart = alt.LayerChart(
        layer=layers,
        width=width,
        height=height,
        padding={"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom},
        autosize=alt.AutoSizeParams(type="none"),
        config=alt.Config(font=FONT, background="transparent", view=alt.ViewConfig(stroke=None), axis=axis),
    )
    return dict(chart.to_dict(validate=False))
