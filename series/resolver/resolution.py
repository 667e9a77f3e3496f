"""Resolution: one ledger resolved once, then asked for bounds, series, explanations and findings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from series.annual import Reading
from series.ledger import Ledger
from series.observations import Series
from series.periods import Frequency, Period
from series.resolver.bounds import Bounds
from series.resolver.conflicts import Limits
from series.resolver.evidence import Evidence
from series.resolver.findings import Finding, conflict, released, yields
from series.resolver.readings import Cell, Figure, Quantity, figures
from series.resolver.repairs import Case, Mechanic, Repair
from series.resolver.structure import CURRENCIES, Structure, of_catalog
from series.resolver.system import System, build
from series.resolver.tightness import tight_sets
from series.statements import Statement


class Resolution:
    """What one ledger implies: everything is found when it is first asked for, and kept."""

    def __init__(self, ledger: Ledger, limits: Limits | None = None) -> None:
        self.ledger = ledger
        self.limits = limits or Limits()
        self._readings: dict[Frequency, Reading] = {}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statements in force, as the decisions read them."""
        return {item.id: item for item in self.ledger.in_force}

    @cached_property
    def structure(self) -> Structure:
        """Identities, wholes and natures of the subjects spoken of."""
        return of_catalog(self.ledger.catalog, self.ledger.in_force)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Statements that print the same, merged."""
        return figures(self.ledger.in_force, dict(self.ledger.sources), self.structure)

    @cached_property
    def system(self) -> System:
        """The inequalities, split into independent components."""
        return build(self.figures, self.structure)

    @cached_property
    def evidence(self) -> Evidence:
        """The components with their programs, settled on demand."""
        return Evidence(self.system, self.limits)

    def reading(self, frequency: Frequency) -> Reading:
        """Return what single figures say at a frequency, without the rest."""
        if frequency not in self._readings:
            self._readings[frequency] = Reading(self.ledger, frequency)
        return self._readings[frequency]

    def quantity(self, subject: str, period: Period) -> Quantity:
        """Return what a subject means over a period: an amount, or for a share the ratio of part and whole.

        Shares of dollars and of yuan differ in the last digit: the currency in which the share was printed is taken,
        or else the one of which more is known.

        Raises:
            InputError: if the catalog does not have the subject.
        """
        self.ledger.catalog.entry(subject)
        if not subject.endswith(".share"):
            return Quantity(Cell(subject, period))
        stem = subject.removesuffix(".share")
        whole = self.structure.whole(stem)
        known = []
        for currency in CURRENCIES:
            top, bottom = (Cell(f"{name}.{currency}", period) for name in (stem, whole))
            if self.system.component_of(top) and self.system.component_of(bottom):
                known.append(Quantity(top, bottom))
        if not known:
            return Quantity(Cell(subject, period))
        printed = self._printed_in.get((subject, period))
        known = [one for one in known if one.top.subject.endswith(f".{printed}")] or known
        return min(known, key=lambda one: self.evidence.bounds(one).width) if len(known) > 1 else known[0]

    @cached_property
    def _printed_in(self) -> dict[tuple[str, Period], str]:
        """The currency in which a share was printed, where its statement says."""
        told = [item for item in self.statements.values() if item.kind == "share" and item.whole.endswith(CURRENCIES)]
        return {(item.subject, item.period): item.whole.rpartition(".")[2] for item in told}

    def bounds(self, subject: str, period: Period) -> Bounds:
        """Return the least and the most that the evidence allows, in the unit of the subject."""
        return self._in_unit(subject, self.evidence.bounds(self.quantity(subject, period)))

    def bounds_without(self, statement: str, subject: str, period: Period) -> Bounds:
        """Return the bounds as they would be without one statement, where nothing had to be released because of it."""
        quantity = self.quantity(subject, period)
        released = {
            number: self.evidence.settlement(number).released | own
            for number, component in enumerate(self.system.components)
            if (own := {one for one, figure in enumerate(component.figures) if figure.statements == (statement,)})
        }
        return self._in_unit(subject, self.evidence.bounds(quantity, released))

    def _in_unit(self, subject: str, found: Bounds) -> Bounds:
        if self.ledger.catalog.entry(subject).nature != "share":
            return found
        return Bounds(100 * found.low, min(100.0, 100 * found.high), found.low_figures, found.high_figures)

    def support(self, subject: str, period: Period) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
        """Return the figures that hold the lower and the upper bound in place."""
        found = self.bounds(subject, period)
        quantity = self.quantity(subject, period)
        component = self.system.component_of(quantity.top)
        if component is None:
            return (), ()
        return (
            tuple(component.figures[one] for one in sorted(found.low_figures)),
            tuple(component.figures[one] for one in sorted(found.high_figures)),
        )

    def series(self, subject: str, frequency: Frequency = "quarterly") -> Series:
        """Return the series of a subject with what the whole evidence says about each period."""
        from series.resolver.points import series_of

        return series_of(self, subject, frequency)

    def explain(self, subject: str, period: Period) -> Any:
        """Return why the number of a cell is what it is."""
        from series.resolver.explanations import explanation

        return explanation(self, subject, period)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every group of conflicting figures of the ledger, by component."""
        mechanic = Mechanic(self.evidence, self.statements, self.structure)
        return tuple(case for number in range(len(self.system.components)) for case in mechanic.cases(number))

    def around(self, subject: str, period: Period) -> tuple[list[dict[str, Any]], list[Finding]]:
        """Return the open conflicts and the soft releases of the component that holds a cell."""
        component = self.system.component_of(self.quantity(subject, period).top)
        conflicts: list[dict[str, Any]] = []
        findings: list[Finding] = []
        if component is None:
            return conflicts, findings
        mechanic = Mechanic(self.evidence, self.statements, self.structure)
        for case in mechanic.cases(self.system.components.index(component)):
            settled = self._yielding(case)
            if settled is None:
                conflicts.append(conflict(case, component.figures, self.statements))
            else:
                findings += released(settled, component.figures, self.statements)
        return conflicts, findings

    @cached_property
    def open(self) -> tuple[Case, ...]:
        """The cases that no decision and no soft release settles."""
        return tuple(case for case in self.cases if self._yielding(case) is None)

    @property
    def conflicting(self) -> frozenset[Cell]:
        """The cells that the conflicts still open are about."""
        return frozenset(
            cell
            for case in self.open
            for found in case.conflicts
            for one in found
            for cell in (self.system.components[case.component].figures[one].reading.quantity.top,)
        )

    def check(self) -> dict[str, Any]:
        """Return the document of `forecast series check`: statements, findings, and the conflicts with repairs."""
        from series.resolver.decided import decided_conflicts

        opened = [conflict(case, self.system.components[case.component].figures, self.statements) for case in self.open]
        return {
            "statements": len(self.ledger.statements),
            "findings": [finding.as_json() for finding in self.findings()],
            "conflicts": [*opened, *decided_conflicts(self)],
        }

    def findings(self) -> Iterator[Finding]:
        """Yield what is worth knowing: decisions, soft releases, shares' wholes, and figures without any room."""
        from series.resolver.wholes import wholes_found

        for item in self.ledger.decisions:
            statement = self.ledger.by_id[item.statement]
            kind = {"exclude": "excluded", "reinterpret": "reinterpreted", "accept": "accepted"}.get(
                item.act, "released"
            )
            what = f"{statement.id} prints {statement.printed} for {statement.subject} {statement.period}"
            change = f"; {item.field} reads {item.becomes or '(nothing)'}" if item.act == "reinterpret" else ""
            yield Finding(kind, f"{what}{change}: {item.reason}", (statement.id,))
        for case in self.cases:
            members = self.system.components[case.component].figures
            settled = self._yielding(case)
            if settled is not None:
                yield from released(settled, members, self.statements)
            if not case.complete:
                named = tuple(members[one].statements[0] for one in sorted(case.released))
                yield Finding("incomplete", "the search for repairs was cut short; there may be more", named)
        yield from wholes_found(self)
        for number in range(len(self.system.components)):
            members = self.system.components[number].figures
            for tight in tight_sets(self.evidence.search(number), self.evidence.settlement(number).released):
                named = tuple(sorted(members[one].statements[0] for one in tight))
                yield Finding("tight", "these figures can all be true only at the very ends of their rounding", named)

    def _yielding(self, case: Case) -> Repair | None:
        return yields(case, self.system.components[case.component].figures)


def resolve(ledger: Ledger, limits: Limits | None = None) -> Resolution:
    """Return the resolution of a ledger; nothing is solved before it is asked for.

    Example:
        >>> from series import ledger
        >>> found = resolve(ledger.load()).bounds("cn.offshore.execution.usd", Period.year(2017))
        >>> 796.0 < found.low < found.high < 797.0
        True
    """
    return Resolution(ledger, limits)
