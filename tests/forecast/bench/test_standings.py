from __future__ import annotations

import numpy as np
import pytest

from forecast.bench.standings import Contest, contested
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Windows


def said(middle: Floats, half: float) -> Floats:
    return np.asarray(middle[:, :, None] + half * (2 * LEVELS - 1))


@pytest.fixture
def contest() -> Contest:
    pasts = [[1.0, 2.0, 1.0, 2.0], [3.0, 5.0, 3.0, 5.0], [1.0, 2.0, 1.0, 2.0]]
    truth = np.array([[2.0, 3.0], [9.0, 9.0], [2.0, 4.0]])
    sampled = said(truth + 0.5, 0.9)
    sampled[2] = np.nan
    answers = {"Naive2": said(truth + 1.0, 3.0), "ours": said(truth - 0.5, 2.0), "peer": sampled}
    return Contest("annual made up", Windows.of(pasts), truth, answers)


def test_ratios_to_the_yardstick_are_taken_on_the_same_series(contest: Contest) -> None:
    assert contest.ratio("MASE", "ours") == pytest.approx(0.5)  # 0.5 over the same steps as 1
    assert contest.ratio("MASE", "peer") == pytest.approx(0.5)
    assert contest.answered("peer") == 2
    ours, theirs = contest.paired("MASE", "ours", "peer")
    np.testing.assert_allclose(ours, [0.5, 0.25])
    np.testing.assert_allclose(theirs, [0.5, 0.25])


def test_tables_tell_coverage_and_differences(contest: Contest) -> None:
    tables = {table.title: table for table in contested([contest], "ours", "Peers: none.")}
    means = {row["model"]: row for row in tables["Means, annual"].rows}
    assert means["ours"]["MASE"] == "0.500"
    assert (means["ours"]["series"], means["peer"]["series"]) == (3, 2)
    covered = tables["Coverage of the default by length of history"].rows
    assert [row["95 %"] for row in covered] == ["100.0", "100.0"]
    assert covered[1]["values"] == "up to 15"
    horizons = tables["Coverage of the default by horizon"].rows
    assert [row["h2"] for row in horizons] == ["100", "100", "100"]
    others = {row["model"]: row["annual made up"] for row in tables["Coverage of everybody, 95 / 80 / 50 %"].rows}
    assert others["peer"] == "100 / 100 / 0"
    differences = {row["ours less"]: row["annual made up"] for row in tables["Paired differences, MASE"].rows}
    assert differences["Naive2"] == "-50.0 ± 19.6"  # differences of 0.5, 0.25, 0.5 in a yardstick of 5/6


def test_horizons_that_are_long_have_a_table_of_their_own(contest: Contest) -> None:
    truth = np.full((3, 24), 2.0)
    far = Contest("monthly made up", contest.windows, truth, {who: said(truth + 1, 1.0) for who in ("Naive2", "ours")})
    tables = {table.title: table for table in contested([contest, far], "ours")}
    near = tables["Coverage of the default by horizon"].rows
    assert [list(row) for row in near] == [["set", "level", "h1", "h2"]] * 3
    assert list(tables["Coverage of the default by horizon, far ahead"].rows[0])[-3:] == ["h18", "h21", "h24"]
