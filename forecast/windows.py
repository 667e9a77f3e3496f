"""Windows: the pasts that models see, as one right-aligned array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """A batch of pasts.

    Attributes:
        values: [B, T] float64, right-aligned; NaN left of a shorter window, NaN inside where a value is missing.
        lengths: [B] steps from the first value to the origin.
        season: steps in a seasonal cycle; 1 for annual data.
        phase: [B] position of the origin (last step) in the cycle, 0..season-1.
        seeds: [B] one seed a window, so that simulated results depend on nothing but the window.
    """

    values: Floats
    lengths: Ints
    season: int
    phase: Ints
    seeds: NDArray[np.uint64]

    def __post_init__(self) -> None:
        batch = self.values.shape[0] if self.values.ndim == 2 else -1
        if batch < 0 or any(a.shape != (batch,) for a in (self.lengths, self.phase, self.seeds)):
            raise InputError(f"windows are [B, T] with lengths, phase and seeds [B]; got {self.values.shape}")
        if self.season < 1:
            raise InputError(f"season {self.season} is impossible; it is a number of steps from 1 up")

    @classmethod
    def of(
        cls,
        pasts: Sequence[Sequence[float] | Floats],
        season: int = 1,
        phase: Sequence[int] | Ints | None = None,
        seeds: Sequence[int] | NDArray[np.uint64] | None = None,
    ) -> Windows:
        """Right-align `pasts`, oldest value first, into one batch."""
        batch = len(pasts)
        lengths = np.array([len(past) for past in pasts], dtype=np.int64)
        values = np.full((batch, int(lengths.max(initial=0))), np.nan)
        for row, past in enumerate(pasts):
            if len(past):
                values[row, -len(past) :] = past
        return cls(
            values,
            lengths,
            season,
            np.zeros(batch, np.int64) if phase is None else np.asarray(phase, np.int64),
            np.arange(batch, dtype=np.uint64) if seeds is None else np.asarray(seeds, np.uint64),
        )

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def take(self, rows: Ints | NDArray[np.bool_] | slice) -> Windows:
        """Return the chosen rows, in that order, cut to the longest of them."""
        lengths = self.lengths[rows]
        width = int(lengths.max(initial=0))
        values = self.values[rows]
        return Windows(values[:, values.shape[1] - width :], lengths, self.season, self.phase[rows], self.seeds[rows])

    def with_values(self, values: Floats) -> Windows:
        """Return the same batch with other values of the same shape."""
        return replace(self, values=values)
