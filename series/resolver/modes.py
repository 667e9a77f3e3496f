"""Error modes: the known ways in which a figure goes wrong on its way into print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from series.periods import Period
from series.resolver import digits
from series.resolver.intervals import Interval, as_quantity, printed
from series.resolver.readings import Cell, Quantity, Reading
from series.resolver.structure import CURRENCIES, Structure
from series.statements import Statement


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to go wrong: how often relative to the others, in how many ways, and the sentence that says it."""

    name: str
    prior: float
    ways: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What the statement would say had it gone wrong in this way; `points` marks a change, not a rate."""

    mode: str
    quantity: Quantity
    interval: Interval
    points: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A statement, one reading of it, and the structure it lives in."""

    statement: Statement
    reading: Reading
    structure: Structure


MODES = {
    mode.name: mode
    for mode in (
        Mode("base-year value", 1.0, 1, "the value of the base year was printed as the current one"),
        Mode("another base", 1.0, 2, "the growth refers to another base, such as a revised or comparable one"),
        Mode("scope", 1.0, 2, "total, offshore and onshore were swapped"),
        Mode("measure", 0.7, 1, "contract value and execution value were swapped"),
        Mode("cumulative", 0.7, 1, "a cumulative figure and one of a single month or quarter were swapped"),
        Mode("neighbouring month", 0.7, 2, "the figure belongs to a neighbouring month"),
        Mode("times ten", 1.0, 1, "the print is ten times too large, as when 亿 is read as billion"),
        Mode("tenth", 1.0, 1, "the print is ten times too small, as when billions are read as 亿"),
        Mode("digits swapped", 1.0, 3, "two neighbouring digits were swapped"),
        Mode("digit dropped", 1.0, 4, "a digit was dropped"),
        Mode("digit doubled", 1.0, 4, "a digit was doubled"),
        Mode("digit misread", 0.3, 36, "one digit was misread"),
        Mode("sign", 1.0, 1, "the minus sign was lost, or a fall and a rise were confused"),
        Mode("percentage points", 0.7, 1, "a change in percentage points was printed as a percentage"),
        Mode("currency", 1.0, 1, "the figure is in the other currency"),
        Mode("another whole", 1.0, 3, "the share is of another whole"),
        Mode("truncation", 0.7, 2, "the digits were cut off, or rounded up, instead of rounded to nearest"),
        Mode("printed zeros", 0.5, 1, "the figure was printed with fewer digits than assumed"),
        Mode("revision", 0.7, 1, "the figure is of another vintage: it was revised before or after"),
        Mode("unknown", 0.3, 1, "no known slip explains it"),
    )
}
Test = Callable[[Context], Iterator[Variant]]


def variants(statement: Statement, reading: Reading, structure: Structure) -> list[Variant]:
    """Return every way in which this statement could have gone wrong, without those that change nothing."""
    context = Context(statement, reading, structure)
    found = [variant for test in TESTS for variant in test(context)]
    return [v for v in found if (v.quantity, v.interval) != (reading.quantity, reading.interval) or v.points]


def _base_year(context: Context) -> Iterator[Variant]:
    if context.statement.kind in ("level", "bound", "share"):
        shifted = _moved(context.reading.quantity, lambda period: period.shift(-12))
        yield Variant("base-year value", shifted, context.reading.interval)


def _another_base(context: Context) -> Iterator[Variant]:
    quantity = context.reading.quantity
    if context.statement.kind in ("growth", "multiple", "cagr") and quantity.bottom is not None:
        for shift in (-12, 12):
            period = quantity.bottom.period.shift(shift)
            if period != quantity.top.period:
                bottom = replace(quantity.bottom, period=period)
                yield Variant("another base", Quantity(quantity.top, bottom), context.reading.interval)


def _scope(context: Context) -> Iterator[Variant]:
    words = context.statement.subject.split(".")
    if context.statement.kind != "share":
        for scope in ("total", "offshore", "onshore"):
            yield from _renamed(context, "scope", words, ("total", "offshore", "onshore"), scope)


def _measure(context: Context) -> Iterator[Variant]:
    words = context.statement.subject.split(".")
    if context.statement.kind != "share":
        for measure in ("contract", "execution"):
            yield from _renamed(context, "measure", words, ("contract", "execution"), measure)


def _currency(context: Context) -> Iterator[Variant]:
    words = context.statement.subject.split(".")
    for currency in CURRENCIES:
        yield from _renamed(context, "currency", words, CURRENCIES, currency)


def _cumulative(context: Context) -> Iterator[Variant]:
    period = context.reading.quantity.top.period
    first = period.start - period.start % 12
    others = []
    if period.start == first and 1 < period.length <= 12:
        others.append(Period(period.end, period.end))
        if period.length in (6, 9, 12):
            others.append(Period(period.end - 2, period.end))
    elif period.length in (1, 3) and period.end < first + 12:
        others.append(Period(first, period.end))
    for other in others:
        yield _at(context, "cumulative", other)


