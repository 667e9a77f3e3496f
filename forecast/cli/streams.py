"""Streams: standard input, output and errors that are always there and can write any letter."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the writing around."""
OUTPUT = "standard output"


def prepare() -> None:
    """Put nothing's device where a stream is closed, and escape letters that the encoding of a stream cannot hold.

    A closed stream would lend its number to the next file that is opened, and what is printed would end up in there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open until the end
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def visible(text: str, kept: str = "") -> str:
    """Write what moves the cursor, turns the writing around or is no letter as escapes, but for what is `kept`."""
    if text.isprintable():
        return text
    return "".join(
        letter.encode("unicode_escape").decode()
        if letter not in kept and (letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"))
        else letter
        for letter in text
    )


@contextmanager
def printing() -> Iterator[None]:
    """Let an error of writing name the output."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or OUTPUT
        raise
