"""Stops: signals that end a command from outside let it clear up as Ctrl-C does, instead of leaving files behind."""

from __future__ import annotations

import signal
from types import FrameType

STOPS = ("SIGTERM", "SIGHUP")
"""What service managers and schedulers send, and a terminal that is closed. Not every system has both."""


def heed() -> None:
    """Let the signals of `STOPS` raise `KeyboardInterrupt` with the exit code they ask for: 128 and their number.

    One that is ignored, as under `nohup`, stays so.
    """
    for name in STOPS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    raise KeyboardInterrupt(128 + number)
