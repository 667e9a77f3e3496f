"""Sums: the past of a whole whose parts begin and end at different times, or have gaps.

Where every part has a value the whole is their sum. Elsewhere it is linked: from one period to the next it moves as the
parts do that have both, as long as those are nearly all of it. Where it cannot be linked its value is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.errors import EvidenceError
from forecast.windows import Bools, Floats, past_of
from series.observations import Observation, Series
from series.periods import Period

COVERED = 0.8
"""Share of the whole that the parts known in both periods must have."""
ROUNDED = 0.02
"""Share by which a whole may differ from the sum of its parts, as published figures do."""


def add_up(name: str, parts: Sequence[Series]) -> tuple[Series, int]:
    """Return the sum of series of one unit and frequency, and in how many of its periods it is linked.

    Raises:
        EvidenceError: if there is no period in which every part has a value.
    """
    first, values = _aligned(parts)
    total, linked = link(values)
    if not np.isfinite(total).any():
        raise EvidenceError(f"there is no period in which all parts of {name} have a value; they cannot be added up")
    observations = tuple(
        Observation(first.step(step), float(one), float(one), float(one), "estimated" if joined else "derived", ())
        for step, (one, joined) in enumerate(zip(total, linked, strict=True))
        if np.isfinite(one)
    )
    whole = Series(name, parts[0].unit, parts[0].frequency, parts[0].as_of, observations, parts[0].gaps)
    return whole, int(linked.sum())


def misfits(whole: Series, parts: Sequence[Series]) -> tuple[list[tuple[Period, float, float]], int]:
    """Return where a whole is off the sum of its parts: period, whole and sum; and in how many periods both are known.

    Off is what differs by more than `ROUNDED` of the larger of the two.
    """
    first, values = _aligned([whole, *parts])
    summed = values[1:].sum(axis=0)
    both = np.isfinite(values[0]) & np.isfinite(summed)
    larger = np.maximum(np.abs(values[0]), np.abs(summed))
    off = np.flatnonzero(both & (np.abs(values[0] - summed) > ROUNDED * larger))
    return [(first.step(step), float(values[0, step]), float(summed[step])) for step in off.tolist()], int(both.sum())


def _aligned(parts: Sequence[Series]) -> tuple[Period, Floats]:
    """Return the first period of all and their values [M, T] from it on, NaN where there is none."""
    first = min(one.known[0].period for one in parts)
    length = first.length
    steps = max((one.known[-1].period.start - first.start) // length for one in parts) + 1
    values = np.full((len(parts), steps), np.nan)
    for row, one in enumerate(parts):
        past, begin = past_of(one), (one.known[0].period.start - first.start) // length
        values[row, begin : begin + len(past)] = past
    return first, values


def link(values: Floats) -> tuple[Floats, Bools]:
    """Return the whole [T] of parts [M, T], NaN where it is not known, and which of its periods are linked.

    Exact sums are never touched; from the newest of them links go forwards, from each of them backwards, until the
    parts that have a value in both periods are less than `COVERED` of the whole, or one of the two sums is not above
    zero.
    """
    known = np.isfinite(values)
    whole: Bools = np.asarray(known.all(axis=0))
    total = np.where(whole, np.where(known, values, 0.0).sum(axis=0), np.nan)
    linked: Bools = np.zeros(len(total), dtype=np.bool_)
    if not whole.any():
        return total, linked
    last = int(np.flatnonzero(whole)[-1])
    for step in (*range(last + 1, len(total)), *range(last - 1, -1, -1)):
        near = step - 1 if step > last else step + 1
        both = known[:, step] & known[:, near]
        here, there = values[both, step].sum(), values[both, near].sum()
        if not whole[step] and here > 0 and there >= COVERED * total[near]:  # never so where the near one is missing
            total[step], linked[step] = total[near] * here / there, True
    return total, linked
