"""Differenced series as the likelihood takes them, with what their missing values would do to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.recursions import BLOCK

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Differenced series, aligned on the left.

    Attributes:
        values: [T, N], zero beyond the end of each series.
        lengths: [N] observations.
        constant: [N] one where the mean is estimated, zero where it is none.
        holes: [T, m, N] what a one in the place of each missing value does to the series; zero where fewer are missing.
    """

    values: Floats
    lengths: Ints
    constant: Floats
    holes: Floats

    @classmethod
    def whole(cls, values: Floats, lengths: Ints, constant: Floats) -> Sample:
        """Return the sample of series without a missing value."""
        return cls(values, lengths, constant, np.zeros((len(values), 0, len(lengths))))

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """[m, N] which columns of `holes` stand for a missing value."""
        return np.asarray((self.holes != 0).any(axis=0))

    @cached_property
    def known(self) -> Ints:
        """[N] differenced observations that are left when those missing are taken off."""
        return np.asarray(self.lengths - self.missing.sum(axis=0), dtype=np.int64)

    @cached_property
    def inside(self) -> Floats:
        """[T, N] one up to the end of each series, zero beyond it."""
        return (np.arange(len(self.values))[:, None] < self.lengths).astype(np.float64)

    def take(self, columns: Ints, constant: Floats) -> Sample:
        """Return the chosen series, with or without a mean, cut to the longest of them.

        Whole blocks of steps are kept, so that blocks counted from the end fall on the same steps in any company.
        """
        lengths = self.lengths[columns]
        longest = int(lengths.max(initial=1))
        values = np.zeros((-(-longest // BLOCK) * BLOCK, len(columns)))
        np.take(self.values[:longest], columns, axis=1, out=values[:longest], mode="clip")
        holes = np.zeros((len(values), self.holes.shape[1], len(columns)))
        if holes.size:
            holes[:longest] = self.holes[:longest][:, :, columns]
        return Sample(values, lengths, constant, holes)
