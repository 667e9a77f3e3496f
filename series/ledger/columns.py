"""Columns: how sources, statements and decisions stand in their CSV files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from series.dates import date_span
from series.errors import InputError
from series.ledger.decisions import Decision
from series.periods import Period
from series.rows import Row
from series.statements import Source, Statement

SOURCE = ("id", "publisher", "title", "published", "address", "language", "role", "note")
STATEMENT = (
    "id", "source", "subject", "period", "kind", "printed", "value", "exponent", "unit", "hedge", "rounding", "digits",
    "base", "basis", "currency_basis", "whole", "original", "relation", "record", "paraphrase",
)  # fmt: skip
DECISION = ("id", "date", "statement", "act", "field", "was", "becomes", "reason")
REASON = ("decision", "language", "reason")

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)


def source(row: Row) -> Source:
    """Read a source.

    Raises:
        InputError: if a cell cannot be used.
    """
    published, precision = date_span(row["published"], "published")
    return Source(
        row["id"], row["publisher"], row["title"], published, precision, row["address"], row["language"],
        cast(Any, row["role"]),
    )  # fmt: skip


def statement(row: Row) -> Statement:
    """Read a statement.

    Raises:
        InputError: if a cell cannot be used.
    """
    cells = row.cells
    return Statement(
        cells["id"], cells["source"], cells["subject"], _period(cells["period"]), cast(Any, cells["kind"]),
        cells["printed"], number(cells["value"]), exponent(cells["exponent"]), cells["unit"],
        cast(Any, cells["hedge"]), cast(Any, cells["rounding"]), cast(Any, cells["digits"]),
        _base(cells["base"]), cast(Any, cells["basis"]), cast(Any, cells["currency_basis"]), cells["whole"],
        cells["original"], cast(Any, cells["relation"]), cells["paraphrase"],
    )  # fmt: skip


def decision(row: Row) -> Decision:
    """Read a decision.

    Raises:
        InputError: if a cell cannot be used.
    """
    try:
        date = dt.date.fromisoformat(row["date"])
    except ValueError:
        raise InputError(f"decision {row['id']}: date '{row['date']}' is not a day; write it as 2026-01-31") from None
    return Decision(
        row["id"], date, row["statement"], cast(Any, row["act"]), row["field"], row["was"], row["becomes"],
        row["reason"],
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    return Period.parse(text)


def _base(text: str) -> Period | None:
    return _period(text) if text else None


def parse(column: str, text: str) -> Any:
    """Read one cell of a statement.

    Raises:
        InputError: if the text is not what the column holds.
    """
    reader = _PARSERS.get(column)
    return reader(text) if reader else text


def cell(item: Statement, column: str) -> str:
    """Write one cell of a statement."""
    value = getattr(item, column)
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def number(text: str) -> Decimal:
    """Read a plain decimal number: digits with at most one point, no exponent.

    Raises:
        InputError: for anything else, so that 1e999999999 never becomes a number.
    """
    if not _NUMBER.fullmatch(text):
        raise InputError(f"value '{text[:40]}' is not a number; write plain digits such as 1368.5 or -0.5")
    return Decimal(text)


@lru_cache(maxsize=64)
def exponent(text: str) -> int:
    """Read the power of ten of the last printed digit.

    Raises:
        InputError: if it is not a whole number between -12 and 12.
    """
    if not re.fullmatch(r"-?[0-9]{1,2}", text) or abs(int(text)) > 12:
        raise InputError(
            f"exponent '{text[:40]}' is not usable; write -1 for 886.5, 0 for 886, 2 for 88600 printed 8.86"
        )
    return int(text)


_PARSERS: dict[str, Callable[[str], Any]] = {
    "period": _period,
    "base": _base,
    "value": number,
    "exponent": exponent,
}
