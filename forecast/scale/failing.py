"""Failing: which series of a chunk fail, each for the first reason that is found, and what that says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from forecast.scale.arrays import to_arrow, to_numpy, whole
from forecast.scale.reading import EMPTY, KINDS
from forecast.tables.findings import NOTHING, SHORTEST, Finding

if TYPE_CHECKING:
    import pyarrow as pa


class Failing:
    """The series that fail, by their place among the names."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.marked: NDArray[np.bool_] = np.zeros(len(names), dtype=np.bool_)
        self.found: dict[int, Finding] = {}

    def mark(self, kind: str, bad: Any, reason: Any) -> None:
        """Let the `bad` ones [B] fail that did not before; `reason` says of a place why."""
        for row in np.flatnonzero(bad & ~self.marked).tolist():
            self.found[row] = Finding(kind, self.names[row], reason(row))
        self.marked |= bad

    def findings(self) -> list[Finding]:
        """Return why they fail, in the order of the names."""
        return [self.found[row] for row in sorted(self.found)]


def without_empty(table: pa.Table) -> tuple[pa.Table, list[Finding]]:
    """Return the rows of a chunk that are not empty, and the series that have no other."""
    empty = to_numpy(table["wrong"]) == EMPTY
    if not empty.any():
        return table, []
    coded = whole(table["series"])
    codes, count = to_numpy(coded.indices), len(coded.dictionary)
    seen, filled = (np.bincount(codes[rows], minlength=count) > 0 for rows in (empty, ~empty))
    names = sorted(coded.dictionary.take(to_arrow(np.flatnonzero(seen & ~filled))).to_pylist())
    nothing = [Finding("too short", name, f"{NOTHING}; at least {SHORTEST} are needed") for name in names]
    return table.filter(to_arrow(~empty)), nothing


def mixed(first: Any, last: Any) -> Any:
    """Return the reason of series whose periods are of the kinds `first` to `last` [B]."""
    return lambda row: f"its periods are of several kinds ({KINDS[first[row]]} and {KINDS[last[row]]}); use one kind"


def counted(bad: Any, lengths: Any, reason: str) -> Any:
    """Return a reason that holds for so many `bad` [B] of the rows of each series."""
    return lambda row: f"{bad[row]} of {lengths[row]} rows: {reason}"
