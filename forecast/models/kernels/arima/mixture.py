"""The exact likelihood of ARMA(1,1) in the eigenvectors of a moving average, which no coefficient changes.

With y_1 = w_1 and y_t = w_t + c w_{t-1}, the covariance of y is that of n values of a moving average of order one, save
for the first variance (theta and c as in the operators 1 + theta B and 1 + c B; variance of the innovations one):

    Sigma = T + Delta e_1 e_1',   Delta = ((c - theta)^2 - theta^2 (1 - c^2)) / (1 - c^2).

T is tridiagonal with equal diagonals: its eigenvectors are sines, and its eigenvalues

    f_j = 1 + theta^2 + 2 theta cos(pi j / (n + 1))                           (Anderson 1971, section 6.5.4).

So the sines of w and of w one step later are taken once, and a point costs some sums over j. With E the sines of e_1,
g = 1 + theta^2 + .. + theta^(2 n - 2), |T| = 1 + theta^2 g, tau = g / |T| = sum E_j^2 / f_j and x = y less the mean,

    S = sum x_j^2 / f_j - Delta / (1 + Delta tau) (sum E_j x_j / f_j)^2,
    |Sigma| = |T| (1 + Delta tau) = 1 + g (c - theta)^2 / (1 - c^2).

With G = Sigma^-1 x the slopes of S are -G_j^2 along f_j, -(E'G)^2 along Delta, and 2 G along x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sines:
    """Sine transforms of series, all zero beyond their ends. Those of the same length share what is not of the data.

    Attributes:
        series: [T, N] of w.
        later: [T, N] of w one step later.
        one: [T, L] of the constant one, for each of L lengths.
        first: [T, L] E, of a one in the first place.
        cosines: [T, L] 2 cos(pi j / (n + 1)).
        inside: [T, L] one up to the length.
        kind: [N] which of the L lengths a series has.
        lengths: [N] n.
        constant: [N] one where the mean is estimated, zero where it is none.
    """

    series: Floats
    later: Floats
    one: Floats
    first: Floats
    cosines: Floats
    inside: Floats
    kind: Ints
    lengths: Ints
    constant: Floats

    @classmethod
    def of(cls, sample: Sample) -> Sines:
        """Transform complete series."""
        series, later = np.zeros((2, *sample.values.shape))
        sizes, kind = np.unique(sample.lengths, return_inverse=True)
        one, first, cosines, inside = np.zeros((4, len(series), len(sizes)))
        for place, size in enumerate(sizes.tolist()):
            columns = np.flatnonzero(kind == place)
            angles = np.pi * np.arange(1, size + 1) / (size + 1)
            matrix = np.sqrt(2.0 / (size + 1)) * np.sin(angles[:, None] * np.arange(1, size + 1))
            # one alone is taken twice, for the sum over a single column is rounded in another way
            values = sample.values[:size, np.repeat(columns, 2) if len(columns) == 1 else columns]
            for into, chosen, what in ((series, matrix, values), (later, matrix[:, 1:], values[:-1])):
                into[:size, columns] = np.einsum("ij,jn->in", chosen, what)[:, : len(columns)]
            one[:size, place], first[:size, place] = matrix.sum(axis=1), matrix[:, 0]
            cosines[:size, place], inside[:size, place] = 2.0 * np.cos(angles), 1.0
        return cls(series, later, one, first, cosines, inside, kind, sample.lengths, sample.constant)

    def take(self, columns: Ints, constant: Floats) -> Sines:
        """Return those of the chosen series, with or without a mean, cut to the longest of them; each has its own."""
        lengths, kind = self.lengths[columns], self.kind[columns]
        longest = int(lengths.max(initial=1))
        series, later = (_chosen(array[:longest], columns) for array in (self.series, self.later))
        one, first, cosines, inside = (
            _chosen(array[:longest], kind) for array in (self.one, self.first, self.cosines, self.inside)
        )
        return Sines(series, later, one, first, cosines, inside, np.arange(len(kind)), lengths, constant)


def value_and_gradient(sines: Sines, reflections: Floats) -> tuple[Floats, Floats]:
    """Return -2 log L without n (1 + log 2 pi) [N] and its gradient [2, N] at (c, theta) [2, N].

    The value is infinite where it cannot be reckoned.
    """
    c, theta = reflections
    length, first, one, cosines = sines.lengths, sines.first, sines.one, sines.cosines
    share = sines.inside / (1.0 + theta * theta + theta * cosines)
    of_series, of_one, of_first = (sines.series + c * sines.later) * share, one * share, first * share
    apart, rest, powers = c - theta, (1.0 - c) * (1.0 + c), _powers(theta, length)
    whole = 1.0 + theta * theta * powers
    tau = powers / whole
    spread = rest / whole + apart * apart * tau  # 1 - c^2 times 1 + Delta tau
    ratio = (apart * apart - theta * theta * rest) / spread
    # the mean's column is (1 + c) one - c E
    at_first, cross = _sum(first, of_series), _sum(one, of_first)
    begun = (1.0 + c) * cross - c * tau
    room = (1.0 + c) ** 2 * _sum(one, of_one) - 2.0 * c * (1.0 + c) * cross + c * c * tau - ratio * begun * begun
    shared = (1.0 + c) * _sum(one, of_series) - c * at_first - ratio * at_first * begun
    mean = sines.constant * shared / room
    own = _sum(sines.series, of_series) + c * _sum(sines.later, of_series)
    squares = own - ratio * at_first * at_first - mean * shared
    surplus = powers * apart * apart
    value = length * np.log(squares / length) + np.log1p(surplus / rest)

    begun = at_first - mean * begun
    solution = of_series - mean * (1.0 + c) * of_one + (mean * c - ratio * begun) * of_first
    moved = _sum(sines.later, solution) - mean * (_sum(one, solution) - _sum(first, solution))
    scale, edge = length / squares, (begun / spread) ** 2
    turned = 2.0 * apart * (1.0 - c * theta)  # (1 - c^2)^2 d Delta / dc
    grown = _trace(theta, cosines, share) - _slopes(theta, cosines, of_first) / tau  # d log g / d theta
    slope_c = scale * (2.0 * moved - edge * turned) + powers * turned / rest / (rest + surplus)
    slope_theta = scale * (2.0 * edge * rest * (apart + theta * rest) - _slopes(theta, cosines, solution))
    slope_theta += (surplus * grown - 2.0 * apart * powers) / (rest + surplus)
    gradient = np.stack([slope_c, slope_theta])
    usable = np.isfinite(value) & (room > 0) & np.isfinite(gradient).all(axis=0)
    return np.where(usable, value, np.inf), np.where(usable, gradient, 0.0)


def _chosen(array: Floats, columns: Ints) -> Floats:
    return np.take(array, columns, axis=1, mode="clip")  # none to clip, but that way is faster


def _sum(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.einsum("tn,tn->n", left, right))


def _slopes(theta: Floats, cosines: Floats, solution: Floats) -> Floats:
    """Return sum_j G_j^2 df_j / d theta [N]."""
    return 2.0 * theta * _sum(solution, solution) + _sum(solution * cosines, solution)


def _trace(theta: Floats, cosines: Floats, share: Floats) -> Floats:
    """Return d log |T| / d theta [N]."""
    return np.asarray(2.0 * theta * share.sum(axis=0) + _sum(share, cosines))


def _powers(theta: Floats, length: Ints) -> Floats:
    """Return 1 + theta^2 + .. + theta^(2 n - 2) [N]."""
    rest = (1.0 - np.abs(theta)) * (1.0 + np.abs(theta))
    near = rest > 0
    rest = np.where(near, rest, 0.5)
    return np.where(near, -np.expm1(length * np.log1p(-rest)) / rest, length)
