"""Frames: what their index says, and series of pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from forecast.errors import InputError
from forecast.tables import of_frame
from tests.forecast.tables.conftest import values

WIDE = {"a": [1.0, 2.0, 4.0], "b": [3.0, 4.5, 5.0]}
WANTED = {name: [(str(2005 + at), value) for at, value in enumerate(cells)] for name, cells in WIDE.items()}
LONG = pd.DataFrame(WIDE, index=pd.Index([2005, 2006, 2007], name="period")).melt(
    var_name="series", value_name="value", ignore_index=False
)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(2005, 2008, name="year"),
        pd.RangeIndex(2005, 2008, name="when"),
        pd.RangeIndex(2005, 2008),
        [2005, 2006, 2007],
        ["2005", "2006", "2007"],
        pd.period_range("2005", periods=3, freq="Y"),
        pd.date_range("2005-12-31", periods=3, freq="YE", tz="Asia/Shanghai"),
    ],
)
def test_periods_stand_in_an_index_of_any_kind(index: object) -> None:
    assert values(of_frame(pd.DataFrame(WIDE, index=index))) == WANTED  # type: ignore[call-overload]


def test_numbers_of_rows_are_no_periods() -> None:
    for index in (pd.RangeIndex(3), pd.RangeIndex(5, 8), [7, 8, 9]):
        with pytest.raises(InputError, match=r"no column period .*its columns are a, b; give columns series"):
            of_frame(pd.DataFrame(WIDE, index=index))  # type: ignore[call-overload]
    guessed = LONG.reset_index().set_axis(["jahr", "stadt", "wert"], axis=1)
    assert values(of_frame(guessed[guessed["stadt"] == "b"])) == {"b": WANTED["b"]}
    assert values(of_frame(guessed.iloc[1:])) == {"a": WANTED["a"][1:], "b": WANTED["b"]}


def test_names_of_series_stand_in_an_index() -> None:
    across = pd.DataFrame(WIDE, index=range(2005, 2008)).T
    assert values(of_frame(across)) == WANTED
    assert values(of_frame(across.rename_axis("city"))) == WANTED
    assert values(of_frame(LONG.reset_index().set_index("series"))) == WANTED


def test_series_and_periods_stand_in_the_index_of_a_frame_or_a_series() -> None:
    both = LONG.reset_index().set_index(["series", "period"])
    for source in (both, both["value"], both["value"].swaplevel(), both["value"].rename("usd")):
        assert values(of_frame(source)) == WANTED
    assert values(of_frame(both["value"].rename_axis([None, None]))) == WANTED


def test_a_series_has_its_own_name() -> None:
    alone = pd.Series(WIDE["a"], index=range(2005, 2008), name="exports")
    assert values(of_frame(alone)) == {"exports": WANTED["a"]}
    assert values(of_frame(alone.rename(None))) == {"value": WANTED["a"]}


def test_columns_without_periods_are_refused_in_one_line() -> None:
    for source in (np.arange(3.0), pd.Index([1, 2]), pa.chunked_array([[1.0, 2.0]])):
        with pytest.raises(InputError, match="is no frame") as caught:
            of_frame(source)
        assert "\n" not in str(caught.value)
