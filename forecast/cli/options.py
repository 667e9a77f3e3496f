"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from forecast.errors import InputError

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use only statements published by this date (2023-10-31)."),
]
Ledger = Annotated[
    Path | None, typer.Option("--ledger", metavar="DIR", help="A ledger folder of your own instead of the shipped one.")
]


def day(text: str | None) -> dt.date | None:
    """Read a date as 2023-10-31; a month or a year means its last day.

    Raises:
        InputError: if the text is no date.
    """
    if text is None:
        return None
    try:
        if len(text) == 4:
            return dt.date(int(text), 12, 31)
        if len(text) == 7:
            first = dt.date.fromisoformat(f"{text}-01")
            return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a date; write it as 2023-10-31, 2023-10 or 2023") from None
