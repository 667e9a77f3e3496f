from __future__ import annotations

from dataclasses import replace

import pytest

from forecast import outlook
from forecast.errors import InputError
from forecast.panels import from_series
from series.observations import Series


def test_a_fan_has_the_past_the_median_and_two_bands(growing: Series) -> None:
    pytest.importorskip("altair")
    found = outlook.make(from_series([growing]), ["drift"], horizon=3, rank=False)
    chart = found.plot(model="drift").to_dict()
    marks = [layer["mark"]["type"] for layer in chart["layer"]]
    assert marks == ["area", "area", "line", "line"]
    assert [layer["encoding"]["y"]["field"] for layer in chart["layer"]] == ["q25", "q100", "q500", "value"]
    with pytest.raises(InputError, match="Did you mean 'drift'"):
        found.plot(model="drit")
    with pytest.raises(InputError, match="there is no series"):
        found.plot("x", model="drift")


def test_the_line_of_the_past_breaks_where_a_value_is_missing(growing: Series) -> None:
    pytest.importorskip("altair")
    seen = growing.observations
    holed = replace(growing, observations=(*seen[:4], *seen[6:]), gaps="missing")
    chart = outlook.make(from_series([holed]), ["drift"], horizon=1, rank=False).plot(model="drift").to_dict()
    past = chart["datasets"][chart["layer"][-1]["data"]["name"]]
    assert [(row["period"], row["value"] is None) for row in past[3:8]] == [
        ("2012", False), ("2013", True), ("2014", True), ("2015", False), ("2016", False),
    ]  # fmt: skip
    assert past[3]["run"] != past[6]["run"] == past[7]["run"]
    assert chart["layer"][-1]["encoding"]["detail"]["field"] == "run"
