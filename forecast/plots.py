"""Plots: a fan chart of one series from Python, for a notebook; reports draw their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forecast.errors import InputError, near
from series.observations import Series

if TYPE_CHECKING:
    import pandas as pd

BANDS = ((0.025, 0.975, 0.15), (0.1, 0.9, 0.3))


def fan(series: Series, forecasts: pd.DataFrame, model: str) -> Any:
    """Return an altair chart: the past as a line, the median dashed, the 80 and 95 % intervals as bands.

    The line ends before a gap and begins anew after it.

    Raises:
        InputError: if the model made no forecast of the series, or altair is not installed.
    """
    try:
        import altair
    except ImportError as error:
        raise InputError("altair is not installed; pip install 'outsourcing-forecast[reports]'") from error
    import pandas as pd

    own = forecasts[forecasts["series"] == series.id]
    models = list(dict.fromkeys(own["model"]))
    if model not in models:
        raise InputError(f"there is no forecast of {series.id} by '{model}'.{near(model, models)}")
    wide = own[own["model"] == model].pivot_table(index="period", columns="quantile", values="value").reset_index()
    wide.columns = [name if isinstance(name, str) else f"q{round(1000 * name)}" for name in wide.columns]
    x = altair.X("period:O", title=None)
    y: dict[str, Any] = {"title": series.unit or series.id, "scale": altair.Scale(zero=False)}
    layers = [
        altair.Chart(wide)
        .mark_area(opacity=opacity)
        .encode(x=x, y=altair.Y(f"q{round(1000 * low)}:Q", **y), y2=f"q{round(1000 * high)}:Q")
        for low, high, opacity in BANDS
    ]
    layers.append(altair.Chart(wide).mark_line(strokeDash=[4, 3], point=True).encode(x=x, y=altair.Y("q500:Q", **y)))
    past = pd.DataFrame(_past(series))
    line = altair.Chart(past).mark_line(point=True, color="black", invalid="break-paths-show-path-domains")
    layers.append(line.encode(x=x, y=altair.Y("value:Q", **y), detail="run:N"))
    return altair.layer(*layers).properties(title=f"{series.id}: {model}", width=560, height=300)


def _past(series: Series) -> list[dict[str, Any]]:
    """Return the values as rows, each with the number of its run; between runs the periods without a value."""
    rows: list[dict[str, Any]] = []
    run, before = 0, None
    for seen in series.observations:
        while before is not None and before.step() < seen.period:
            before = before.step()
            rows.append({"period": str(before), "value": None, "run": run})
            run += before.step() == seen.period
        rows.append({"period": str(seen.period), "value": seen.value, "run": run})
        before = seen.period
    return rows
