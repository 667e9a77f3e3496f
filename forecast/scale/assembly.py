"""Assembly: the rows of a chunk as series, with everything that is wrong or odd about each; no loop over series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.models.kernels.gaps import missing_inside
from forecast.outliers import find_outliers
from forecast.scale.arrays import to_arrow, to_numpy, whole
from forecast.scale.failing import Failing, counted, mixed, without_empty
from forecast.scale.reading import KINDS, WRONG
from forecast.tables.findings import (
    ASSUMED,
    FULLEST,
    NAMED,
    SHORTEST,
    Finding,
    formula_like,
    sparse,
    without_value,
)
from forecast.tables.supports import HINTED, LIMITS, PROMISED, SUPPORTS, advice, described
from forecast.windows import Floats, Ints
from series.periods import MONTHS, Frequency, Period

if TYPE_CHECKING:
    import pyarrow as pa

HIGHEST = np.array([LIMITS.get(support, np.inf) for support in SUPPORTS])


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Series of one frequency.

    Attributes:
        names: B ids, in order.
        values: the values of all series, one after the other; NaN where one is missing between others.
        starts: [B] where each begins in `values`.
        lengths: [B] how many steps each has, from its first value to its last.
        last: [B] the first month of each series' last period.
        supports: B names of what the values can be.
    """

    frequency: Frequency
    names: tuple[str, ...]
    values: Floats
    starts: Ints
    lengths: Ints
    last: Ints
    supports: tuple[str, ...]

    def padded(self, rows: Ints) -> Floats:
        """Return the values of the chosen series, right-aligned [B', T]."""
        lengths = self.lengths[rows]
        width = int(lengths.max(initial=0))
        places = np.arange(width)[None, :] - (width - lengths[:, None])
        picked = self.values[np.maximum(self.starts[rows][:, None] + places, 0)]
        return np.where(places >= 0, picked, np.nan)

    def ends(self, rows: Ints) -> list[Period]:
        """Return the last period of the chosen series."""
        length = MONTHS[self.frequency]
        return [Period(start, start + length - 1) for start in self.last[rows].tolist()]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A chunk's sound series by frequency, what is wrong with the others, and what is odd about the sound ones.

    Attributes:
        assumed: the sound series of whose values nothing is said, by what they look like (a key of `ASSUMED`).
    """

    runs: tuple[Run, ...]
    failures: tuple[Finding, ...]
    oddities: tuple[Finding, ...]
    series: int
    assumed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def assemble(table: pa.Table, broken: dict[int, str] | None = None, odd: bool = True) -> Assembled:
    """Put the rows of a chunk together, series by series in the order of their ids; those without a value fail last.

    Args:
        table: rows of `reading.schema()`, in any order.
        broken: files that broke off, whose rows are not to be trusted: their series fail.
        odd: whether to look for what is odd about sound series.
    """
    rows, nothing = without_empty(table)
    found = _assembled(rows, broken, odd)
    return replace(found, failures=(*found.failures, *nothing), series=found.series + len(nothing))


def _assembled(table: pa.Table, broken: dict[int, str] | None, odd: bool) -> Assembled:
    import pyarrow.compute as pc

    coded = whole(table["series"])
    places = to_numpy(coded.indices)
    order = to_numpy(pc.sort_indices(coded.dictionary)).astype(np.int64)
    order = order[np.bincount(places, minlength=len(order))[order] > 0]  # an id may stand there without a row
    texts = coded.dictionary.take(to_arrow(order))
    names = texts.to_pylist()
    rank = np.zeros(len(coded.dictionary), dtype=np.int64)
    rank[order] = np.arange(len(order))
    code = rank[places]
    cells = {name: to_numpy(table[name]) for name in ("month", "kind", "support", "wrong", "file", "value")}
    placed = _placed(code, cells["month"], cells["value"])
    if placed is not None:
        code = code[placed]
        cells = {name: column[placed] for name, column in cells.items()}
    failing = Failing(names)
    starts = np.flatnonzero(np.diff(code, prepend=-1))
    lengths = np.diff(np.append(starts, len(code)))
    if not len(starts):
        return Assembled((), (), (), 0)
    if broken:
        lost = np.isin(cells["file"], list(broken))
        said = "; ".join(sorted(broken.values()))
        failing.mark("unreadable", np.logical_or.reduceat(lost, starts), lambda _: f"part of it stood in {said}")
    for defect, reason in WRONG.items() if cells["wrong"].any() else ():
        bad = np.add.reduceat((cells["wrong"] == defect).astype(np.int64), starts)
        failing.mark("unreadable", bad > 0, counted(bad, lengths, reason))
    first_kind, last_kind = (one.reduceat(cells["kind"], starts) for one in (np.minimum, np.maximum))
    failing.mark("mixed frequency", first_kind != last_kind, mixed(first_kind, last_kind))
    frequency = _frequencies(cells["month"], starts, lengths, first_kind)
    step = np.array(list(MONTHS.values()))[np.maximum(frequency, 0)]
    period = cells["month"] // step[code]
    again = np.diff(period, prepend=-1) == 0
    again[starts] = False
    twice = np.add.reduceat(again.astype(np.int64), starts)
    many = counted(twice, lengths, "stand for a period that has one already; weekly and daily data are not taken")
    mostly = (2 * twice > lengths) & (first_kind == KINDS.index("monthly"))
    failing.mark("duplicate", mostly, many)
    failing.mark("duplicate", twice > 0, counted(twice, lengths, "stand for a period that has one already"))
    ends = starts + lengths - 1
    span = period[ends] - period[starts] + 1
    months = np.stack([period[starts], period[ends]]) * np.array(list(MONTHS.values()))[np.maximum(frequency, 0)]
    low, high = (one.reduceat(cells["value"], starts) for one in (np.minimum, np.maximum))
    declared = np.maximum.reduceat(cells["support"], starts)
    support, sure = _supports(texts, declared, low, high)
    outside = (support != SUPPORTS.index("real")) & ((low < 0) | (high > HIGHEST[support]))
    failing.mark(
        "out of bounds",
        outside,
        lambda row: (
            f"values from {low[row]:g} to {high[row]:g}; it is {described(SUPPORTS[support[row]])}. "
            + advice(names[row], SUPPORTS[support[row]], declared=bool(declared[row] > 0))
        ),
    )
    failing.mark(
        "too short", lengths < SHORTEST, lambda row: f"{lengths[row]} observations; at least {SHORTEST} are needed"
    )
    apart = np.gcd.reduceat(period - np.repeat(period[starts], lengths), starts)
    failing.mark(
        "gap",
        (lengths < FULLEST * span) | ((apart > 1) & (frequency != KINDS.index("annual"))),
        lambda row: sparse(
            int(lengths[row]),
            _period(months[0, row], frequency[row]),
            _period(months[1, row], frequency[row]),
            int(apart[row]),
        ),
    )
    failing.mark("constant", low == high, lambda row: f"all {lengths[row]} values are {low[row]:g}")
    values = cells["value"]
    if (span > lengths)[~failing.marked].any():
        values, starts, lengths = _spread(values, code, period, starts, lengths, np.where(failing.marked, 0, span))
    runs = []
    for place, kind in enumerate(MONTHS):
        rows = np.flatnonzero((frequency == place) & ~failing.marked)
        if len(rows):
            runs.append(
                Run(
                    kind,
                    tuple(names[row] for row in rows.tolist()),
                    values,
                    starts[rows],
                    lengths[rows],
                    months[1, rows],
                    tuple(SUPPORTS[place] for place in support[rows].tolist()),
                )
            )
    oddities = [finding for run in runs for finding in _oddities(run)] if odd else []
    assumed = {
        kind: tuple(names[row] for row in np.flatnonzero(~failing.marked & ~sure & (support == SUPPORTS.index(kind))))
        for kind in (ASSUMED if odd else ())
    }
    return Assembled(tuple(runs), tuple(failing.findings()), tuple(oddities), len(names), assumed)


def _placed(code: Any, months: Any, values: Any) -> Any:
    """Return the order [N] by series, month and value, or None if the rows stand in it."""
    key = (code << 16) + months  # months are below 2 ** 15; one that was not read is -1 and comes first
    if (key[1:] > key[:-1]).all():
        return None
    placed = np.argsort(key, kind="stable")
    key = key[placed]
    return placed if (key[1:] > key[:-1]).all() else np.lexsort((values, months, code))


def _spread(
    values: Floats, code: Ints, period: Ints, starts: Ints, lengths: Ints, span: Ints
) -> tuple[Floats, Ints, Ints]:
    """Give every step of a series a place, NaN where it has no value; series of no span are left out.

    Returns the values, and where each series begins and how many steps it has [B].
    """
    places = np.cumsum(span) - span
    out = np.full(int(span.sum()), np.nan)
    kept = np.repeat(span > 0, lengths)
    own = code[kept]
    out[places[own] + period[kept] - period[starts][own]] = values[kept]
    return out, places, span


def _period(month: int, kind: int) -> Period:
    return Period(int(month), int(month) + MONTHS[KINDS[max(kind, 0)]] - 1)


def _frequencies(months: Any, starts: Any, lengths: Any, kinds: Any) -> Any:
    """Return [B] the place of each series' frequency in `KINDS`, for rows in the order of time.

    Months that are a year or a quarter apart are years or quarters.
    """
    apart = months - np.repeat(months[starts], lengths)
    steps = np.gcd.reduceat(apart, starts)
    found = kinds.astype(np.int64)
    monthly = (found == KINDS.index("monthly")) & (steps > 0)
    found[monthly & (steps % 12 == 0)] = KINDS.index("annual")
    found[monthly & (steps % 12 != 0) & (steps % 3 == 0)] = KINDS.index("quarterly")
    return found


def _supports(texts: Any, declared: Any, low: Any, high: Any) -> tuple[Any, Any]:
    """Return [B] the place of what each series' values can be, as `forecast.tables.supports` has it, and if sure."""
    import pyarrow.compute as pc

    found = np.where(low > 0, SUPPORTS.index("positive"), SUPPORTS.index("real"))
    sure = (declared > 0) | (low < 0)
    for endings, binding in ((HINTED, False), (PROMISED, True)):
        for support, pattern in endings.items():
            place = SUPPORTS.index(support)
            ends = to_numpy(pc.match_substring_regex(texts, pattern))
            told = ends & (binding | ((low >= 0) & (high <= HIGHEST[place])))
            found[told] = place
            sure |= told
    return np.where(declared > 0, declared - 1, found), sure


