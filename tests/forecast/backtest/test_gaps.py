from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.backtest import make
from forecast.backtest.gaps import count_unscored, lines
from forecast.panels import from_frame

YEARS = range(2005, 2023)


def frame(*missing: int) -> pd.DataFrame:
    steps = np.random.default_rng(4).standard_normal(len(YEARS))
    values = 100 * np.exp(np.cumsum(0.05 + 0.05 * steps))
    whole = pd.DataFrame({"year": YEARS, "a": values, "b": values[::-1] + 1})
    whole.loc[whole["year"].isin(missing), "a"] = np.nan
    return whole


def test_what_gaps_take_out_is_counted_by_hand() -> None:
    found = make(from_frame(frame(2019)), ["theta"], origins=4, horizon=2)
    ends = [str(end) for row, end in zip(found.rolling.rows, found.rolling.origins, strict=True) if row == 0]
    assert ends == ["2017", "2018", "2020", "2021"]  # not 2019, which has no value
    count = count_unscored(found.panel.series, found.rolling)
    # two steps from 2017, 2018 and 2020, one from 2021, of a and of b; 2019 is the second of 2017 and the first of 2018
    assert (count.series, count.skipped, count.missing, count.steps) == (1, 1, 2, 14)
    assert found.warnings[-1] == (
        "gaps in 1 of 2 series take 1 origin and 2 of 14 steps ahead out of the backtest: "
        "nothing starts from a missing value, or is scored by one"
    )
    cells = found.cells["theta"]["crps"][found.rolling.rows == 0]
    assert np.isnan(cells).tolist() == [[False, True], [True, False], [False, False], [False, True]]


def test_a_model_that_refuses_gaps_says_how_much_it_was_scored_on() -> None:
    found = make(from_frame(frame(2016)), ["ets"], origins=8, horizon=1)
    assert any(one.startswith("ets refused 5 of 16 windows of the backtest because of gaps") for one in found.warnings)
    alone = make(from_frame(frame(2006)[["year", "a"]]), ["ets"], origins=8, horizon=1)
    assert alone.warnings[-1] == "ets refused all 8 windows of the backtest because of gaps, and has no score"


def test_without_gaps_there_is_nothing_to_say() -> None:
    found = make(from_frame(frame()), ["theta"], origins=4, horizon=2)
    assert lines(found.panel.series, found.rolling, found.answers) == []
