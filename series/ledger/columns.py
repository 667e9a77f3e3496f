"""Columns: how sources, statements and decisions stand in their CSV files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, cast

from series.dates import date_span
from series.errors import InputError, ReasonsError
from series.ledger import decisions
from series.ledger.decisions import Decision
from series.periods import Period
from series.rows import Row
from series.statements import Source, Statement, faults, role_fault

Found = TypeVar("Found")
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
    reading = _Reading()
    date = reading.of(lambda text: date_span(text, "published"), row["published"])
    reading.wrong += filter(None, [role_fault(row["id"], row["role"])])
    published, precision = reading.finished(date)
    return Source(
        row["id"], row["publisher"], row["title"], published, precision, row["address"], row["language"],
        cast(Any, row["role"]),
    )  # fmt: skip


def statement(row: Row) -> Statement:
    """Read a statement.

    Raises:
        InputError: if a cell cannot be used.
    """
    cells, reading = row.cells, _Reading()
    found = (
        reading.of(_period, cells["period"]), reading.of(number, cells["value"]),
        reading.of(exponent, cells["exponent"]), reading.of(_base, cells["base"]),
    )  # fmt: skip
    if reading.wrong:  # else the statement looks for them itself
        reading.wrong += faults(cells)
    period, value, last, base = reading.finished(found)
    return Statement(
        cells["id"], cells["source"], cells["subject"], cast(Period, period), cast(Any, cells["kind"]),
        cells["printed"], cast(Decimal, value), cast(int, last), cells["unit"],
        cast(Any, cells["hedge"]), cast(Any, cells["rounding"]), cast(Any, cells["digits"]),
        base, cast(Any, cells["basis"]), cast(Any, cells["currency_basis"]), cells["whole"],
        cells["original"], cast(Any, cells["relation"]), cells["paraphrase"],
    )  # fmt: skip


def decision(row: Row) -> Decision:
    """Read a decision.

    Raises:
        InputError: if a cell cannot be used.
    """
    reading = _Reading()
    date = reading.of(lambda text: _day(row["id"], text), row["date"])
    reading.wrong += decisions.faults(row.cells)
    return Decision(
        row["id"], reading.finished(date), row["statement"], cast(Any, row["act"]), row["field"], row["was"],
        row["becomes"], row["reason"],
    )  # fmt: skip


class _Reading:
    """Reads the cells of a row, each for itself, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def of(self, reader: Callable[[str], Found], text: str) -> Found | None:
        """Return what a cell holds, or None."""
        try:
            return reader(text)
        except InputError as error:
            self.wrong.append(str(error))
            return None

    def finished(self, found: Found | None) -> Found:
        """Return what was read of a row in which nothing is wrong.

        Raises:
            ReasonsError: with all that is.
        """
        if self.wrong or found is None:
            raise ReasonsError(self.wrong)
        return found


def _day(key: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"decision {key}: date '{text}' is not a day; write it as 2026-01-31") from None


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
