from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from forecast.cli import invoke
from series import ledger as ledgers
from tests.forecast.cli.conftest import OFFSHORE, ask

ROOT = Path(__file__).resolve().parents[3]


def test_add_shows_the_change_and_writes_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--printed", "100.02"]
    arguments += ["--source", "m"]
    dry = ask(capsys, *arguments, "--dry-run")
    assert (dry["statement"], dry["written"]) == ("s0004", False)
    assert len(ledgers.load(folder).statements) == 3
    found = ask(capsys, *arguments)
    assert found["before"] == pytest.approx([99.95, 100.05], abs=0.01)
    assert found["after"] == pytest.approx([100.015, 100.025])
    assert (found["conflicts"], found["written"]) == ([], True)
    assert len(ledgers.load(folder).statements) == 4


def test_add_refuses_a_conflict_unless_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2019", "--printed", "101.0"]
    arguments += ["--source", "n", "--publisher", "Press", "--published", "2021"]
    refused = ask(capsys, *arguments, code=4)
    assert (refused["written"], len(refused["conflicts"])) == (False, 1)
    assert len(ledgers.load(folder).statements) == 3
    assert ask(capsys, *arguments, "--anyway")["written"]
    assert ledgers.load(folder).sources["n"].publisher == "Press"


def test_a_refusal_is_told_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2019", "--printed", "101.0"]
    arguments += ["--source", "n", "--publisher", "Press", "--published", "2021"]
    for more in ([], ["--json"], ["--dry-run"]):
        assert invoke(["series", *arguments, *more]) == 4
        error = capsys.readouterr().err
        assert error.startswith("forecast: s0004 was not written, 1 conflict is open with it: ")
        assert "cannot all be true; correct it, or write it with --anyway" in error
        assert error.count("\n") == 1
    assert invoke(["series", *arguments, "--anyway"]) == 0
    assert invoke(["series", "check", "--ledger", str(folder)]) == 4
    error = capsys.readouterr().err
    assert error.startswith("forecast: 1 conflict is open: ")
    assert error.endswith("cannot all be true; record a decision on one of its statements\n")


def test_a_print_is_added_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018"]
    arguments += ["--printed", "100.0", "--publisher", "Press", "--published", "2021", "--source"]
    assert invoke([*arguments, "m"]) == 2
    assert "s0001 says so already, from the same source; a print counts once" in capsys.readouterr().err
    assert invoke([*arguments, "n"]) == 0
    assert invoke([*arguments, "n", "--anyway"]) == 2
    assert "s0004 says so already" in capsys.readouterr().err
    assert len(ledgers.load(folder).statements) == 4


def test_the_id_of_a_new_document_is_a_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018"]
    arguments += ["--printed", "100.0", "--publisher", "Press", "--published", "2021", "--source"]
    for name in ("bad id!", "", "-x", "a,b"):
        assert invoke([*arguments, name]) == 2
        assert f"source id '{name}' is none; write it with letters, digits" in capsys.readouterr().err


def test_a_new_document_needs_publisher_and_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2019", "--printed", "101.0"]
    assert invoke(["series", *arguments, "--source", "n"]) == 2
    assert "give --publisher and --published" in capsys.readouterr().err


def test_a_printed_text_asks_for_its_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--source", "m"]
    for text in ("200亿元", "100多亿美元", "12%", "about 100"):
        assert invoke([*arguments, "--printed", text]) == 2
        said = f"the printed text '{text}' is not a plain number; keep it as it stood, and give its value in USD 100m"
        assert said in capsys.readouterr().err
    assert invoke([*arguments, "--printed", "10,002 m", "--value", "100.02", "--dry-run"]) == 0


@pytest.mark.parametrize(
    ("text", "period", "kind", "after"),
    [
        ("100.02亿美元", "2018", "level", [100.015, 100.025]),
        ("USD 10.002 billion", "2018", "level", [100.015, 100.025]),
        ("10.0%", "2019", "growth", [109.95, 110.05]),
    ],
)
def test_a_printed_text_with_its_unit_needs_no_value(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, period: str, kind: str, after: list[float]
) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", period, "--kind", kind]
    arguments += ["--printed", text, "--source", "n", "--publisher", "Press", "--published", "2021"]
    assert ask(capsys, *arguments)["after"] == pytest.approx(after)
    assert [one.printed for one in ledgers.load(folder).statements if one.source == "n"] == [text]


def test_what_is_said_of_a_known_document_has_to_be_what_the_ledger_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--source", "m"]
    arguments += ["--printed", "100.01", "--dry-run"]
    assert invoke([*arguments, "--publisher", "Press", "--published", "2020-01", "--role", "king"]) == 2
    assert capsys.readouterr().err == (
        "forecast: source 'm' is in the ledger with publisher 'Ministry', not 'Press'; role 'originator', not 'king'; "
        "published '2020-01-31 (day)', not '2020-01'; leave that out, or give the document an id of its own\n"
    )
    assert invoke([*arguments, "--publisher", "Ministry", "--published", "2020-01-31", "--role", "originator"]) == 0


def test_digits_below_the_last_printed_one_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--source", "m"]
    assert invoke([*arguments, "--printed", "100.02", "--exponent", "0"]) == 2
    assert "value 100.02 has digits below 10^0" in capsys.readouterr().err
    assert invoke([*arguments, "--printed", "100.02", "--exponent", "999999999"]) == 2
    assert "exponent '999999999' is not usable; write -1 for 886.5" in capsys.readouterr().err


def test_a_document_of_a_day_to_come_is_noted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--source", "n"]
    assert invoke([*arguments, "--printed", "100.02", "--publisher", "P", "--published", "2999", "--dry-run"]) == 0
    assert "source n is dated 2999-12-31, and today is " in capsys.readouterr().err


def test_a_ledger_that_another_writer_holds_is_locked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("series.ledger.locking.PATIENCE", 0.01)
    arguments = ["series", "add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2018", "--source", "m"]
    with FileLock(folder / ".lock"):
        assert invoke([*arguments, "--printed", "100.02"]) == 75
        assert "is being written to by another process; try later" in capsys.readouterr().err
        assert invoke([*arguments, "--printed", "100.02", "--dry-run"]) == 0
    assert len(ledgers.load(folder).statements) == 3


def test_three_who_add_at_once_to_a_new_ledger_all_get_in(tmp_path: Path) -> None:
    own = tmp_path / "own"
    command = [sys.executable, "-m", "forecast.cli", "series", "add", "--ledger", str(own), "--subject", OFFSHORE]
    command += ["--period", "2018", "--publisher", "P", "--published", "2020", "--hedge", "about"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([*command, "--source", name, "--printed", "886.5"], env=environment, stdout=subprocess.PIPE)
        for name in ("one", "two", "three")
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(None, 0)] * 3
    found = ledgers.load(own)
    assert len(found.statements) == len(ledgers.load().statements) + 3
    assert {"one", "two", "three"} <= found.sources.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_figure_without_words_of_its_own_is_told_as_others_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["add", "--ledger", str(folder), "--subject", OFFSHORE, "--period", "2017", "--printed", "90.10"]
    ask(capsys, *arguments, "--source", "m")
    said = "Ministry put the execution value of China's offshore service outsourcing (USD) for 2017 at USD 9.010 bn."
    assert ledgers.load(folder).by_id["s0004"].paraphrase == said
