"""Allocation: amounts that keep every inequality, keep the years as they are, and stay close to targets."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from series.periods import Period
from series.resolver.evidence import Evidence
from series.resolver.program import Program
from series.resolver.system import IDENTITY, Row

FIRM = 1000.0
EVENLY = 0.01
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Target:
    """A period with the value to stay close to; a firm one gives way only when nothing else is possible."""

    period: Period
    value: float
    firm: bool


@dataclass
class Model:
    """The rows and costs of one component, grown by the pieces and deviations that the targets need."""

    width: int
    rows: list[Row]
    costs: dict[int, float] = field(default_factory=dict)

    def column(self, cost: float = 0.0) -> int:
        """Add an unknown >= 0 and return its number."""
        self.width += 1
        if cost:
            self.costs[self.width - 1] = cost
        return self.width - 1

    def row(self, terms: dict[int, Fraction], low: Fraction | None, high: Fraction | None) -> None:
        """Add a row that belongs to no figure."""
        self.rows.append(Row(IDENTITY, tuple(sorted(terms.items())), low, high))


def allocate(evidence: Evidence, subject: str, targets: Sequence[Target]) -> dict[Period, float]:
    """Return an amount for each target's period, consistent with each other and with all the evidence.

    A segment that a period cuts is divided into pieces >= 0. With d the deviation from target v, least is
    sum over firm targets of 1000 d / v, plus sum over years of max d / v, plus 0.01 times the sum of d / v.
    """
    grid, home = evidence.system.grid, evidence.system.home
    marks = sorted({*grid.boundaries.get(subject, ()), *(end for t in targets for end in _ends(t.period))})
    segments = list(itertools.pairwise(grid.boundaries.get(subject, ())))
    found: dict[Period, float] = {}
    for number in sorted({home[subject, a, b] for a, b in segments if (subject, a, b) in home}):
        component = evidence.system.components[number]
        model = Model(len(component.columns), list(component.rows))
        pieces: dict[int, int] = {}
        for a, b in segments:
            whole = component.index.get((subject, a, b))
            inside = [mark for mark in marks if a <= mark < b]
            if whole is None:
                continue
            if len(inside) == 1:
                pieces[a] = whole
                continue
            parts = {mark: model.column() for mark in inside}
            model.row({whole: -ONE} | dict.fromkeys(parts.values(), ONE), Fraction(0), Fraction(0))
            pieces |= parts
        found |= _solve(evidence, number, model, targets, pieces, marks)
    return found


def _solve(
    evidence: Evidence,
    number: int,
    model: Model,
    targets: Sequence[Target],
    pieces: dict[int, int],
    marks: Sequence[int],
) -> dict[Period, float]:
    worst: dict[int, int] = {}
    members: dict[Period, list[int]] = {}
    for target in targets:
        start, end = _ends(target.period)
        covered = [mark for mark in marks if start <= mark < end]
        if target.value <= 0 or not all(mark in pieces for mark in covered):
            continue
        members[target.period] = [pieces[mark] for mark in covered]
        cost = (FIRM if target.firm else EVENLY) / target.value
        above, below, aim = model.column(cost), model.column(cost), Fraction(target.value)
        model.row(dict.fromkeys(members[target.period], ONE) | {above: -ONE, below: ONE}, aim, aim)
        if not target.firm:
            year = target.period.start // 12
            worst[year] = worst[year] if year in worst else model.column(1.0)
            model.row({above: ONE, below: ONE, worst[year]: -aim}, None, Fraction(0))
    if not members:
        return {}
    program = Program(model.width, model.rows)
    program.relax(evidence.search(number).rows_of(evidence.settlement(number).released))
    outcome = program.optimise(model.costs, largest=False)
    if outcome.status != "feasible":
        return {}
    return {period: float(sum(outcome.point[column] for column in columns)) for period, columns in members.items()}


def _ends(period: Period) -> tuple[int, int]:
    return period.start, period.end + 1
