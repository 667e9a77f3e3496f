from __future__ import annotations

from pathlib import Path

import pytest

from forecast.cli import evidence, invoke
from tests.forecast.cli.conftest import OFFSHORE, ask


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CACHE", tmp_path / "cache")


def test_check_passes_on_a_ledger_that_agrees(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = ask(capsys, "check", "--ledger", str(folder))
    assert first == {"statements": 3, "findings": [], "conflicts": []}
    assert len(list(evidence.CACHE.iterdir())) == 1
    assert ask(capsys, "check", "--ledger", str(folder)) == first


def test_check_names_a_conflict_and_leaves_with_4(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write(f"s0004,m,{OFFSHORE},2019,level,100.0,100.0,-1,USD 100m,exact,nearest,printed,,,,,,,,Wrong.\n")
    (conflict,) = ask(capsys, "check", "--ledger", str(folder), code=4)["conflicts"]
    assert conflict["resolved_by"] is None
    assert conflict["repairs"][0]["statements"] == ["s0004"]
    assert conflict["repairs"][0]["hypothesis"] == "base-year value"
    assert conflict["repairs"][0]["bounds"] == pytest.approx([109.95, 110.05], abs=0.01)
    assert invoke(["series", "check", "--ledger", str(folder)]) == 4
    assert "cannot all be true" in capsys.readouterr().out


def test_check_shows_a_decided_conflict_with_its_decision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write(f"s0004,m,{OFFSHORE},2019,level,100.0,100.0,-1,USD 100m,exact,nearest,printed,,,,,,,,Wrong.\n")
    with (folder / "decisions.csv").open("a", encoding="utf-8") as file:
        file.write("d1,2026-01-01,s0004,exclude,,,,The base year was printed.\n")
    found = ask(capsys, "check", "--ledger", str(folder))
    (conflict,) = found["conflicts"]
    assert (conflict["resolved_by"], conflict["repairs"][0]["hypothesis"]) == ("d1", "base-year value")
    assert [(one["kind"], one["statements"]) for one in found["findings"]] == [("excluded", ["s0004"])]
    assert "The base year was printed." in found["findings"][0]["message"]


def test_a_document_of_a_day_to_come_is_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("2020-01-31", "2999-01-01"), encoding="utf-8")
    (found,) = ask(capsys, "check", "--ledger", str(folder))["findings"]
    assert (found["kind"], found["statements"]) == ("date ahead", ["s0001", "s0002", "s0003"])
    assert "source m is dated 2999-01-01, and today is " in found["message"]


def test_a_file_that_may_be_cut_short_is_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "statements.csv"
    file.write_bytes(file.read_bytes()[:-4])
    (found,) = ask(capsys, "check", "--ledger", str(folder))["findings"]
    assert found["kind"] == "cut file"
    assert found["message"].startswith("the last line of statements.csv has no line end and may have been cut short")


def test_a_statement_that_cannot_be_true_by_itself_is_told_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evidence.clash({"statements": ["s1"]}) == "s1 cannot be true with what always holds"
    assert evidence.clash({"statements": ["s1", "s2"]}) == "s1, s2 cannot all be true"


def test_explain_cites_publisher_and_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "explain", OFFSHORE, "2019", "--ledger", str(folder))
    assert (found["value"], found["status"]) == (110.0, "published")
    assert "(Ministry, 2020-01-31; s0002)" in found["text"]
    assert invoke(["series", "explain", OFFSHORE, "2019", "--ledger", str(folder)]) == 0
    assert "lies between" in capsys.readouterr().out


def test_export_writes_the_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "offshore.csv"
    found = ask(capsys, "export", OFFSHORE, "--out", str(target), "--ledger", str(folder))
    assert found == {"path": str(target), "series": [OFFSHORE], "observations": 2}
    assert "110.0" in target.read_text(encoding="utf-8")


def test_revisions_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("l,Ministry,Later,2021-01-31,,zh,originator,\n")
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write(f"s0004,l,{OFFSHORE},2019,level,111.0,111.0,-1,USD 100m,exact,nearest,printed,,,,,,,,Revised.\n")
    (one,) = ask(capsys, "show", OFFSHORE, "--revisions", "--ledger", str(folder))["revisions"]
    assert (one["period"], one["kind"], one["first"]["value"]) == ("2019", "explicit", 110.0)
    assert invoke(["series", "show", OFFSHORE, "--revisions", "--ledger", str(folder)]) == 0
    assert "explicit" in capsys.readouterr().out


def test_quarters_are_shown_with_status(capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, "show", "cn.offshore.execution.cny", "--frequency", "quarterly")
    shown = {one["period"]: one for one in found["observations"]}
    assert shown["2020Q4"]["status"] == "derived"
    assert 3158 < shown["2020Q4"]["low"] < shown["2020Q4"]["high"] < 3160
    assert shown["2023Q4"]["status"] == "estimated"
