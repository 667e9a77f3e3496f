"""Checks: what the resolver says of a statement before it enters the ledger."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from series.ledger import Ledger
from series.resolver import Bounds, Resolution, resolve
from series.resolver.findings import span
from series.resolver.intervals import as_printed
from series.resolver.likelihood import Hypothesis, ends
from series.resolver.modes import MODES
from series.resolver.readings import Figure, Reading, is_soft, read, weight
from series.resolver.repairs import MARGIN, Mechanic
from series.statements import Source, Statement

Verdict = Literal["held", "agrees", "new", "narrows", "conflicts"]
CONSISTENT: tuple[Verdict, ...] = ("agrees", "new", "narrows")
SLACK = 1e-7  # of a bound: it is proven in fractions and rounded outwards
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What the ledger says of a proposed statement.

    held: the same source has said it already. agrees: the ledger allows nothing else than the print. new: it leaves
    the figure open. narrows: it bounds the figure, and the print cuts that range. conflicts: no value that the ledger
    allows would be printed like this; `mode` is the known slip that explains it best, `statements` what stands against.
    """

    verdict: Verdict
    bounds: tuple[float, float | None]
    statements: tuple[str, ...]
    mode: str | None
    message: str
    alternatives: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the check as a JSON object; the alternatives stand beside it."""
        low, high = self.bounds
        return {
            "verdict": self.verdict,
            "bounds": [low, high],
            "statements": list(self.statements),
            "mode": self.mode,
            "message": self.message,
        }


class Checker:
    """Checks statements against one ledger, which is resolved once, when the first is asked about."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def resolution(self) -> Resolution:
        """The ledger as it stands, resolved."""
        return resolve(self.ledger)

    @cached_property
    def _said(self) -> dict[tuple[object, ...], str]:
        return {_key(item): item.id for item in self.ledger.statements}

    def check(self, item: Statement, source: Source) -> Check:
        """Return how a statement that the ledger does not have fits with all that it has."""
        held = self._said.get(_key(item))
        if held:
            return Check("held", (0.0, None), (held,), None, f"{item.source} has said it already, as {held}")
        found = [self._reading(item, reading) for reading in read(item, self.resolution.structure)]
        verdict, bounds, against, reading = max(found, key=_telling)
        if item.kind == "share" and math.isfinite(bounds.high):
            bounds = replace(bounds, high=min(bounds.high, 1.0))
        low, high = as_printed(item, bounds.low), as_printed(item, bounds.high)
        shown = (round(low, 6), round(high, 6) if math.isfinite(high) else None)
        allowed = span(item, bounds.low, bounds.high)
        if verdict != "conflicts":
            message = {
                "agrees": f"the ledger allows {allowed}: nothing else than is printed",
                "new": "the ledger leaves this figure open",
                "narrows": f"the ledger allows {allowed}; the print narrows that",
            }[verdict]
            return Check(verdict, shown, against, None, message)
        slips = self._slips(item, source, reading)
        mode = slips[0].mode if slips else "unknown"
        message = f"the ledger allows {allowed}; {MODES[mode].sentence}"
        alternatives = tuple(_alternative(item, slip) for slip in slips if slip.mode != "unknown")
        return Check(verdict, shown, against, mode, message, alternatives[:ALTERNATIVES])

    def _reading(self, item: Statement, reading: Reading) -> tuple[Verdict, Bounds, tuple[str, ...], Reading]:
        resolution = self.resolution
        bounds = resolution.evidence.bounds(reading.quantity)
        low, high = ends(reading.interval)
        margin = SLACK * max(1.0, abs(bounds.low))
        component = resolution.system.component_of(reading.quantity.top)
        members = component.figures if component else ()
        if low > bounds.high + margin or high < bounds.low - margin:
            binding = bounds.high_figures if low > bounds.high else bounds.low_figures
            return "conflicts", bounds, tuple(members[one].statements[0] for one in sorted(binding)), reading
        if low <= bounds.low + margin and bounds.high - margin <= high:
            binding = bounds.high_figures | bounds.low_figures
            return "agrees", bounds, tuple(members[one].statements[0] for one in sorted(binding)), reading
        if item.kind not in ("level", "bound", "share") and bounds.low <= 0:
            return "new", bounds, (), reading
        return ("narrows" if math.isfinite(bounds.high) else "new"), bounds, (), reading

    def _slips(self, item: Statement, source: Source, reading: Reading) -> tuple[Hypothesis, ...]:
        """Return the known ways in which the figure may have gone wrong and that the ledger allows, best first."""
        resolution = self.resolution
        quantity = reading.quantity
        component = resolution.system.component_of(quantity.top)
        if component is None:
            return ()
        number = resolution.system.components.index(component)
        cells = [cell for cell in (quantity.top, quantity.bottom) if cell is not None]
        near = resolution.evidence.focus(
            number,
            resolution.structure.relatives({cell.subject for cell in cells}),
            min(cell.period.start for cell in cells) - MARGIN,
            max(cell.period.end for cell in cells) + MARGIN,
        )
        mechanic = Mechanic(resolution.evidence, {item.id: item}, resolution.structure)
        figure = Figure(reading, (item.id,), weight(item, {source.id: source}), is_soft(item))
        return mechanic.explain(figure, {}, near)[1]


def _key(item: Statement) -> tuple[object, ...]:
    return (item.source, item.subject, item.period, item.kind, item.value, item.base)


def _telling(found: tuple[Verdict, Bounds, tuple[str, ...], Reading]) -> tuple[bool, float]:
    """Rank what a share is found to be in each currency: a conflict first, then where the ledger bounds it closest."""
    return found[0] == "conflicts", found[1].low - found[1].high


def _alternative(item: Statement, slip: Hypothesis) -> dict[str, Any]:
    low, high = as_printed(item, slip.low), as_printed(item, slip.high)
    return {
        "mode": slip.mode,
        "about": slip.about,
        "bounds": [round(low, 6), round(high, 6) if math.isfinite(high) else None],
        "why": MODES[slip.mode].sentence,
    }
