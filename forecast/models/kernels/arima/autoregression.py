"""The exact likelihood of plain autoregressions from a few sums of each series, whatever its length.

With c = (1, c_1, .., c_p) the operator, Q(x) and P_m(x) the sums of the first x values and products w_b w_{b+m},

    S = c'D c,   D_kl = P_{k-l}(n - k) - P_{k-l}(l)  for k >= l              (Box and Jenkins 1970, A7.4)
    log |V| = -sum_i i log(1 - k_i^2),   k the reflection coefficients.

A mean mu takes s (2 mu h - mu^2 m) away, where s = sum c_k, h = sum c_k H_k, H_k = Q(n - k) - Q(k) and
m = sum (n - 2 k) c_k; so its estimate is h / m.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.operators import step_up, step_up_adjoint
from forecast.models.kernels.arima.recursions import running
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LaggedSums:
    """What the likelihood of autoregressions up to order p needs to know.

    Attributes:
        products: [p + 1, p + 1, N] D.
        values: [p + 1, N] H.
        lengths: [N] n.
        constant: [N] one where the mean is estimated, zero where it is none.
    """

    products: Floats
    values: Floats
    lengths: Ints
    constant: Floats

    @classmethod
    def of(cls, sample: Sample, size: int) -> LaggedSums:
        """Add the products of complete series up."""
        columns, lengths = np.arange(len(sample.lengths)), sample.lengths
        products = np.zeros((size + 1, size + 1, len(columns)))
        values = np.zeros((size + 1, len(columns)))
        ends = [np.maximum(lengths - k, 0) for k in range(size + 1)]
        plain = _sums(sample.values)
        for k in range(size + 1):
            values[k] = plain[ends[k], columns] - plain[min(k, len(plain) - 1)]
        for lag in range(min(size + 1, len(sample.values))):
            sums = _sums(sample.values[lag:] * sample.values[: len(sample.values) - lag])
            for k in range(lag, size + 1):
                last = np.minimum(ends[k], len(sums) - 1)
                products[k, k - lag] = sums[last, columns] - sums[min(k - lag, len(sums) - 1)]
                products[k - lag, k] = products[k, k - lag]
        return cls(products, values, lengths, sample.constant)

    def take(self, columns: Ints, constant: Floats) -> LaggedSums:
        """Return those of the chosen series, with or without a mean."""
        products, values = (np.take(array, columns, axis=-1, mode="clip") for array in (self.products, self.values))
        return LaggedSums(products, values, self.lengths[columns], constant)


def value_and_gradient(sums: LaggedSums, reflections: Floats) -> tuple[Floats, Floats]:
    """Return -2 log L without n (1 + log 2 pi) [N] and its gradient [p, N] at reflection coefficients [p, N].

    The value is infinite where it cannot be reckoned.
    """
    size, length = len(reflections), sums.lengths
    levels = step_up(reflections)
    operator = np.concatenate([np.ones_like(reflections[:1]), levels[-1]])
    lags = np.arange(size + 1.0)[:, None]
    turned = np.einsum("kln,ln->kn", sums.products, operator)
    whole, held = operator.sum(axis=0), (operator * sums.values).sum(axis=0)
    room = ((length - 2.0 * lags) * operator).sum(axis=0)
    mean = sums.constant * held / room
    squares = (operator * turned).sum(axis=0) - whole * mean * held
    left = 1.0 - reflections * reflections
    value = length * np.log(squares / length) - (lags[1:] * np.log(left)).sum(axis=0)
    pull = mean * (room * mean + whole * (2.0 * sums.values[1:] - (length - 2.0 * lags[1:]) * mean))
    slope = (length / squares) * (2.0 * turned[1:] - pull)
    gradient = step_up_adjoint(reflections, levels, slope) + 2.0 * lags[1:] * reflections / left
    usable = np.isfinite(value) & (whole * room > 0) & np.isfinite(gradient).all(axis=0)
    return np.where(usable, value, np.inf), np.where(usable, gradient, 0.0)


def _sums(values: Floats) -> Floats:
    """Return the sums of the first 0, 1, .. T values [T + 1, N]."""
    return running(np.concatenate([np.zeros_like(values[:1]), values]))
