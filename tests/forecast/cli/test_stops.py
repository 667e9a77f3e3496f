"""Stops: a signal from outside ends a command as Ctrl-C does, with nothing left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from forecast.cli import invoke
from forecast.cli.stops import heed
from series.files import replace_file

SAID = {"SIGTERM": (143, "stopped from outside"), "SIGHUP": (129, "stopped, as its terminal was closed")}


@pytest.fixture(params=SAID)
def stop(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the name of a signal that is heeded, and treat it afterwards as before."""
    if not hasattr(signal, request.param):
        pytest.skip(f"this system has no {request.param}")
    number = getattr(signal, request.param)
    before = signal.signal(number, signal.SIG_DFL)
    heed()
    yield request.param
    signal.signal(number, before)


def test_a_signal_has_its_own_exit_code(
    stop: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("forecast.archive.runs.scan", lambda *_: signal.raise_signal(getattr(signal, stop)))
    code, said = SAID[stop]
    assert invoke(["archive", "list"]) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"forecast: {said}; nothing more was written\n")


def test_a_signal_leaves_no_file_beside_the_one_that_was_to_be_written(stop: str, tmp_path: Path) -> None:
    def write(beside: Path) -> None:
        beside.write_text("half")
        signal.raise_signal(getattr(signal, stop))

    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "whole.csv", write)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        heed()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
