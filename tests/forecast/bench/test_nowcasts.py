import pytest

from forecast.bench import nowcasts
from forecast.bench.records import kept
from forecast.nowcast.routes import FACTORS

KEPT = kept("nowcasts")
ROWS = {table["title"]: table["rows"] for table in KEPT["tables"]}


def test_national_totals_meet_what_is_promised_of_them() -> None:
    rows = {row["months"]: row for row in ROWS[nowcasts.WHOLES]}
    assert rows["8 and more"]["error"] < 4
    assert 72 <= rows["all"]["coverage"] <= 88
    for row in rows.values():
        if row["n"] >= 5:
            assert row["CRPS"] < row["CRPS run-rate"]
            assert row["error"] < row["run-rate"]
        if row["n with growth"] >= 5:
            assert row["CRPS there"] < row["CRPS same growth"]


def test_parts_beat_both_baselines_at_every_span_with_five_cases() -> None:
    rows = [row for row in ROWS[nowcasts.PARTS] if row["months"].isdigit()]
    for row in (row for row in rows if row["n"] >= 5):
        assert row["error"] < row["run-rate"]
        assert row["CRPS"] < row["CRPS run-rate"]
    for row in (row for row in rows if row["n with growth"] >= 5):
        assert row["error there"] < row["same growth"]
        assert row["CRPS there"] < row["CRPS same growth"]


def test_the_record_is_what_the_ledger_gives_today() -> None:
    subject = "cn.onshore.execution.usd"
    before = next(row for row in ROWS[nowcasts.SUBJECTS] if row["subject"] == subject)
    row = nowcasts.tables([subject])[-1].rows[0]
    fixed = ("subject", "n", "run-rate", "n with growth", "same growth")
    assert {key: row[key] for key in fixed} == {key: before[key] for key in fixed}


def test_the_shipped_factors_are_those_that_all_cases_taught() -> None:
    assert pytest.approx(KEPT["factors"], abs=0.01) == FACTORS
