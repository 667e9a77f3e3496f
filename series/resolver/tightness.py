"""Tightness: figures that can all be true only at a point, or only because intervals include their ends."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from series.resolver.certificates import support
from series.resolver.conflicts import Search
from series.resolver.program import Program
from series.resolver.system import IDENTITY, Row

BARELY = 1e-6
ROUNDS = 12


def tight_sets(search: Search, released: Collection[int]) -> list[frozenset[int]]:
    """Return sets of figures that leave each other no room, at most `ROUNDS` of them.

    Every interval is narrowed by the fraction t of its half width, and the largest t <= 1 is sought (widths of
    ratios are taken at one point that keeps all rows). Where t is zero, the rows that stop it are a tight set; its
    lightest figure is set aside and the search goes on.
    """
    found: list[frozenset[int]] = []
    out = set(released)
    weights = [figure.weight for figure in search.component.figures]
    for _ in range(ROUNDS):
        outcome = search.outcome(out)
        if outcome.status != "feasible":
            return found
        rows, margin = _narrowing(search, outcome.point.tolist())
        program = Program(margin + 1, rows)
        program.relax(number for number, row in enumerate(rows) if row.figure in out)
        best = program.optimise({margin: 1.0})
        if best.status != "feasible" or best.value > BARELY:
            return found
        tight = frozenset(rows[number].figure for number in support(best.multipliers)) - {IDENTITY}
        if not tight:
            return found
        found.append(tight)
        out.add(min(tight, key=lambda one: (weights[one], one)))
    return found


def _narrowing(search: Search, point: list[float]) -> tuple[list[Row], int]:
    """The component's rows with one more unknown, the margin, which narrows every figure's interval."""
    component = search.component
    margin = len(component.columns)
    rows: list[Row] = []
    for row in component.rows:
        half = Fraction(0) if row.figure == IDENTITY else _half_width(search, row, point)
        if row.low is not None and row.high is not None and half:
            # a two-sided row has to be narrowed from both sides; the second side is appended at the end
            rows.append(Row(row.figure, (*row.terms, (margin, half)), None, row.high))
        elif half:
            sign = -half if row.low is not None else half
            rows.append(Row(row.figure, (*row.terms, (margin, sign)), row.low, row.high))
        else:
            rows.append(row)
    for row in component.rows:
        if row.figure != IDENTITY and row.low is not None and row.high is not None:
            half = _half_width(search, row, point)
            rows.append(Row(row.figure, (*row.terms, (margin, -half)), row.low, None))
    rows.append(Row(IDENTITY, ((margin, Fraction(1)),), None, Fraction(1)))
    return rows, margin


def _half_width(search: Search, row: Row, point: list[float]) -> Fraction:
    reading = search.component.figures[row.figure].reading
    low, high = reading.interval.low, reading.interval.high
    if low is None or high is None:
        return Fraction(0)
    if reading.quantity.bottom is None:
        return (high - low) / 2
    # top - r * bottom = 0 with r at the other end: bottom = (difference of the two rows) / (high - low)
    below = abs(sum(float(c) * point[column] for column, c in row.terms if c < 0)) / float(
        high if row.low is None else low
    )
    return (high - low) / 2 * Fraction(round(max(below, 0.0) * 1024), 1024)
