"""Grid: the coarsest segments of months that the evidence distinguishes, one unknown amount each."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from series.resolver.readings import Cell
from series.resolver.structure import Structure, Sum

Column = tuple[str, int, int]
"""One unknown: subject, first month, month after the last."""


@dataclass(frozen=True)
class Grid:
    """Month boundaries of every subject; two neighbouring boundaries enclose one segment."""

    structure: Structure
    boundaries: dict[str, tuple[int, ...]]

    def cover(self, cell: Cell) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
        """Return the segments that lie within the cell, and those that it cuts.

        Months outside every segment carry no evidence at all: they are a segment of their own, cut.
        """
        start, end = cell.period.start, cell.period.end + 1
        nature = self.structure.nature(cell.subject)
        if nature != "flow":
            start = end - 1 if nature == "stock" else start
            return ((cell.subject, start, end),), ()
        marks = self.boundaries.get(cell.subject, ())
        first, last = bisect.bisect_left(marks, start), bisect.bisect_right(marks, end) - 1
        if first > last or not marks:
            return (), ((cell.subject, *self._around(marks, start, end)),)
        whole = tuple((cell.subject, a, b) for a, b in zip(marks[first:last], marks[first + 1 : last + 1], strict=True))
        cut = []
        if start < marks[first]:
            cut.append((cell.subject, marks[first - 1] if first else start, marks[first]))
        if marks[last] < end:
            cut.append((cell.subject, marks[last], marks[last + 1] if last + 1 < len(marks) else end))
        return whole, tuple(cut)

    @staticmethod
    def _around(marks: tuple[int, ...], start: int, end: int) -> tuple[int, int]:
        after = bisect.bisect_right(marks, start)
        low = marks[after - 1] if after and after < len(marks) else start
        high = marks[after] if 0 < after < len(marks) else end
        return low, high


def make_grid(cells: Iterable[Cell], structure: Structure) -> tuple[Grid, tuple[Sum, ...]]:
    """Collect the boundaries that the cells use and carry them along the identities.

    The parts of one whole share their boundaries, and the whole has at least those of its parts, so that an
    identity holds segment by segment. Identities of which the whole or every part is never spoken of are dropped.
    """
    marks: dict[str, set[int]] = {}
    for cell in cells:
        if structure.nature(cell.subject) == "flow":
            marks.setdefault(cell.subject, set()).update((cell.period.start, cell.period.end + 1))
    sums = _spoken(structure.sums, set(marks))
    changed = True
    while changed:
        changed = False
        for one in sums:
            shared: set[int] = set().union(*(marks.setdefault(part, set()) for part in one.parts))
            for subject in (one.whole, *one.parts):
                own = marks.setdefault(subject, set())
                if not shared <= own:
                    own |= shared
                    changed = True
    return Grid(structure, {subject: tuple(sorted(own)) for subject, own in marks.items() if own}), sums


def _spoken(sums: tuple[Sum, ...], subjects: set[str]) -> tuple[Sum, ...]:
    kept: list[Sum] = []
    remaining = list(sums)
    grown = True
    while grown:
        grown = False
        for one in list(remaining):
            if one.whole in subjects and any(part in subjects for part in one.parts):
                kept.append(one)
                remaining.remove(one)
                subjects |= set(one.parts)
                grown = True
    return tuple(sorted(kept, key=lambda one: (one.whole, one.parts)))
