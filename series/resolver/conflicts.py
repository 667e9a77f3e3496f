"""Conflicts: minimal sets of figures that cannot all be true, and the cheapest release that leaves none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from series.resolver import certificates
from series.resolver.hitting import cheapest_hitting_set
from series.resolver.presolve import Entries, Vector, entries, propagate
from series.resolver.program import Outcome, Program
from series.resolver.system import IDENTITY, Component, Row


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on the work spent on one component; whatever is cut short is reported as such."""

    conflicts: int = 1500
    conflicts_per_case: int = 24
    repairs_per_case: int = 12
    repair_size: int = 3
    case_size: int = 1
    solves_per_case: int = 160
    solves_after_repair: int = 40
    explained: int = 8


@dataclass(frozen=True, slots=True)
class Settlement:
    """Minimal conflicts found, the cheapest set of figures whose release leaves none, and whether that is proven."""

    conflicts: tuple[frozenset[int], ...]
    released: frozenset[int]
    complete: bool


class Search:
    """One component with its linear program, asked which figures can hold together."""

    def __init__(self, component: Component) -> None:
        self.component = component

    @cached_property
    def program(self) -> Program:
        """The whole component's program."""
        return Program(len(self.component.columns), self.component.rows)

    @cached_property
    def _entries(self) -> Entries:
        return entries(self.component.rows)

    @cached_property
    def _touching(self) -> dict[int, list[int]]:
        """Identity rows by the part columns that would force them."""
        result: dict[int, list[int]] = {}
        for number, row in enumerate(self.component.rows):
            if row.figure == IDENTITY:
                for column, coefficient in row.terms:
                    if coefficient > 0:
                        result.setdefault(column, []).append(number)
        return result

    def rows_of(self, figures: Iterable[int]) -> list[int]:
        """Row numbers of the figures."""
        return [row for figure in figures for row in self.component.rows_of[figure]]

    def outcome(self, released: Collection[int]) -> Outcome:
        """Solve the component without the released figures."""
        self.program.relax(self.rows_of(released))
        return self.program.feasible()

    def conflict(self, released: Collection[int] = frozenset()) -> frozenset[int] | None:
        """Return a minimal conflicting set among the figures that are not released, or None when there is none."""
        found = self.outcome(released)
        if found.status == "feasible":
            return None
        named = self._named(self.component.rows, found)
        if not named:
            named = frozenset(range(len(self.component.figures))) - frozenset(released)
        return self.minimal(named)

    def minimal(self, figures: Collection[int]) -> frozenset[int]:
        """Shrink a conflicting set until every figure in it is needed for the conflict."""
        rows, place = self._local(figures)
        program = Program(len(place), rows)
        own: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            own.setdefault(row.figure, []).append(number)
        keep: list[int] = []
        undecided = sorted(figures)
        while undecided:
            figure = undecided.pop()
            present = {*keep, *undecided}
            program.relax(row for other in figures if other not in present for row in own.get(other, ()))
            found = program.feasible()
            if found.status == "feasible":
                keep.append(figure)
                continue
            named = self._named(rows, found)
            if named and named >= set(keep):
                undecided = [other for other in undecided if other in named]
        return frozenset(keep)

    def proven(self, figures: Collection[int]) -> bool:
        """Whether the conflict of these figures is proven in exact fractions."""
        rows, place = self._local(figures)
        found = Program(len(place), rows).feasible()
        if found.status == "feasible":
            return False
        _, ceilings = propagate(entries(rows), len(place))
        return certificates.proves_empty(rows, certificates.support(found.multipliers), ceilings)

    def ceilings(self, released: Collection[int]) -> Vector:
        """Proven upper bounds of the unknowns without the released figures."""
        return propagate(self._entries, len(self.component.columns), self.rows_of(released))[1]

    def _named(self, rows: Sequence[Row], found: Outcome) -> frozenset[int]:
        support = certificates.support(found.multipliers)
        return frozenset(rows[number].figure for number in support) - {IDENTITY}

    def _local(self, figures: Collection[int]) -> tuple[list[Row], dict[int, int]]:
        """The figures' rows and the identities that bear on them, over the unknowns that occur there.

        An identity whose parts are not spoken of can always be kept by parts of zero, so it is left out.
        """
        rows = [self.component.rows[number] for number in self.rows_of(sorted(figures))]
        pending = [column for row in rows for column, _ in row.terms]
        seen, identities = set(pending), set()
        while pending:
            for number in self._touching.get(pending.pop(), ()):
                if number not in identities:
                    identities.add(number)
                    for column, coefficient in self.component.rows[number].terms:
                        if coefficient < 0 and column not in seen:
                            seen.add(column)
                            pending.append(column)
        rows += [self.component.rows[number] for number in sorted(identities)]
        place: dict[int, int] = {}
        local = [
            Row(
                row.figure,
                tuple((place.setdefault(column, len(place)), c) for column, c in row.terms),
                row.low,
                row.high,
            )
            for row in rows
        ]
        return local, place


def settle(search: Search, limits: Limits) -> Settlement:
    """Alternate between a cheapest release that hits every known conflict and a new conflict that it misses.

    When no conflict is missed the release is the cheapest of all (implicit hitting sets), unless a cap cut in.
    """
    weights = [figure.weight for figure in search.component.figures]
    conflicts: list[frozenset[int]] = []
    released: frozenset[int] = frozenset()
    exact = True
    while len(conflicts) < limits.conflicts:
        taken: set[int] = set()
        before = len(conflicts)
        while len(conflicts) < limits.conflicts:
            fresh = search.conflict(released | taken)
            if fresh is None:
                break
            conflicts.append(fresh)
            taken |= fresh
        if len(conflicts) == before:
            return Settlement(tuple(conflicts), released, exact)
        released, exact = cheapest_hitting_set(conflicts, weights)
    while (fresh := search.conflict(released)) is not None:
        released |= fresh
    return Settlement(tuple(conflicts), released, complete=False)