def _neighbour(context: Context) -> Iterator[Variant]:
    period = context.reading.quantity.top.period
    january = period.start % 12 == 0
    for step in (-1, 1):
        start = period.start if january and period.length > 1 else period.start + step
        end = period.end + step
        if start <= end and end // 12 == period.end // 12:
            yield _at(context, "neighbouring month", Period(start, end))


def _scale(context: Context) -> Iterator[Variant]:
    yield _reprinted(context, "times ten", context.statement.value.scaleb(-1), context.statement.exponent - 1)
    yield _reprinted(context, "tenth", context.statement.value.scaleb(1), context.statement.exponent + 1)


def _digits(context: Context) -> Iterator[Variant]:
    value, exponent = context.statement.value, context.statement.exponent
    for mode, changes in (
        ("digits swapped", digits.swapped),
        ("digit dropped", digits.restored),
        ("digit doubled", digits.single),
        ("digit misread", digits.misread),
    ):
        for other in changes(value, exponent):
            yield _reprinted(context, mode, other, exponent)


def _sign(context: Context) -> Iterator[Variant]:
    if context.statement.kind in ("growth", "cagr") and context.statement.value:
        yield _reprinted(context, "sign", -context.statement.value, context.statement.exponent)


def _points(context: Context) -> Iterator[Variant]:
    statement, quantity = context.statement, context.reading.quantity
    if statement.kind in ("growth", "share") and quantity.bottom is not None:
        earlier = _moved(quantity, lambda period: period.shift(-12))
        change = printed(Fraction(statement.value), statement.exponent, statement.hedge, statement.rounding)
        yield Variant("percentage points", earlier, change.scaled(Fraction(1, 100)), points=True)


def _whole(context: Context) -> Iterator[Variant]:
    quantity = context.reading.quantity
    if context.statement.kind != "share" or quantity.bottom is None:
        return
    words = quantity.top.subject.split(".")
    wholes = {".".join([*words[:1], scope, measure, words[-1]]) for scope in ("total", "offshore", "onshore")
              for measure in ("contract", "execution")}  # fmt: skip
    for whole in sorted(wholes - {quantity.bottom.subject, quantity.top.subject}):
        if context.structure.knows(whole):
            bottom = replace(quantity.bottom, subject=whole)
            yield Variant("another whole", Quantity(quantity.top, bottom), context.reading.interval)


def _truncation(context: Context) -> Iterator[Variant]:
    statement = context.statement
    value, unit = Fraction(statement.value), Fraction(10) ** statement.exponent
    if statement.hedge == "exact" and statement.kind != "bound":
        wide = as_quantity(statement, Interval(value - unit, value + unit))
        yield Variant("truncation", context.reading.quantity, wide)


def _zeros(context: Context) -> Iterator[Variant]:
    statement = context.statement
    if (
        statement.digits == "inferred"
        and statement.kind != "bound"
        and statement.value.scaleb(-statement.exponent) % 10 == 0
    ):
        yield _reprinted(context, "printed zeros", statement.value, statement.exponent + 1)


TESTS: tuple[Test, ...] = (
    _base_year,
    _another_base,
    _scope,
    _measure,
    _currency,
    _cumulative,
    _neighbour,
    _scale,
    _digits,
    _sign,
    _points,
    _whole,
    _truncation,
    _zeros,
)  # fmt: skip


def _reprinted(context: Context, mode: str, value: Decimal, exponent: int) -> Variant:
    statement = context.statement
    allowed = printed(Fraction(value), exponent, statement.hedge, statement.rounding)
    return Variant(mode, context.reading.quantity, as_quantity(statement, allowed))


def _renamed(context: Context, mode: str, words: list[str], among: tuple[str, ...], name: str) -> Iterator[Variant]:
    if not set(words) & set(among) or name in words or context.statement.kind == "share":
        return
    subject = ".".join(name if word in among else word for word in words)
    if context.structure.knows(subject):
        quantity = context.reading.quantity
        bottom = None if quantity.bottom is None else replace(quantity.bottom, subject=subject)
        yield Variant(mode, Quantity(replace(quantity.top, subject=subject), bottom), context.reading.interval)


def _at(context: Context, mode: str, period: Period) -> Variant:
    top = context.reading.quantity.top.period
    shift = period.start - top.start, period.end - top.end
    quantity = _moved(
        context.reading.quantity, lambda p: Period(p.start + shift[0], max(p.start + shift[0], p.end + shift[1]))
    )
    return Variant(mode, quantity, context.reading.interval)


def _moved(quantity: Quantity, move: Callable[[Period], Period]) -> Quantity:
    bottom = quantity.bottom
    return Quantity(
        replace(quantity.top, period=move(quantity.top.period)),
        None if bottom is None else Cell(bottom.subject, move(bottom.period)),
    )
