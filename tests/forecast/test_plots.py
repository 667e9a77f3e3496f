from __future__ import annotations

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
