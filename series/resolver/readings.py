"""Readings: what a statement says about cells, in each currency that it speaks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from series.periods import Period
from series.resolver.intervals import Interval, interval
from series.resolver.structure import CURRENCIES, Structure
from series.statements import Source, Statement

ROLE_WEIGHT = {"originator": 4.0, "secondary": 2.0, "reprint": 2.0, "translation": 1.5}


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A subject over a period."""

    subject: str
    period: Period

    def __str__(self) -> str:
        return f"{self.subject} {self.period}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a figure measures: the amount of a cell, or the ratio of two cells."""

    top: Cell
    bottom: Cell | None = None

    def __str__(self) -> str:
        return f"{self.top}" if self.bottom is None else f"{self.top} / {self.bottom}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One quantity and the interval that a print allows for it."""

    quantity: Quantity
    interval: Interval


@dataclass(frozen=True, slots=True)
class Figure:
    """One reading with every statement that prints it, heaviest first; `weight` is the cost of releasing it.

    A soft figure may be released without a decision: growth on a basis that is comparable or not stated, and
    amounts that an agency converted at a rate of its own.
    """

    reading: Reading
    statements: tuple[str, ...]
    weight: float
    soft: bool


def read(statement: Statement, structure: Structure) -> tuple[Reading, ...]:
    """Return what the statement says: one reading, or one per currency for a share."""
    allowed = interval(statement)
    top = Cell(statement.subject, statement.period)
    if statement.kind in ("growth", "multiple", "cagr"):
        assert statement.base is not None  # noqa: S101 - the statement guarantees it; this tells mypy
        return (Reading(Quantity(top, Cell(statement.subject, statement.base)), allowed),)
    if statement.kind != "share":
        return (Reading(Quantity(top), allowed),)
    stem = statement.subject.removesuffix(".share")
    whole = statement.whole.removesuffix(".share") or structure.whole(stem)
    if whole is None:
        return (Reading(Quantity(top), allowed),)
    return tuple(
        Reading(Quantity(Cell(part, statement.period), Cell(of, statement.period)), allowed)
        for part, of in _in_each_currency(stem, whole, structure)
    )


def _in_each_currency(stem: str, whole: str, structure: Structure) -> Iterable[tuple[str, str]]:
    pairs = [
        (f"{stem}.{currency}", f"{_bare(whole)}.{currency}")
        for currency in CURRENCIES
        if whole.rpartition(".")[2] in (currency, *()) or whole.rpartition(".")[2] not in CURRENCIES
    ]
    known = [pair for pair in pairs if structure.knows(pair[0]) and structure.knows(pair[1])]
    return known or [(stem, whole)]


def _bare(subject: str) -> str:
    head, _, last = subject.rpartition(".")
    return head if last in CURRENCIES else subject


def figures(statements: Iterable[Statement], sources: dict[str, Source], structure: Structure) -> tuple[Figure, ...]:
    """Merge statements that print the same into figures, in an order that does not depend on theirs."""
    merged: dict[Reading, list[Statement]] = {}
    for statement in statements:
        for reading in read(statement, structure):
            merged.setdefault(reading, []).append(statement)
    result = []
    for reading, group in merged.items():
        ranked = sorted(group, key=lambda s: (-weight(s, sources), s.id))
        total = weight(ranked[0], sources) + sum(0.4 * weight(s, sources) for s in ranked[1:4])
        soft = all(is_soft(s) for s in group)
        if soft:  # a reprint confirms the digits, not the base
            total = weight(ranked[0], sources)
        result.append(Figure(reading, tuple(s.id for s in ranked), round(total, 6), soft))
    return tuple(sorted(result, key=lambda f: (str(f.reading.quantity), _ends(f.reading.interval))))


def is_soft(statement: Statement) -> bool:
    """Whether the statement may yield without a decision: its base or its rate of exchange is not the ledger's."""
    if statement.kind == "growth":
        return statement.basis in ("unknown", "comparable")
    return statement.kind == "level" and statement.currency_basis == "converted"


def weight(statement: Statement, sources: dict[str, Source]) -> float:
    """How much it costs to disbelieve one statement: its source's role, its kind, its hedge and its digits."""
    source = sources.get(statement.source)
    cost = ROLE_WEIGHT[source.role] if source else 2.0
    if statement.kind in ("growth", "multiple", "cagr"):
        cost *= {"comparable": 0.25, "unknown": 0.4}.get(statement.basis, 0.9)
    if statement.kind == "share":
        cost *= 0.8
    if statement.hedge != "exact":
        cost *= 0.5
    if statement.digits == "inferred":
        cost *= 0.9
    if statement.currency_basis in ("assumed", "converted"):
        cost *= 0.5
    return cost * (0.8 if statement.relation else 1.0)


def _ends(allowed: Interval) -> tuple[float, float]:
    low = float("-inf") if allowed.low is None else float(allowed.low)
    high = float("inf") if allowed.high is None else float(allowed.high)
    return low, high
