"""System: figures and identities as linear inequalities, split into components that share no unknown."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from series.errors import InputError
from series.resolver.grid import Column, Grid, make_grid
from series.resolver.readings import Cell, Figure, Reading
from series.resolver.structure import Structure, Sum

ONE = Fraction(1)
IDENTITY = -1
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient * unknown <= high; `figure` is the index of its figure, or IDENTITY."""

    figure: int
    terms: tuple[tuple[int, Fraction], ...]
    low: Fraction | None
    high: Fraction | None
    name: str = ""


@dataclass(frozen=True)
class Component:
    """One connected part of the system: nothing outside it bears on its unknowns, each of which is >= 0."""

    columns: tuple[Column, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]

    @cached_property
    def index(self) -> dict[Column, int]:
        """Position of each unknown."""
        return {column: i for i, column in enumerate(self.columns)}

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """Row numbers of each figure."""
        rows: list[list[int]] = [[] for _ in self.figures]
        for i, row in enumerate(self.rows):
            if row.figure != IDENTITY:
                rows[row.figure].append(i)
        return tuple(map(tuple, rows))

    @cached_property
    def key(self) -> str:
        """Content hash: equal components have equal keys, whatever ledger they come from."""
        digest = hashlib.sha256(VERSION.encode())
        digest.update(repr(self.columns).encode())
        for figure in self.figures:
            digest.update(f"{figure.statements}{figure.weight}{figure.soft}".encode())
        for row in self.rows:
            terms = ",".join(f"{i}*{c}" for i, c in row.terms)
            digest.update(f"{row.figure}|{terms}|{row.low}|{row.high}\n".encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class System:
    """All components, and where each subject's segments went."""

    grid: Grid
    components: tuple[Component, ...]
    home: dict[Column, int]

    def component_of(self, cell: Cell) -> Component | None:
        """Return the component that holds the cell's unknowns, or None when nothing speaks of them."""
        whole, cut = self.grid.cover(cell)
        for column in (*whole, *cut):
            if column in self.home:
                return self.components[self.home[column]]
        return None


def build(figures: Sequence[Figure], structure: Structure) -> System:
    """Lay the figures over a grid of segments and split the inequalities into connected components."""
    grid, sums = make_grid(_cells(figures), structure)
    columns: dict[Column, int] = {}
    rows: list[Row] = []
    for number, figure in enumerate(figures):
        rows.extend(_rows(number, figure.reading, grid, columns))
    for one in sums:
        rows.extend(_identity(one, grid, columns))
    for stem, whole in sorted(structure.wholes.items()):
        for part, of in _same_currency(stem, whole, grid):
            rows.extend(_within(part, of, grid, columns))
    return _split(figures, rows, list(columns), grid)


def window(component: Component, subjects: Collection[str], first: int, last: int) -> Component:
    """Return the component with only those rows that speak of these subjects within months `first`..`last`."""
    inside = [subject in subjects and first <= start and end - 1 <= last for subject, start, end in component.columns]
    rows = tuple(row for row in component.rows if all(inside[column] for column, _ in row.terms))
    return Component(component.columns, component.figures, rows)


def amount(cell: Cell, grid: Grid, columns: dict[Column, int]) -> dict[int, Fraction]:
    """Return the terms of a cell that the grid resolves: one per segment."""
    whole, _ = grid.cover(cell)
    return {columns.setdefault(column, len(columns)): ONE for column in whole}


def inequalities(
    reading: Reading, top: dict[int, Fraction], bottom: dict[int, Fraction]
) -> list[tuple[tuple[tuple[int, Fraction], ...], Fraction | None, Fraction | None]]:
    """Return the inequalities of one reading as (terms, low, high).

    Amount: low <= top <= high. Ratio: top - low * bottom >= 0 and top - high * bottom <= 0.
    """
    low, high = reading.interval.low, reading.interval.high
    if reading.quantity.bottom is None:
        return [(tuple(sorted(top.items())), low, high)]
    result: list[tuple[tuple[tuple[int, Fraction], ...], Fraction | None, Fraction | None]] = []
    if low is not None and low > 0:
        result.append((_minus(top, bottom, low), Fraction(0), None))
    if high is not None:
        result.append((_minus(top, bottom, high), None, Fraction(0)))
    return result


def rows_of_figure(number: int, reading: Reading, grid: Grid, component: Component) -> list[Row]:
    """Return the rows that a reading would have in a component that has all its unknowns already."""
    known = dict(component.index)
    rows = list(_rows(number, reading, grid, known))
    if len(known) > len(component.columns):
        raise InputError(f"{reading.quantity} is not wholly in this component; build the system anew")
    return rows


def _rows(number: int, reading: Reading, grid: Grid, columns: dict[Column, int]) -> Iterable[Row]:
    quantity = reading.quantity
    top = amount(quantity.top, grid, columns)
    bottom = amount(quantity.bottom, grid, columns) if quantity.bottom else {}
    for terms, low, high in inequalities(reading, top, bottom):
        yield Row(number, terms, low, high)


def _minus(top: dict[int, Fraction], bottom: dict[int, Fraction], factor: Fraction) -> tuple[tuple[int, Fraction], ...]:
    terms = dict(top)
    for column, coefficient in bottom.items():
        terms[column] = terms.get(column, Fraction(0)) - factor * coefficient
    return tuple(sorted((column, c) for column, c in terms.items() if c))


def _identity(one: Sum, grid: Grid, columns: dict[Column, int]) -> Iterable[Row]:
    marks = grid.boundaries[one.parts[0]]
    for start, end in itertools.pairwise(marks):
        terms = {columns.setdefault((part, start, end), len(columns)): ONE for part in one.parts}
        for column in _between(one.whole, start, end, grid):
            terms[columns.setdefault(column, len(columns))] = -ONE
        yield Row(
            IDENTITY, tuple(sorted(terms.items())), Fraction(0), Fraction(0), f"{one.whole} is the sum of its parts"
        )


def _within(part: str, whole: str, grid: Grid, columns: dict[Column, int]) -> Iterable[Row]:
    common = sorted(set(grid.boundaries[part]) & set(grid.boundaries[whole]))
    for start, end in itertools.pairwise(common):
        terms = {columns.setdefault(column, len(columns)): ONE for column in _between(part, start, end, grid)}
        for column in _between(whole, start, end, grid):
            terms[columns.setdefault(column, len(columns))] = -ONE
        yield Row(IDENTITY, tuple(sorted(terms.items())), None, Fraction(0), f"{part} is part of {whole}")


def _between(subject: str, start: int, end: int, grid: Grid) -> list[Column]:
    marks = [mark for mark in grid.boundaries[subject] if start <= mark <= end]
    return [(subject, a, b) for a, b in itertools.pairwise(marks)]


def _same_currency(stem: str, whole: str, grid: Grid) -> Iterable[tuple[str, str]]:
    for suffix in ("", ".usd", ".cny"):
        if stem + suffix in grid.boundaries and whole + suffix in grid.boundaries:
            yield stem + suffix, whole + suffix


def _cells(figures: Iterable[Figure]) -> Iterable[Cell]:
    for figure in figures:
        yield figure.reading.quantity.top
        if figure.reading.quantity.bottom is not None:
            yield figure.reading.quantity.bottom


def _split(figures: Sequence[Figure], rows: list[Row], columns: list[Column], grid: Grid) -> System:
    parent = list(range(len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for row in rows:
        first = root(row.terms[0][0]) if row.terms else 0
        for column, _ in row.terms[1:]:
            parent[root(column)] = first
    groups: dict[int, list[int]] = {}
    for column in sorted(range(len(columns)), key=columns.__getitem__):
        groups.setdefault(root(column), []).append(column)
    numbers = {r: n for n, r in enumerate(groups)}
    own_rows: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        if row.terms:
            own_rows[numbers[root(row.terms[0][0])]].append(row)
    home: dict[Column, int] = {}
    components = []
    for number, members in enumerate(groups.values()):
        local = {column: i for i, column in enumerate(members)}
        named = sorted({row.figure for row in own_rows[number]} - {IDENTITY})
        place = {figure: i for i, figure in enumerate(named)}
        components.append(
            Component(
                tuple(columns[column] for column in members),
                tuple(figures[figure] for figure in named),
                tuple(
                    Row(
                        place.get(row.figure, IDENTITY),
                        tuple(sorted((local[column], c) for column, c in row.terms)),
                        row.low,
                        row.high,
                        row.name,
                    )
                    for row in own_rows[number]
                ),
            )
        )
        home.update({columns[column]: number for column in members})
    return System(grid, tuple(components), home)
