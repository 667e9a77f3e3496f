"""How a command line ends: stopped, read to the middle only, on a full disk, or without a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecast.cli import COMMANDS, invoke
from series.ledger import columns

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ("series", "report", "claim", "archive")


def ended(out: int, *words: str, bare: bool = False) -> tuple[int, str]:
    """Return the exit code of a command that writes to `out`, and what it says on stderr; in a `bare` environment."""
    environment = {**({} if bare else os.environ), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "forecast.cli", *words]
    done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=environment, check=False, text=True)
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", [["--help"], ["claim", "list"], ["claim", "list", "--json"]])
def test_a_reader_that_goes_is_no_error(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(writing, *words) == (0, "")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    ("words", "said"), [(["claim", "list", "--json"], "use standard output"), (["--version"], "write")]
)
@pytest.mark.parametrize("bare", [False, True])
def test_output_to_a_full_disk_is_one_line(words: list[str], said: str, bare: bool) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, error = ended(full, *words, bare=bare)
    finally:
        os.close(full)
    assert (code, error.count("\n")) == (2, 1)
    assert error.startswith(f"forecast: cannot {said}: No space left on device")


@pytest.mark.parametrize(
    ("closed", "words", "code", "said"),
    [
        (1, ["--version"], 0, ""),
        (1, ["--help"], 0, ""),
        (1, ["claim", "list"], 0, ""),
        (1, ["claim", "list", "--json"], 0, ""),
        (2, ["series", "show", "nope"], 2, ""),
        (2, ["claim", "list", "--json"], 0, '{\n "claims": ['),
        (0, ["extract", "-"], 2, "forecast: stdin is empty"),
    ],
)
def test_a_closed_stream_is_as_one_that_nobody_reads(closed: int, words: list[str], code: int, said: str) -> None:
    call = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
    command = [sys.executable, "-c", call, str(closed), "-m", "forecast.cli", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, text=True)
    assert done.returncode == code
    assert (done.stdout if closed == 2 else done.stderr).startswith(said)
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "ascii:strict"])
def test_letters_that_the_output_cannot_hold_are_escaped(encoding: str, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    about = "m,Ministry,Report,2024-01-31,,zh,originator,"
    figure = "s1,m,cn.offshore.execution.usd,2023,level,1.0,1.0,-1,USD 100m,exact,nearest,printed,,,,,,,,"
    for name, head, row in (
        ("sources", columns.SOURCE, about),
        ("statements", columns.STATEMENT, figure),
        ("decisions", columns.DECISION, ""),
    ):
        (ledger / f"{name}.csv").write_text(f"{','.join(head)}\n{row}\n", encoding="utf-8")

    def said(*words: str) -> bytes:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "forecast.cli", *words]
        return subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, check=True).stdout

    assert any("外包" in claim["text"]["zh"] for claim in json.loads(said("claim", "list", "--json"))["claims"])
    assert b"2023\\u20132023" in said("series", "list", "--ledger", str(ledger))


@pytest.mark.parametrize("place", ["forecast.cli.application.answer", "forecast.archive.runs.scan"])
def test_a_stop_is_told(place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, stop)
    assert invoke(["archive", "list"]) == 130
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "forecast: stopped by the user; nothing more was written\n")


def test_the_first_import_takes_nothing_heavy_in() -> None:
    told = "import sys; before = set(sys.modules); import forecast.cli; print(*sorted(set(sys.modules) - before))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, env=environment, check=True, text=True)
    assert not {"typer", "rich", "numpy", "pandas"} & set(done.stdout.split())


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_without_a_command_says_what_it_has(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke([name]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(f"Usage: forecast {name} ")
    assert COMMANDS[name][1] in captured.out
    assert captured.err == ""
