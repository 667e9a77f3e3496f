"""Benchmarks: one small file a suite, found by name in one table, each answering rows to print."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecast.errors import InputError, near

Row = Mapping[str, str | float | int | None]

SUITES: dict[str, str] = {
    "start": "forecast.bench.start",
}


@dataclass(frozen=True, slots=True)
class Table:
    """What a suite measured: a title, rows of equal columns, and what a reader must know to judge them."""

    title: str
    rows: Sequence[Row]
    remark: str = ""


def measure(suite: str) -> Sequence[Table]:
    """Run the suite called `suite` and return its tables.

    Raises:
        InputError: if no suite has that name.
    """
    if suite not in SUITES:
        raise InputError(f"benchmark '{suite}' is unknown.{near(suite, SUITES)} Known: {', '.join(SUITES)}")
    tables: Sequence[Table] = importlib.import_module(SUITES[suite]).tables()
    return tables
