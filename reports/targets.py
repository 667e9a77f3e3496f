"""Targets: whether a report may be written where it is to go, looked at before it is made, so that nothing is lost.

Nobody else's file is written over. A report is known by what each format says of where it comes from: the head of a
page, or the line under the title on the evidence that it rests on. So reports of earlier versions are known too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from forecast.errors import InputError, named
from forecast.scale.stores import Store
from reports import voice
from reports.page import LANGUAGES

SEALED = b"default-src 'none'; style-src 'unsafe-inline'"
"""What stands in the head of every page of ours: it loads nothing."""
RESTS = (("page.as_of",), ("page.all_evidence",), ("panel.source", "outlook.facts"))
"""Messages that a line on what a report rests on begins with, and has in it."""
TYPESET = (b"<xmp:CreatorTool>Typst ", b"+ReportSerif-")
"""What stands in every PDF of ours: by what it was made, and a typeface that is ours alone."""
HEAD = 1 << 13
"""Bytes of a page or a text that are looked at."""
ROWS = 40
"""Rows of a sheet that are looked at."""


def check(folder: str, names: Iterable[str], remedy: str = "name another folder with --out") -> None:
    """Check that where a file of a report is to be written there is nothing, or an earlier report.

    Args:
        folder: a path or an address.
        names: of the files in it.
        remedy: what to do where something else is there.

    Raises:
        InputError: naming what is there instead.
    """
    if "://" not in folder and Path(folder).is_file():
        raise InputError(f"'{folder}' is a file and no folder; {remedy}")
    store = Store(folder)
    found = [name for name in names if store.exists(name) and not is_report(store, name)]
    others = [f"'{store.at(name) if store.remote else Path(folder) / name}'" for name in found]
    if others:
        verb = "exist already and are no reports" if others[1:] else "exists already and is no report"
        raise InputError(f"{named(others)} {verb}; {remedy}")


def is_report(store: Store, name: str) -> bool:
    """Whether a file is a report of this or an earlier version, by its format and what is in it."""
    look = LOOKS.get(Path(name).suffix)
    if look is None:
        return False
    try:
        with store.open(name) as file:
            return look(file)
    except IsADirectoryError:
        return False


def _page(file: IO[bytes]) -> bool:
    return SEALED in file.read(HEAD)


def _text(file: IO[bytes]) -> bool:
    title, *lines = file.read(HEAD).decode("utf-8", "replace").splitlines() or [""]
    return title.startswith("# ") and _rests(line[1:] for line in lines if line.startswith("*"))


def _pdf(file: IO[bytes]) -> bool:
    content = file.read()
    return all(mark in content for mark in TYPESET)


def _workbook(file: IO[bytes]) -> bool:
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(file, read_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        return False
    cells = (cell for row in book.worksheets[0].iter_rows(max_row=ROWS, max_col=1, values_only=True) for cell in row)
    return _rests(cell for cell in cells if isinstance(cell, str))


LOOKS: Mapping[str, Callable[[IO[bytes]], bool]] = {".html": _page, ".md": _text, ".pdf": _pdf, ".xlsx": _workbook}


def _rests(lines: Iterable[str]) -> bool:
    """Whether one of the lines says what a report rests on."""
    return any(
        line.startswith(begin) and all(one in line for one in others) for line in lines for begin, *others in _said()
    )


@functools.cache
def _said() -> tuple[tuple[str, ...], ...]:
    """Return how such lines begin, and what else is in them, in every language."""
    return tuple(
        tuple(voice.of(language).template(key).partition("{")[0] for key in keys)
        for language in LANGUAGES
        for keys in RESTS
    )
