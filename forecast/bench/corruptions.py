"""Corruptions: the known ways in which a true figure goes wrong on its way into print, done on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from series.periods import Period
from series.resolver import Resolution
from series.statements import Statement

NARROW = 0.01
SCOPES = ("total", "offshore", "onshore")


@dataclass(frozen=True)
class World:
    """The decided ledger as truth, and the dice."""

    resolution: Resolution
    dice: random.Random

    def truth(self, subject: str, period: Period) -> Decimal | None:
        """Return what the evidence says of a cell where it is known well, else None."""
        if not self.resolution.ledger.catalog.knows(subject):
            return None
        bounds = self.resolution.bounds(subject, period)
        return Decimal((bounds.low + bounds.high) / 2) if bounds.width < NARROW else None


def _base_year(statement: Statement, world: World) -> Decimal | None:
    if statement.kind == "level" and statement.period.start >= 1805 * 12:
        return world.truth(statement.subject, statement.period.shift(-12))
    return None


def _another_base(statement: Statement, world: World) -> Decimal | None:
    if statement.kind != "growth" or statement.base is None:
        return None
    top = world.truth(statement.subject, statement.period)
    bottom = world.truth(statement.subject, statement.base.shift(-12))
    return (top / bottom - 1) * 100 if top and bottom else None


def _scope(statement: Statement, world: World) -> Decimal | None:
    words = statement.subject.split(".")
    if statement.kind != "level" or len(words) != 4 or words[1] not in SCOPES:
        return None
    words[1] = world.dice.choice([scope for scope in SCOPES if scope != words[1]])
    return world.truth(".".join(words), statement.period)


def _cumulative(statement: Statement, world: World) -> Decimal | None:
    if statement.kind != "level":
        return None
    end, start = statement.period.end, statement.period.end // 12 * 12
    if statement.period.length == 1 and end > start:
        return world.truth(statement.subject, Period(start, end))
    if statement.period.start == start and end > start:
        return world.truth(statement.subject, Period(end, end))
    return None


def _neighbour(statement: Statement, world: World) -> Decimal | None:
    if statement.kind != "level" or statement.period.length == 12:
        return None
    start, end = statement.period.start, statement.period.end + world.dice.choice((-1, 1))
    single = statement.period.length == 1
    if end // 12 != start // 12 or end < start // 12 * 12 or (not single and end < start):
        return None
    return world.truth(statement.subject, Period(end if single else start, end))


def _times_ten(statement: Statement, _: World) -> Decimal | None:
    return statement.value * 10 if statement.kind == "level" else None


def _tenth(statement: Statement, _: World) -> Decimal | None:
    return statement.value / 10 if statement.kind == "level" else None


def _swapped(statement: Statement, world: World) -> Decimal | None:
    text = _digits(statement)
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return None
    i = world.dice.choice(places)
    return _figure(statement, text[:i] + text[i + 1] + text[i] + text[i + 2 :])


def _dropped(statement: Statement, world: World) -> Decimal | None:
    text = _digits(statement)
    i = world.dice.randrange(len(text))
    return _figure(statement, text[:i] + text[i + 1 :]) if len(text) > 1 else None


def _doubled(statement: Statement, world: World) -> Decimal | None:
    text = _digits(statement)
    i = world.dice.randrange(len(text))
    return _figure(statement, text[: i + 1] + text[i:])


def _sign(statement: Statement, _: World) -> Decimal | None:
    return -statement.value if statement.kind == "growth" else None


def _points(statement: Statement, world: World) -> Decimal | None:
    if statement.kind != "share":
        return None
    now = world.truth(statement.subject, statement.period)
    before = world.truth(statement.subject, statement.period.shift(-12))
    return now - before if now is not None and before is not None else None


def _currency(statement: Statement, world: World) -> Decimal | None:
    stem, _, last = statement.subject.rpartition(".")
    other = {"usd": "cny", "cny": "usd"}.get(last)
    return world.truth(f"{stem}.{other}", statement.period) if statement.kind == "level" and other else None


def _whole(statement: Statement, world: World) -> Decimal | None:
    words = statement.subject.split(".")
    if statement.kind != "share" or len(words) < 5 or words[1] != "offshore":
        return None
    currency = statement.whole.rpartition(".")[2] if statement.whole.endswith((".usd", ".cny")) else "cny"
    top = world.truth(".".join([*words[:-1], currency]), statement.period)
    bottom = world.truth(f"{words[0]}.total.{words[2]}.{currency}", statement.period)
    return top / bottom * 100 if top and bottom else None


def _truncation(statement: Statement, world: World) -> Decimal | None:
    """The true figure with its digits cut off at the last printed one, where rounding would have gone up."""
    if statement.kind != "level":
        return None
    bounds = world.resolution.bounds(statement.subject, statement.period)
    unit = Decimal(1).scaleb(statement.exponent)
    if bounds.high - bounds.low > float(unit) / 4:
        return None
    return Decimal((bounds.low + bounds.high) / 2).quantize(unit, ROUND_DOWN)


CORRUPTIONS: Mapping[str, Callable[[Statement, World], Decimal | None]] = {
    "base-year value": _base_year,
    "another base": _another_base,
    "scope": _scope,
    "cumulative": _cumulative,
    "neighbouring month": _neighbour,
    "times ten": _times_ten,
    "tenth": _tenth,
    "digits swapped": _swapped,
    "digit dropped": _dropped,
    "digit doubled": _doubled,
    "sign": _sign,
    "percentage points": _points,
    "currency": _currency,
    "another whole": _whole,
    "truncation": _truncation,
}


def _digits(statement: Statement) -> str:
    return str(int(abs(statement.value).scaleb(-statement.exponent)))


def _figure(statement: Statement, text: str) -> Decimal:
    size = Decimal(int(text)).scaleb(statement.exponent)
    return -size if statement.value < 0 else size
