"""Certificates: multipliers found in floating point, checked in exact fractions.

For any multipliers y, every point x >= 0 that keeps low <= A x <= high satisfies

    c x  =  y A x + (c - y A) x  <=  sum_i max(y_i low_i, y_i high_i) + sum_j max(0, r_j) * ceiling_j,   r = c - y A,

so the right-hand side, evaluated in fractions, is a bound that holds whatever the solver did. With c = 0 a
negative right-hand side proves that no point exists.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from series.resolver.system import Row

Vector = npt.NDArray[np.float64]
NEGLIGIBLE = 1e-11
GRAIN = 1 << 44
NEARLY = Fraction(1, 10**7)


def upper_bound(
    objective: Mapping[int, Fraction],
    rows: Sequence[Row],
    multipliers: Mapping[int, float],
    ceilings: Vector,
) -> Fraction | None:
    """Return a proven upper bound of objective * x, or None when these multipliers prove none.

    `multipliers` maps row number to its multiplier; `ceilings` are proven upper bounds of the unknowns (inf: none).
    """
    usable = {
        number: Fraction(round(multiplier * GRAIN), GRAIN)
        for number, multiplier in multipliers.items()
        if (rows[number].high if multiplier > 0 else rows[number].low) is not None
    }
    total, open_columns = _evaluate(objective, rows, usable, ceilings)
    if not open_columns:
        return total
    total, open_columns = _evaluate(objective, rows, _polished(objective, rows, usable), ceilings)
    return None if open_columns else total


def proves_empty(rows: Sequence[Row], multipliers: Mapping[int, float], ceilings: Vector) -> bool:
    """Whether the multipliers, of either sign, prove that no point keeps all rows."""
    return _negative(rows, multipliers, ceilings) or _negative(
        rows, {row: -multiplier for row, multiplier in multipliers.items()}, ceilings
    )


def support(multipliers: Vector) -> dict[int, float]:
    """Return the rows whose multipliers matter."""
    sizes = np.abs(multipliers)
    if not sizes.size or not (largest := sizes.max()):
        return {}
    return {int(i): float(multipliers[i]) for i in np.flatnonzero(sizes > NEGLIGIBLE * largest)}


def _evaluate(
    objective: Mapping[int, Fraction], rows: Sequence[Row], exact: Mapping[int, Fraction], ceilings: Vector
) -> tuple[Fraction, bool]:
    """The right-hand side of the inequality above, and whether an unknown without a ceiling keeps it open."""
    total, unbounded = Fraction(0), False
    for number, multiplier in exact.items():
        end = rows[number].high if multiplier > 0 else rows[number].low
        if multiplier and end is None:
            unbounded = True
        elif end is not None:
            total += multiplier * end
    for column, left in _residual(objective, rows, exact).items():
        if left > 0 and math.isinf(ceilings[column]):
            unbounded = True
        elif left > 0:
            total += left * Fraction(float(ceilings[column]))
    return total, unbounded


def _residual(
    objective: Mapping[int, Fraction], rows: Sequence[Row], exact: Mapping[int, Fraction]
) -> dict[int, Fraction]:
    rest = dict(objective)
    for number, multiplier in exact.items():
        for column, coefficient in rows[number].terms:
            rest[column] = rest.get(column, Fraction(0)) - multiplier * coefficient
    return rest


def _polished(
    objective: Mapping[int, Fraction], rows: Sequence[Row], rough: Mapping[int, Fraction]
) -> dict[int, Fraction]:
    """Solve y A_j = c_j exactly for the columns where it nearly holds (Gaussian elimination, pivots by size)."""
    tight = [column for column, left in _residual(objective, rows, rough).items() if abs(left) < NEARLY]
    coefficients = {number: dict(rows[number].terms) for number in rough}
    equations: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for column in tight:
        left = {number: terms[column] for number, terms in coefficients.items() if column in terms}
        right = objective.get(column, Fraction(0))
        for pivot, others, constant in equations:
            factor = left.pop(pivot, None)
            if factor:
                right -= factor * constant
                for number, value in others.items():
                    left[number] = left.get(number, Fraction(0)) - factor * value
        left = {number: value for number, value in left.items() if value}
        if left:
            pivot = max(left, key=lambda number: (abs(left[number]), -number))
            scale = left.pop(pivot)
            equations.append((pivot, {n: v / scale for n, v in left.items()}, right / scale))
    exact = dict(rough)
    for pivot, others, constant in reversed(equations):
        exact[pivot] = constant - sum((v * exact[n] for n, v in others.items()), Fraction(0))
    return exact


def _negative(rows: Sequence[Row], multipliers: Mapping[int, float], ceilings: Vector) -> bool:
    bound = upper_bound({}, rows, multipliers, ceilings)
    return bound is not None and bound < 0
