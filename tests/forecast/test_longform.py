from __future__ import annotations

import numpy as np

from forecast.longform import frame, records, shown
from forecast.quantiles import Forecasts
from series.periods import Period

ANSWER = Forecasts(np.array([[[1.0, 2], [3, 4]], [[np.nan] * 2] * 2]), np.array([0.1, 0.9]), ("x", ""), ("", "short"))
ORIGINS = (Period.parse("2019Q4"), Period.parse("2018Q2"))


def test_a_row_is_a_quantile_of_a_step() -> None:
    rows = records("m", ["a", "b"], ORIGINS, ANSWER)
    assert len(rows) == 4
    assert list(rows[2].values()) == ["m", "a", "2019Q4", 2, "2020Q2", 0.1, 3.0]


def test_the_frame_has_the_same_rows() -> None:
    table = frame("m", ["a", "b"], ORIGINS, ANSWER)
    assert table.dropna().to_dict("records") == records("m", ["a", "b"], ORIGINS, ANSWER)
    assert table["period"].tolist()[-1] == "2018Q4"


def test_ten_digits_are_shown() -> None:
    assert shown(1 / 3) == 0.3333333333
    assert shown(1e300) == 1e300
