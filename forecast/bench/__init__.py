"""Benchmarks: one small file a suite, found by name in one table, each answering rows to print."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecast.errors import InputError, near

Row = Mapping[str, str | float | int | None]

SUITES: dict[str, str] = {
    "start": "forecast.bench.start",
    "speed": "forecast.bench.speed",
    "scale": "forecast.bench.scale",
    "accuracy": "forecast.bench.accuracy",
    "growth": "forecast.bench.growth",
    "signed": "forecast.bench.signed",
    "resolver": "forecast.bench.resolver",
    "conflicts": "forecast.bench.conflicts",
    "nowcasts": "forecast.bench.nowcasts",
    "claims": "forecast.bench.claims",
    "pooling": "forecast.bench.pooling",
    "extract": "forecast.bench.extract",
}
BESIDE_PEERS = ("speed", "scale", "accuracy", "growth")
PEERS = Path(".bench-venv/bin/python")
"""The interpreter of the peers' own environment, which `make bench` builds for these suites."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a suite measured: a title, rows of equal columns, and what a reader must know to judge them."""

    title: str
    rows: Sequence[Row]
    remark: str = ""


def measure(suite: str, peers: Path = PEERS) -> Sequence[Table]:
    """Run the suite called `suite` and return its tables.

    Raises:
        InputError: if no suite has that name, or it needs the peers' environment and `peers` is not its interpreter.
    """
    if suite not in SUITES:
        raise InputError(f"benchmark '{suite}' is unknown.{near(suite, SUITES)} Known: {', '.join(SUITES)}")
    found = importlib.import_module(SUITES[suite])
    tables: Sequence[Table] = found.tables(peers) if suite in BESIDE_PEERS else found.tables()
    return tables
