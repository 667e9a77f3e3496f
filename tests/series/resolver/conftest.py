from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from series import catalog
from series import ledger as ledgers
from series.ledger import Ledger
from series.periods import Period
from series.resolver import Resolution, resolve
from series.statements import Source, Statement

SOURCE = Source("ministry", "Ministry", "Report", dt.date(2024, 1, 31), "day", "", "zh", "originator")
KINDS = {"level": "USD 100m", "growth": "percent", "share": "percent", "multiple": "x", "cagr": "percent"}
Say = Callable[..., Statement]
Solve = Callable[..., Resolution]


@pytest.fixture(scope="session")
def shipped() -> Ledger:
    return ledgers.load()


@pytest.fixture(scope="session")
def resolved(shipped: Ledger) -> Resolution:
    return resolve(shipped)


@pytest.fixture(scope="session")
def say() -> Say:
    """Make a statement from its subject, period and printed text; growth is on the year before."""

    def make(key: str, subject: str, period: str, printed: str, kind: str = "level", **more: Any) -> Statement:
        span = Period.parse(period)
        base = Period.parse(more.pop("base")) if "base" in more else span.shift(-12)
        exponent, relative = -len(printed.partition(".")[2]), kind in ("growth", "multiple", "cagr")
        statement = Statement(
            key, "ministry", subject, span, kind, printed, Decimal(printed), exponent, KINDS[kind], "exact", "nearest",
            "printed", base if relative else None, "published" if kind == "growth" else "",
            "", "", "", "", "",
        )  # type: ignore[arg-type]  # fmt: skip
        return replace(statement, **more)

    return make


@pytest.fixture(scope="session")
def solve() -> Solve:
    known = catalog.load()

    def make(*statements: Statement) -> Resolution:
        return resolve(Ledger({"ministry": SOURCE}, statements, (), known))

    return make
