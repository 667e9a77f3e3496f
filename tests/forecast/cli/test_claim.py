from __future__ import annotations

import json
from pathlib import Path

import pytest

from forecast.cli import invoke
from tests.forecast.cli.conftest import levels

OFFSHORE = "cn.offshore.execution.usd"


def test_what_a_claim_starts_from_has_its_printed_digits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # rows are not folded
    assert invoke(["claim", "check", "C02", "--engine", "batch"]) == 0
    told = capsys.readouterr().out
    for base in ("2022: 2,522.1 ", "2022: 1,368.5 ", "2022: 16,514 ", "2022: 8,953 "):
        assert base in told


def test_a_chance_of_a_short_series_says_that_it_leans_on_the_error_atlas(capsys: pytest.CaptureFixture[str]) -> None:
    said = "KPO will exceed 50% of offshore outsourcing by 2030"
    assert invoke(["claim", "check", "--text", said, "--as-of", "2026-06-30", "--engine", "batch", "--json"]) == 0
    (ground,) = [one for one in json.loads(capsys.readouterr().out)["grounds"] if one["key"] == "leans"]
    assert ground["figures"] == {"subject": "cn.offshore.execution.kpo.share", "count": 5}


def test_the_record_can_be_asked_for_as_it_was_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["claim", "score", "--as-of", "2020-12-31", "--engine", "batch", "--json"]) == 0
    then = json.loads(capsys.readouterr().out)
    assert invoke(["claim", "score", "--engine", "batch", "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    assert (then["as_of"], now["as_of"]) == ("2020-12-31", None)
    assert {one["claim"] for one in then["claims"]} < {one["claim"] for one in now["claims"]}
    assert all(one["made"] <= "2020-12-31" and one["end"] < "2020" for one in then["claims"])
    assert invoke(["claim", "score", "--as-of", "2009-01-01"]) == 4
    assert "no claim about the future was settled by 2009-01-01" in capsys.readouterr().err


def test_a_claim_is_judged_by_the_ledger_that_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["claim", "check", "--text", "Offshore execution was USD 11 bn in 2019", "--json"]
    verdicts = []
    for more in ([], ["--ledger", str(folder)]):
        assert invoke([*words, *more]) == 0
        verdicts.append(json.loads(capsys.readouterr().out)["verdict"])
    assert verdicts == ["refuted", "entailed"]


def test_claims_are_settled_by_the_ledger_that_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["claim", "score", "--ledger", str(folder), "--json"]) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == ("forecast: no claim about the future was settled yet; name a ledger that knows more\n")


def test_a_claim_of_the_list_needs_figures_of_the_ledger_that_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["claim", "check", "C02", "--ledger", str(folder), "--engine", "batch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "not checkable"


@pytest.mark.parametrize("claim", ["C15", "C16"])
def test_nothing_grows_from_nothing_at_a_rate(claim: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    levels(folder, [0] * 20)
    words = ["claim", "check", claim, "--engine", "batch", "--ledger", str(folder), "--json"]
    assert invoke(words) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] in ("refuted", "entailed")


def test_claims_backtests_and_replays_take_a_ledger_of_the_users_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "Offshore execution in dollars grew 10% in 2019."
    assert invoke(["claim", "check", "--text", said, "--ledger", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["statements"] == ["s0003"]
    own = ["--ledger", str(folder)]
    assert invoke(["claim", "check", "C02", *own, "--engine", "batch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "not checkable"  # no value of 2022 there
    for command in (["claim", "score"], ["backtest", "cn.offshore.execution.usd"], ["archive", "score", OFFSHORE]):
        assert invoke([*command, *own]) == 4  # two values are too few to settle or to score anything
        assert capsys.readouterr().err.startswith("forecast: ")
    for command in (["claim", "check", "C02"], ["claim", "score"], ["backtest"], ["archive", "score", OFFSHORE]):
        assert invoke([*command, "--ledger", str(folder / "nowhere")]) == 2
        assert "is not a folder" in capsys.readouterr().err


def test_a_backtest_takes_data_or_a_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder / "mine.csv"
    data.write_text("year,value\n2001,1\n2002,2\n", encoding="utf-8")
    assert invoke(["backtest", "--data", str(data), "--ledger", str(folder)]) == 2
    assert "both --data and --ledger are given" in capsys.readouterr().err
