"""The pasts as kernels take them: left-aligned, longest first, batch last, on a scale near one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pasts:
    """A batch of complete pasts, none longer than the one before it.

    Attributes:
        values: [T, N] oldest first, divided by 2**exponents so that the largest size is in [0.5, 1); 0 after the end.
        lengths: [N] not increasing.
        exponents: [N] powers of two; a power of two changes no digit.
        rows: [N] where each past stood in the caller's batch.
    """

    values: Floats
    lengths: Ints
    exponents: Ints
    rows: Ints

    @property
    def counts(self) -> list[int]:
        """How many pasts are still running at each step: the rows [: counts[t]]."""
        return running(self.lengths, len(self.values))

    @property
    def positive(self) -> NDArray[np.bool_]:
        """[N] whether every value is above zero."""
        low = (self.values <= 0) & (np.arange(len(self.values))[:, None] < self.lengths)
        return np.asarray(~low.any(axis=0))

    def take(self, columns: Ints) -> Pasts:
        """Return the chosen pasts (in ascending order), cut to the longest of them."""
        lengths = self.lengths[columns]
        values = self.values[: int(lengths.max(initial=0)), columns]
        return Pasts(values, lengths, self.exponents[columns], self.rows[columns])

    def head(self, held: Ints) -> tuple[Pasts, Ints]:
        """Return the first `held` [N] values of each past, longest first, and where each past stands among them."""
        order = np.argsort(-held, kind="stable")
        lengths = held[order]
        inside = np.arange(int(lengths.max(initial=0)))[:, None] < lengths
        values = np.where(inside, self.values[: len(inside), order], 0.0)
        places = np.empty_like(order)
        places[order] = np.arange(len(order))
        return Pasts(values, lengths, self.exponents[order], self.rows[order]), places

    def __len__(self) -> int:
        return int(self.values.shape[1])

    def scaled_back(self, values: Floats) -> Floats:
        """Return values [N, ...] on the caller's scale; what is too large for a float is the largest float."""
        exponents = self.exponents.reshape((-1,) + (1,) * (values.ndim - 1))
        limit = np.finfo(np.float64).max
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(np.clip(scaled(values, exponents), -limit, limit))


def scaled(values: Floats, exponents: Ints) -> Floats:
    """Return values times powers of two: `ldexp`, several times faster where the powers are floats themselves."""
    if exponents.size and exponents.min() >= -1022 and exponents.max() <= 1023:
        return np.asarray(values * np.ldexp(1.0, exponents))
    return np.asarray(np.ldexp(values, exponents))


def running(lengths: Ints, steps: int) -> list[int]:
    """Count the rows of descending `lengths` that reach beyond each step."""
    return [int(count) for count in np.searchsorted(-lengths, -np.arange(steps), side="left")]


def lay(values: Floats, lengths: Ints, chunk: int) -> Iterator[Pasts]:
    """Lay right-aligned complete pasts [B, T] out in chunks of at most `chunk`, the longest first."""
    order = np.argsort(-lengths, kind="stable")
    width = values.shape[1]
    for first in range(0, len(order), chunk):
        rows = order[first : first + chunk]
        sizes = lengths[rows]
        longest = int(sizes.max(initial=0))
        steps = np.arange(longest)
        inside = steps < sizes[:, None]
        taken = values[rows[:, None], np.where(inside, width - sizes[:, None] + steps, 0)]
        taken = np.where(inside, taken, 0.0)
        exponents = np.frexp(np.abs(taken).max(axis=1, initial=0.0))[1].astype(np.int64)
        with np.errstate(under="ignore"):
            laid = np.ascontiguousarray(scaled(taken, -exponents[:, None]).T)
        yield Pasts(laid, sizes, exponents, rows)


def left_aligned(marks: NDArray[np.bool_], lengths: Ints, longest: int) -> NDArray[np.bool_]:
    """Turn marks [N, T] on right-aligned windows into marks [longest, N] on their pasts."""
    steps = np.arange(longest)
    places = np.minimum(marks.shape[1] - lengths[:, None] + steps, marks.shape[1] - 1)
    return np.asarray((np.take_along_axis(marks, places, axis=1) & (steps < lengths[:, None])).T, dtype=np.bool_)
