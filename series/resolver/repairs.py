"""Repairs: minimal releases that end a group of conflicts, ranked, each with the slips that would explain it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from series.periods import Period
from series.resolver.bounds import Bounds
from series.resolver.evidence import Evidence
from series.resolver.hitting import groups
from series.resolver.likelihood import Hypothesis, drift, ends, likely
from series.resolver.modes import MODES, Variant, variants
from series.resolver.readings import Figure
from series.resolver.structure import Structure
from series.statements import Statement

CREDIT = 0.35
ERROR_RATE = math.log(0.03)
SOFT_RATE = math.log(0.15)
TOGETHER = math.log(0.5)
UNEXPLAINED = 0.003
MARGIN = 24


@dataclass(frozen=True, slots=True)
class Repair:
    """Figures whose release ends the conflicts; for one figure, what the others imply for it and what explains it."""

    figures: frozenset[int]
    bounds: Bounds | None
    hypotheses: tuple[Hypothesis, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Case:
    """Conflicts of one component that belong together, with their minimal repairs, best first."""

    component: int
    conflicts: tuple[frozenset[int], ...]
    released: frozenset[int]
    repairs: tuple[Repair, ...]
    complete: bool


class Mechanic:
    """Finds and ranks the repairs of one component's conflicts."""

    def __init__(self, evidence: Evidence, statements: Mapping[str, Statement], structure: Structure) -> None:
        self.evidence = evidence
        self.statements = statements
        self.structure = structure

    def cases(self, number: int) -> list[Case]:
        """Return the conflicts of one component as cases: what one release, or a few together, puts right.

        Conflicts that share figures are one case when at most `case_size` releases settle them; otherwise each
        released figure is a case of its own, in which the other releases of the settlement stand.
        """
        settlement = self.evidence.settlement(number)
        limits = self.evidence.limits
        found: list[Case] = []
        for group in groups(settlement.conflicts):
            released = settlement.released & frozenset().union(*group)
            together = len(released) <= limits.case_size
            for culprits in [released] if together else [frozenset({one}) for one in sorted(released)]:
                elsewhere = settlement.released - culprits
                mine = [one for one in group if not one & elsewhere]
                found.append(self._case(number, culprits, elsewhere, mine))
        return found

    def _case(
        self, number: int, culprits: frozenset[int], elsewhere: frozenset[int], mine: list[frozenset[int]]
    ) -> Case:
        limits = self.evidence.limits
        figures = self.evidence.search(number).component.figures
        conflicts = list(mine)
        sets, complete = self._minimal_releases(number, conflicts, elsewhere)
        if culprits not in sets:
            sets.append(culprits)
        weights = [sum(figures[one].weight for one in chosen) for chosen in sets]
        order = sorted(range(len(sets)), key=lambda i: (len(sets[i]), weights[i], sorted(sets[i])))
        near = self.near(number, conflicts, figures)
        repairs = [
            self._repair(number, sets[i], elsewhere, near, explained=place < limits.explained)
            for place, i in enumerate(order)
        ]
        repairs.sort(key=lambda repair: (-repair.score, sorted(repair.figures)))
        kept = sorted(conflicts, key=lambda one: (len(one), sorted(one)))[: limits.conflicts_per_case]
        return Case(number, tuple(kept), culprits, tuple(repairs[: limits.repairs_per_case]), complete)

    def _minimal_releases(
        self, number: int, conflicts: list[frozenset[int]], elsewhere: frozenset[int]
    ) -> tuple[list[frozenset[int]], bool]:
        """Reiter's tree, cheapest first: release one member of a conflict that is still there, until none is."""
        limits, search = self.evidence.limits, self.evidence.search(number)
        weights = [figure.weight for figure in search.component.figures]
        queue: list[tuple[int, float, tuple[int, ...]]] = [(0, 0.0, ())]
        seen: set[tuple[int, ...]] = {()}
        found: list[frozenset[int]] = []
        solves = 0
        while queue and len(found) < limits.repairs_per_case * 2:
            _, cost, chosen = heapq.heappop(queue)
            taken = frozenset(chosen)
            if any(one <= taken for one in found):
                continue
            missed = next((one for one in conflicts if not one & taken), None)
            if missed is None:
                if solves >= (limits.solves_after_repair if found else limits.solves_per_case):
                    break
                solves += 1
                missed = search.conflict(elsewhere | taken)
                if missed is None:
                    found.append(taken)
                    continue
                conflicts.append(missed)
            if len(taken) >= max(limits.repair_size, len(found[0]) if found else 0) and found:
                continue
            if len(queue) > 20_000:
                break
            for member in missed:
                longer = tuple(sorted({*chosen, member}))
                if longer not in seen:
                    seen.add(longer)
                    heapq.heappush(queue, (len(longer), cost + weights[member], longer))
        return found, not queue

    def _repair(
        self, number: int, released: frozenset[int], elsewhere: frozenset[int], near: Evidence, *, explained: bool
    ) -> Repair:
        figures = self.evidence.search(number).component.figures
        out = {number: elsewhere | released}
        score = 0.0
        bounds: Bounds | None = None
        hypotheses: tuple[Hypothesis, ...] = ()
        releases: set[tuple[str, Period]] = set()
        for one in sorted(released):
            found: tuple[Hypothesis, ...] = ()
            if explained:
                bounds, found = self.explain(figures[one], out, near)
            statement = self.statements[figures[one].statements[0]]
            release = (statement.source, statement.period)
            rate = SOFT_RATE if figures[one].soft else ERROR_RATE
            rate = TOGETHER if figures[one].soft and release in releases else rate
            releases.add(release)
            likelihood = sum(math.exp(fit.score) for fit in found) if found else UNEXPLAINED
            score += rate - CREDIT * figures[one].weight + math.log(likelihood)
            hypotheses = found
        if len(released) > 1:
            bounds, hypotheses = None, ()
        return Repair(released, bounds, hypotheses, score)

    def near(self, number: int, conflicts: list[frozenset[int]], figures: tuple[Figure, ...]) -> Evidence:
        """Return the evidence on what the conflicts are about: their subjects, relatives of those, and their years."""
        quantities = [figures[one].reading.quantity for found in conflicts for one in found]
        cells = [cell for q in quantities for cell in (q.top, q.bottom) if cell is not None]
        first = min(cell.period.start for cell in cells) - MARGIN
        last = max(cell.period.end for cell in cells) + MARGIN
        return self.evidence.focus(number, self.structure.relatives({cell.subject for cell in cells}), first, last)

    def explain(
        self, figure: Figure, out: Mapping[int, frozenset[int]], near: Evidence
    ) -> tuple[Bounds, tuple[Hypothesis, ...]]:
        """Return what the other figures imply for this one, and the slips that would make it fit, best first.

        A slip's score is the logarithm of prior * P(print | slip): one over the number of ways in which it can
        happen, times the share of the values that the others allow which would have given this print.
        """
        statement = self.statements[figure.statements[0]]
        own = self.evidence.bounds(figure.reading.quantity, out)
        likelihood: dict[str, float] = {}
        best: dict[str, Hypothesis] = {}
        for option in variants(statement, figure.reading, self.structure):
            fit = self._fit(option, figure, own, out, near)
            if fit is None:
                continue
            likelihood[fit.mode] = likelihood.get(fit.mode, 0.0) + math.exp(fit.score)
            if fit.mode not in best or fit.score > best[fit.mode].score:
                best[fit.mode] = fit
        for fit in drift(statement, figure.reading, own):
            likelihood[fit.mode] = likelihood.get(fit.mode, 0.0) + math.exp(fit.score)
            best.setdefault(fit.mode, fit)
        fits = [replace(fit, score=math.log(likelihood[mode])) for mode, fit in best.items()]
        return own, tuple(sorted(fits, key=lambda fit: (-fit.score, fit.mode)))

    def _fit(
        self, option: Variant, figure: Figure, own: Bounds, out: Mapping[int, frozenset[int]], near: Evidence
    ) -> Hypothesis | None:
        same = option.quantity == figure.reading.quantity
        allowed = own if same else near.bounds(option.quantity, out)
        low, high = ends(option.interval)
        if option.points:
            low, high, allowed = allowed.low + low, allowed.high + high, own
        least, most = max(low, allowed.low), min(high, allowed.high)
        if least > most + 1e-9 * abs(most):
            return None
        mode = MODES[option.mode]
        share = likely(max(most - least, 0.0), allowed, (low, high))
        if option.points:
            width = 2 * float(option.interval.high - option.interval.low)  # type: ignore[operator]
            share = min(1.0, width / max(high - low, width))
        return Hypothesis(
            option.mode, least, most, math.log(max(mode.prior * share / mode.ways, 1e-12)), str(option.quantity)
        )
