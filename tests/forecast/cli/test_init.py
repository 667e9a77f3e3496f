"""How a command line ends: stopped, read to the middle only, on a full disk, or without a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecast.cli import COMMANDS, invoke

ROOT = Path(__file__).resolve().parents[3]
GROUPS = ("series", "report", "claim", "archive")


def ended(out: int, *words: str) -> tuple[int, str]:
    """Return the exit code of a command that writes to `out`, and what it says on stderr."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
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
def test_output_to_a_full_disk_is_one_line() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, error = ended(full, "claim", "list", "--json")
    finally:
        os.close(full)
    assert (code, error.count("\n")) == (2, 1)
    assert error.startswith("forecast: cannot use: No space left on device")


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


def test_a_word_that_is_missing_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["nowcast"]) == 2
    assert capsys.readouterr().err == "forecast: Missing argument 'ID'.\n"
