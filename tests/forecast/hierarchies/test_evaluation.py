from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from forecast.cli import invoke
from forecast.errors import EvidenceError
from forecast.hierarchies.evaluation import backtest_sums, gains
from forecast.hierarchies.reconciling import with_wholes
from tests.forecast.hierarchies.conftest import cities


def test_what_reconciling_gains_is_told_level_by_level() -> None:
    answer = backtest_sums(cities(), None, ["theta"], 5, 3)
    found = answer["reconciliation"]
    assert (found["parts"], found["series"], found["origins"]) == (5, 8, 5)
    rows = {(row["model"], row["level"]): row for row in found["scores"]}
    assert {level for _, level in rows} == {"total", "country", "parts", "all"}
    for row in rows.values():
        assert row["gain_percent"] == pytest.approx(100 * (1 - row["crps_reconciled"] / row["crps_unreconciled"]))
        assert row["verdict"] in ("better", "worse", "cannot tell")
    assert rows["theta", "all"]["n"] == 8 * (3 + 3 + 3 + 2 + 1)


def test_nothing_is_learned_from_later_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    from forecast.hierarchies import evaluation

    seen = []

    def spy(base: object, levels: object, part: object, errors: object, month: int, *rest: object) -> object:
        past = errors.periods[errors.periods <= month]  # type: ignore[attr-defined]
        seen.append((month, int(past.max())))
        return base

    monkeypatch.setattr(evaluation, "adjusted", spy)
    whole, hierarchy, _ = with_wholes(cities())
    gains(whole, hierarchy, ["drift"], 4, 2)
    assert len(seen) == 4
    assert all(last <= month for month, last in seen)


def test_short_parts_tell_nothing() -> None:
    whole, hierarchy, _ = with_wholes(cities(12))
    with pytest.raises(EvidenceError, match="0 parts have 18 values"):
        gains(whole, hierarchy, ["drift"], 8, 2)


def test_what_is_not_told_says_what_it_takes_and_which_origins_would_tell() -> None:
    answer = backtest_sums(cities(16), None, ["drift"], 8, 2)
    assert answer["warnings"][-1] == (
        "what adding up gains is not told: 0 parts have 18 values in a row up to 2015, and two must "
        "(4 to forecast from, 6 errors to learn from, 8 origins); backtest --origins 6 would tell"
    )
    assert "reconciliation" in backtest_sums(cities(16), None, ["drift"], 6, 2)
    whole, hierarchy, _ = with_wholes(cities(10))
    with pytest.raises(EvidenceError, match=r"8 origins\)$"):
        gains(whole, hierarchy, ["drift"], 8, 2)


def test_the_command_line_reconciles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csv"
    lines = [f"{2000 + n},{10 + n % 5},{20 + n % 3}\n" for n in range(22)]
    path.write_text("year,a,b\n" + "".join(lines), encoding="utf-8")
    common = ["--data", str(path), "--models", "drift", "--horizon", "2", "--sums", "ab=a+b", "--json"]
    assert invoke(["backtest", *common, "--origins", "4"]) == 0
    assert json.loads(capsys.readouterr().out)["reconciliation"]["parts"] == 2
    assert invoke(["run", *common, "--out", str(tmp_path / "out.csv")]) == 0
    rows = json.loads(capsys.readouterr().out)["forecasts"]
    middle = {row["series"]: row["value"] for row in rows if row["quantile"] == 0.5 and row["period"] == "2022"}
    assert middle["ab"] == pytest.approx(middle["a"] + middle["b"])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").count("\n") == len(rows) + 1
    assert invoke(["run", *common, "--out", str(tmp_path / "out")]) == 0
    assert invoke(["run", *common, "--out", str(tmp_path / "out")]) == 2


def test_parts_with_a_gap_are_left_out_of_what_is_compared() -> None:
    panel = cities(36)
    one, *others = panel.series
    holed = replace(one, observations=(*one.observations[:-4], *one.observations[-3:]))
    answer = backtest_sums(replace(panel, series=(holed, *others)), None, ["drift"], 4, 1)
    assert answer["reconciliation"]["parts"] == 4
