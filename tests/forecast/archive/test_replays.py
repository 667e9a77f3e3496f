from __future__ import annotations

import datetime as dt

import pytest

import series
from forecast.archive import replays
from forecast.archive.replays import replay
from forecast.errors import EvidenceError, InputError
from series.ledger import Ledger
from series.observations import Series
from series.periods import Frequency, Period

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


def test_years_after_the_last_publication_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = replay(OFFSHORE, 2024, 2026, models=QUICK)
    asked: list[dt.date | None] = []

    def counted(subject: str, frequency: Frequency, day: dt.date | None, ledger: Ledger) -> Series:
        asked.append(day)
        return series.show(subject, frequency, day, ledger)

    monkeypatch.setattr(replays, "show", counted)
    assert replay(OFFSHORE, 2024, 2200, models=QUICK) == wanted
    assert len(asked) <= 5


@pytest.mark.parametrize(("first", "last"), [(0, 2020), (-1, 2020), (2020, 99999)])
def test_years_that_no_period_has_are_refused(first: int, last: int) -> None:
    with pytest.raises(InputError, match=rf"replay from {first} to {last}: give years within 1800-2200"):
        replay(OFFSHORE, first, last, models=QUICK)
