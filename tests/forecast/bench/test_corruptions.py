from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from forecast.bench.corruptions import CORRUPTIONS, World
from series import ledger
from series.periods import Period
from series.resolver import resolve
from series.statements import Statement

OFFSHORE = "cn.offshore.execution.usd"
LEVEL = Statement(
    "x", "m", OFFSHORE, Period.year(2019), "level", "968.9", Decimal("968.9"), -1, "USD 100m", "exact", "nearest",
    "printed", None, "", "", "", "", "", "",
)  # fmt: skip
GROWTH = replace(LEVEL, kind="growth", value=Decimal("9.3"), base=Period.year(2018), unit="percent")


@pytest.fixture(scope="module")
def world() -> World:
    return World(resolve(ledger.load()), random.Random(1))  # noqa: S311 - draws a sample, not a secret


def test_a_level_goes_wrong_by_another_amount(world: World) -> None:
    assert float(CORRUPTIONS["base-year value"](LEVEL, world) or 0) == pytest.approx(886.5, abs=0.1)
    assert CORRUPTIONS["times ten"](LEVEL, world) == Decimal("9689.0")
    assert float(CORRUPTIONS["currency"](LEVEL, world) or 0) == pytest.approx(6555.8, abs=1)


def test_a_digit_is_swapped_dropped_or_doubled(world: World) -> None:
    assert CORRUPTIONS["digits swapped"](LEVEL, world) in {Decimal("698.9"), Decimal("986.9"), Decimal("969.8")}
    assert CORRUPTIONS["digit dropped"](LEVEL, world) in {Decimal(v) for v in ("68.9", "98.9", "96.9", "96.8")}
    assert CORRUPTIONS["digit doubled"](LEVEL, world) in {Decimal(v) for v in ("9968.9", "9668.9", "9688.9", "9689.9")}


def test_a_way_that_does_not_apply_gives_nothing(world: World) -> None:
    assert CORRUPTIONS["sign"](GROWTH, world) == Decimal("-9.3")
    assert CORRUPTIONS["sign"](LEVEL, world) is None
    assert CORRUPTIONS["another whole"](LEVEL, world) is None
