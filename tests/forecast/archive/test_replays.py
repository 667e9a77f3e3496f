from __future__ import annotations

import datetime as dt

import pytest

from forecast.archive.replays import replay
from forecast.errors import EvidenceError, InputError
from series.periods import Period

OFFSHORE = "cn.offshore.execution.usd"
QUICK = ("naive", "drift")


def test_a_replay_uses_only_what_was_published() -> None:
    rows = replay(OFFSHORE, 2018, 2020, models=QUICK)
    origins = {row.as_of: row.origin for row in rows}
    assert origins["2019-06-30"] == Period.year(2018)
    assert origins["2020-06-30"] == Period.year(2019)
    assert all(int(str(origin)) < int(day[:4]) for day, origin in origins.items())
    assert {row.model for row in rows} == set(QUICK)
    assert all(row.statements for row in rows)


def test_naive_repeats_what_was_last_known_then() -> None:
    row = next(r for r in replay(OFFSHORE, 2019, 2019, models=QUICK) if (r.model, r.horizon) == ("naive", 1))
    assert (row.median, row.actual[0]) == (pytest.approx(886.5), pytest.approx(968.9))


def test_an_earlier_view_scores_fewer_outcomes() -> None:
    now = replay(OFFSHORE, 2018, 2020, models=QUICK)
    then = replay(OFFSHORE, 2018, 2020, models=QUICK, as_of=dt.date(2022, 12, 31))
    assert len(then) < len(now)
    assert {row.period for row in then} <= {row.period for row in now}


def test_nothing_to_score_is_said() -> None:
    with pytest.raises(EvidenceError, match="leaves a forecast"):
        replay(OFFSHORE, 2030, 2031, models=QUICK)
    with pytest.raises(InputError, match="earlier one first"):
        replay(OFFSHORE, 2021, 2020)
