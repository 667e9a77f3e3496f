from __future__ import annotations

import dataclasses

import pytest

from reports import observations, voice
from reports.figures import Figure, Span
from reports.inputs import Inputs
from series.observations import Status
from series.periods import Period


def test_a_published_value_has_the_range_that_its_rounding_leaves(inputs: Inputs) -> None:
    series = inputs.series[0]
    newest = dataclasses.replace(series.observations[-1], low=1634.25, high=1634.35)
    exact = dataclasses.replace(series, observations=(*series.observations[:-1], newest))
    span = observations.figures(exact, inputs).rows[0][2]
    assert isinstance(span, Span)
    assert [str(end.value) for end in (span.low, span.high)] == ["1634.25", "1634.35"]


@pytest.mark.parametrize(
    ("value", "low", "high", "status", "shown", "span"),
    [
        (1643.0, 1642.5, 1643.38864, "published", "1643", ("1642.5", "1643.4")),
        (1303.3, 1302.69, 1303.95, "derived", "1303", ("1302.6", "1304.0")),
        (44.001, 43.946, 44.057, "derived", "44.0", ("43.94", "44.06")),
        (13.6718713, 13.6718713, 13.845, "narrowed", "13.7", ("13.67", "13.85")),
    ],
)
def test_a_value_has_the_digits_that_its_range_bears(
    inputs: Inputs, value: float, low: float, high: float, status: Status, shown: str, span: tuple[str, str]
) -> None:
    series = inputs.series[0]
    one = dataclasses.replace(series.observations[-1], value=value, low=low, high=high, status=status)
    row = observations.figures(dataclasses.replace(series, observations=(one,)), inputs).rows[0]
    assert isinstance(row[1], Figure)
    assert isinstance(row[2], Span)
    assert (str(row[1].value), (str(row[2].low.value), str(row[2].high.value))) == (shown, span)


def test_a_bare_figure_is_shown_with_its_unit(inputs: Inputs) -> None:
    statement = inputs.statements["st-cn.offshore.execution.usd-2025"]
    assert observations.printed(statement) == "1634.3 (USD 100m)"
    growth = dataclasses.replace(statement, kind="growth", unit="percent", printed="-3.2", base=statement.period)
    assert observations.printed(growth) == "-3.2%"
    assert observations.printed(statement, "zh") == "1634.3（亿美元）"
    times = dataclasses.replace(growth, kind="multiple", unit="x", printed="137")
    assert observations.printed(times) == "137×"


def test_a_printed_value_keeps_the_noughts_of_its_print(inputs: Inputs) -> None:
    series = inputs.series[0]
    one = dataclasses.replace(series.observations[-1], value=1700.0, low=1699.95, high=1700.05, last_digit=-1)
    row = observations.figures(dataclasses.replace(series, observations=(one,)), inputs).rows[0]
    assert [voice.of("en").cell(cell, series.unit) for cell in row[1:3]] == ["170.00", "169.995–170.005"]
    assert [voice.of("zh").cell(cell, series.unit) for cell in row[1:3]] == ["1700.0", "1699.95至1700.05"]


def test_growth_over_years_says_from_which_to_which(inputs: Inputs) -> None:
    statement = inputs.statements["st-cn.offshore.execution.usd-2024"]
    average = dataclasses.replace(statement, kind="cagr", unit="percent", base=Period.year(2006))
    yearly = dataclasses.replace(statement, kind="growth", unit="percent", base=Period.year(2023))
    english, chinese = voice.of("en"), voice.of("zh")
    assert english.say(observations.about(average)) == "average growth, 2006 to 2024"
    assert chinese.say(observations.about(average)) == "2006年至2024年年均增速"
    assert english.say(observations.about(yearly)) == "growth, 2024"


def test_a_value_has_the_digits_that_its_series_or_its_print_has(inputs: Inputs) -> None:
    name, unit = "cn.offshore.execution.usd", "USD 100m"
    known = observations.valued(name, Period.year(2025), 1634.3, ("s1",), inputs, unit)
    assert (str(known.value), known.basis) == ("1634.3", ("s1",))
    told = observations.valued("other", Period.year(2014), 559.2, (f"st-{name}-2014",), inputs, unit)
    assert (str(told.value), told.last) == ("559.2", -1)
    assert str(observations.valued("other", Period.year(2014), 559.2345, (), inputs, unit).value) == "559.23"
