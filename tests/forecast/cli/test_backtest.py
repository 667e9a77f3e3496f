"""`backtest` and `archive score` on a ledger of one's own."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from forecast.archive.scoring import Tally
from forecast.cli import archive, invoke
from tests.forecast.cli.conftest import OFFSHORE, levels

GROWING = (100, 103, 99, 108, 112, 111, 119, 125, 121, 130, 138, 137, 145, 151)


@pytest.fixture
def own(folder: Path) -> Path:
    """A ledger that knows fourteen years."""
    return levels(folder, GROWING)


def test_models_are_scored_on_the_ledger_that_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["backtest", OFFSHORE, "--models", "drift", "--origins", "2", "--horizon", "1", "--json"]
    assert invoke([*words, "--ledger", str(own)]) == 0
    rows = [row for row in json.loads(capsys.readouterr().out)["scores"] if row["model"] == "naive"]
    steps = ((57 / 11), (65 / 12))  # mean steps up to 2017 and 2018, after which 8 and 6 came
    wanted = (8 / steps[0] + 6 / steps[1]) / 2
    assert [row["value"] for row in rows if row["metric"] == "mase"] == pytest.approx([wanted] * 4)


def test_earlier_years_are_replayed_on_the_ledger_that_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["archive", "score", OFFSHORE, "--first", "2018", "--last", "2019", "--json"]
    assert invoke(words) == 0
    shipped = json.loads(capsys.readouterr().out)["tallies"]
    assert invoke([*words, "--ledger", str(own)]) == 0
    found = json.loads(capsys.readouterr().out)["tallies"]
    assert found
    assert found != shipped


@pytest.mark.parametrize("command", [["backtest"], ["backtest", "--out", "o"], ["run"], ["run", "--out", "o"]])
def test_series_are_taken_from_a_file_or_a_ledger(
    command: list[str], own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)
    Path("my.csv").write_text("period,value\n2019,1\n", encoding="utf-8")
    assert invoke([*command, "--data", "my.csv", "--ledger", str(own)]) == 2
    told = capsys.readouterr().err
    assert "--ledger" in told
    assert told.count("\n") == 1
    assert not Path("o").exists()


def test_years_up_to_which_nothing_moved_are_not_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["archive", "score", OFFSHORE, "--json", "--ledger", str(folder)]
    levels(folder, [100] * 14)
    assert invoke(words) == 4
    assert "leaves a forecast of" in capsys.readouterr().err
    levels(folder, [100] * 10 + [110, 115, 120, 125])
    assert invoke(words) == 0
    assert json.loads(capsys.readouterr().out)["scored"] > 0


def test_a_coverage_that_no_outcome_tells_is_none() -> None:
    tally = Tally("naive", OFFSHORE, 1, 1, 1.0, (1.0, 1.0, 1.0), 1.0, None, (math.nan, 1.0), enough=False)
    assert archive._tallied(tally)["coverage"] == [None, 1.0]