def _oddities(run: Run) -> list[Finding]:
    found = [
        Finding("formula", name, "the id looks like a formula; CSV output puts an apostrophe before it")
        for name in run.names
        if not name[:1].isalnum() and formula_like(name)
    ]
    length = MONTHS[run.frequency]
    for rows in blocks(run.lengths):
        values = run.padded(rows)
        missing = missing_inside(values)
        for row in np.flatnonzero(missing.any(axis=1)).tolist():
            holes = np.flatnonzero(missing[row]) - values.shape[1] + 1
            first = [_period(run.last[rows[row]] + hole * length, KINDS.index(run.frequency)) for hole in holes[:NAMED]]
            found.append(Finding("gap", run.names[int(rows[row])], without_value(first, len(holes))))
        places = np.argwhere(find_outliers(values))
        ends = run.ends(rows[places[:, 0]])
        for (row, column), end in zip(places.tolist(), ends, strict=True):
            period = end.step(column - values.shape[1] + 1)
            message = f"{values[row, column]:g} in {period} is far off its neighbours"
            found.append(Finding("outlier", run.names[int(rows[row])], message))
    return found


CELLS, SHORT = 1 << 17, 32
"""Cells of a block of windows, about, and the least length that a window counts with: they bound a chunk's memory."""


def blocks(lengths: Ints) -> list[Ints]:
    """Cut rows into blocks of like length, shortest first, none of more than `CELLS` cells unless of one row."""
    order = np.argsort(lengths, kind="stable")
    found = []
    while len(order):
        cells = np.arange(1, len(order) + 1) * np.maximum(lengths[order], SHORT)
        size = max(int(np.searchsorted(cells, CELLS, side="right")), 1)
        found.append(np.sort(order[:size]))
        order = order[size:]
    return found
