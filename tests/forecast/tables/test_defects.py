from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.tables import of_frame
from forecast.tables.defects import Defect, refusal

ALIKE = [Defect(f"row {row}: 'x' is not a number", "value") for row in range(1, 21)]


def said(frame: pd.DataFrame) -> str:
    with pytest.raises(InputError) as caught:
        of_frame(frame)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_text_is_mended_place_by_place_and_a_frame_by_the_column() -> None:
    places = str(refusal("my.csv", ALIKE))
    assert places.startswith("my.csv: 20 findings: row 1: 'x' is not a number; row 2: 'x' is not a number; ")
    assert places.endswith("row 12: 'x' is not a number; and 8 more")
    assert str(refusal("the frame", ALIKE, typed=True)) == (
        "the frame: 20 findings: row 1: 'x' is not a number (and 19 more alike)"
    )


def test_what_is_left_out_is_counted_by_places() -> None:
    kinds = [Defect(f"row {row}: {kind}", str(kind)) for kind in range(14) for row in range(3)]
    assert str(refusal("f", kinds, typed=True)).endswith("row 0: 11 (and 2 more alike); and 6 more")
    assert str(refusal("f", [Defect("one"), Defect("one")])) == "f: one"


def test_advice_is_given_once_and_last() -> None:
    assert str(refusal("f", [Defect("a", advice="Do so"), Defect("b", advice="Do so")])) == "f: 2 findings: a; b. Do so"


@pytest.mark.parametrize("values", [np.arange(16) + 1j, [True, False] * 8, [f"${n}" for n in range(16)]])
def test_a_column_of_another_type_is_one_line(values: list[object]) -> None:
    told = said(pd.DataFrame({"period": range(2005, 2021), "value": values}))
    assert told.startswith("the frame: 16 findings: row 1: ")
    assert told.endswith("is not a number (and 15 more alike)")


def test_columns_and_series_are_told_apart() -> None:
    years = range(2005, 2021)
    told = said(pd.DataFrame({"period": years, "a": "x", "b": "y"}))
    assert told == (
        "the frame: 32 findings: row 1, column a: 'x' is not a number (and 15 more alike); "
        "row 1, column b: 'y' is not a number (and 15 more alike)"
    )
    told = said(pd.DataFrame({"period": [*years, 2005, 2006], "a": range(18), "b": range(18)}))
    assert told.count("(and 1 more alike)") == 2
    told = said(pd.DataFrame({"period": [201001, 201002, 201003], "a": 1, "b": 2}))
    assert told.startswith("the frame: 6 findings: row 1, column a: '201001' is not a period")
    assert told.endswith("(and 5 more alike)")
