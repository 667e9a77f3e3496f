"""How well misprints are found: the decided ledger, one statement at a time corrupted in each known way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forecast.bench import Row, Table
from forecast.bench.corruptions import CORRUPTIONS, World
from series import ledger
from series.resolver import Limits, Resolution, resolve
from series.resolver.evidence import Evidence
from series.resolver.readings import Figure, read
from series.resolver.repairs import Mechanic
from series.resolver.system import Component, System, rows_of_figure
from series.statements import Statement

DRAWS, SEED, TRIES = 500, 20261123, 400
REMARK = (
    "One statement of the decided ledger is misprinted at a time; ways and statements are drawn evenly. Detected: the "
    "evidence is infeasible. In a repair, first, right way: of those detected, the misprint is in a proposed minimal "
    "repair, is the best one alone, and is named as what it is. "
)


@dataclass(frozen=True, slots=True)
class Draw:
    """One misprint and what the resolver made of it."""

    mode: str
    detected: bool
    listed: bool = False
    first: bool = False
    named: bool = False


def tables() -> Sequence[Table]:
    """Corrupt, resolve and count; no finding on the ledger as it stands is part of the result."""
    resolution = resolve(ledger.load())
    false = len(resolution.cases)
    found = draws(resolution, DRAWS, SEED)
    rows = [_row(mode, [one for one in found if one.mode == mode]) for mode in CORRUPTIONS]
    rows.append(_row("all", found))
    return [Table("Misprints found by the resolver", rows, f"{REMARK}Findings on the uncorrupted ledger: {false}.")]


def draws(resolution: Resolution, count: int, seed: int) -> list[Draw]:
    """Return `count` misprints, in every way in turn."""
    world = World(resolution, random.Random(seed))  # noqa: S311 - draws a sample, not a secret
    found: list[Draw] = []
    modes = list(CORRUPTIONS)
    while len(found) < count:
        mode = modes[len(found) % len(modes)]
        corrupted = _corrupted(world, mode)
        if corrupted is None:
            modes.remove(mode)
            continue
        found.append(_judged(resolution, mode, *corrupted))
    return found


def _corrupted(world: World, mode: str) -> tuple[Statement, Statement] | None:
    """A statement and its misprint, which differs from it in the printed digits."""
    for _ in range(TRIES):
        statement = world.dice.choice(world.resolution.ledger.in_force)
        value = CORRUPTIONS[mode](statement, world)
        if value is None:
            continue
        shift = {"times ten": 1, "tenth": -1}.get(mode, 0)
        exponent = statement.exponent + shift
        printed = value.quantize(Decimal(1).scaleb(exponent))
        if printed != statement.value:
            return statement, replace(statement, value=printed, exponent=exponent, printed=str(printed))
    return None


def _judged(resolution: Resolution, mode: str, statement: Statement, misprint: Statement) -> Draw:
    systems = resolution.system
    statements = {**resolution.statements, misprint.id: misprint}
    detected = listed = first = named = False
    for number, component in enumerate(systems.components):
        if not any(statement.id in figure.statements for figure in component.figures):
            continue
        changed, culprits = _misprinted(component, resolution, misprint)
        components = (*systems.components[:number], changed, *systems.components[number + 1 :])
        evidence = Evidence(System(systems.grid, components, systems.home), Limits())
        if evidence.search(number).conflict() is None:
            continue
        detected = True
        cases = Mechanic(evidence, statements, resolution.structure).cases(number)
        listed |= any(repair.figures & culprits for case in cases for repair in case.repairs)
        best = max((case.repairs[0] for case in cases if case.repairs), key=lambda repair: repair.score, default=None)
        if best is not None and best.figures <= culprits:
            first = True
            named |= bool(best.hypotheses) and best.hypotheses[0].mode == mode
    return Draw(mode, detected, listed, first, named)


def _misprinted(component: Component, resolution: Resolution, misprint: Statement) -> tuple[Component, frozenset[int]]:
    """The component with the misprint in the place of the statement; reprints of the statement stay as they are."""
    figures: list[Figure] = []
    rows = [row for row in component.rows if row.figure < 0]
    readings = {str(one.quantity): one for one in read(misprint, resolution.structure)}
    culprits = set()
    for place, figure in enumerate(component.figures):
        others = tuple(key for key in figure.statements if key != misprint.id)
        if others:
            rows += [replace(row, figure=len(figures)) for row in component.rows if row.figure == place]
            figures.append(replace(figure, statements=others))
        if len(others) < len(figure.statements):
            reading = readings[str(figure.reading.quantity)]
            rows += rows_of_figure(len(figures), reading, resolution.system.grid, component)
            culprits.add(len(figures))
            weight = figure.weight if not others else min(figure.weight, 4.0)
            figures.append(replace(figure, reading=reading, statements=(misprint.id,), weight=weight))
    return Component(component.columns, tuple(figures), tuple(rows)), frozenset(culprits)


def _row(mode: str, found: Sequence[Draw]) -> Row:
    detected = [one for one in found if one.detected]

    def share(count: int, of: int) -> str:
        return f"{100 * count / of:.0f} %" if of else "–"

    return {
        "way": mode,
        "draws": len(found),
        "detected": share(len(detected), len(found)),
        "in a repair": share(sum(one.listed for one in detected), len(detected)),
        "first": share(sum(one.first for one in detected), len(detected)),
        "right way": share(sum(one.named for one in detected), len(detected)),
    }
