"""The gradient of the exact likelihood with respect to the reflection coefficients: `likelihood` run backwards.

At the estimated past and mean, S has no first-order response to either, so that with lambda = theta(F)^-1 a (F the
forward shift) and y = w - mean

    dS/d ar_i = 2 sum_t lambda_t y_{t-i},   dS/d ma_j = -2 sum_t lambda_t a_{t-j}

plus what goes through M and V^-1; the determinant adds tr K^-1 dK, K = V^-1 + M'X'XM. The matrices are built by steps
along their diagonals, and their gradients are gathered by the same steps in reverse. Missing values add the gradient of
log |Z' Sigma^-1 Z|, which is that of sums of squares again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.likelihood import (
    Evaluation,
    Operators,
    blocks,
    evaluate,
    unfilter,
)
from forecast.models.kernels.arima.operators import cholesky, expand_adjoint, step_up, step_up_adjoint
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.recursions import lagged
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]


def value_and_gradient(order: Order, sample: Sample, reflections: Floats) -> tuple[Floats, Floats]:
    """Return -2 log L without its constant [N] and its gradient [p + q + P + Q, N]; infinite where it fails."""
    pieces = blocks(order, reflections)
    levels = [step_up(piece) if len(piece) else [piece] for piece in pieces]
    operators = Operators.of(order, (levels[0][-1], levels[1][-1], levels[2][-1], levels[3][-1]))
    at = evaluate(order, sample, operators)
    if not order.coefficients:
        return at.objective, reflections
    ar_slope, ma_slope = _operator_gradients(order, sample, operators, at)
    factors = operators.factors
    ar, seasonal_ar = expand_adjoint(factors[0], factors[2], order.season, ar_slope)
    ma, seasonal_ma = expand_adjoint(factors[1], factors[3], order.season, ma_slope)
    slopes = (ar, ma, seasonal_ar, seasonal_ma)
    gradient = np.concatenate(
        [
            step_up_adjoint(piece, level, slope)
            for piece, level, slope in zip(pieces, levels, slopes, strict=True)
            if len(piece)
        ]
    )
    usable = np.isfinite(at.objective) & np.all(np.isfinite(gradient), axis=0)
    return np.where(usable, at.objective, np.inf), np.where(usable, gradient, 0.0)


def _operator_gradients(order: Order, sample: Sample, operators: Operators, at: Evaluation) -> tuple[Floats, Floats]:
    """Return the gradients [r, N] with respect to the expanded operators; only the lags they reach are meant."""
    time, depth = len(sample.values), order.depth
    ar, ma = operators.ar, operators.ma
    weight = sample.known / at.squares
    reached = np.einsum("ikn,kjn->ijn", at.bezoutian, at.conditional)
    whole = sample.values - at.mean
    for estimate, column in zip(at.holes, range(len(at.holes)), strict=True):
        whole += estimate * sample.holes[:, column]
    tracks = [(weight, whole, at.residuals, at.eta), *_missing_tracks(sample, at)]

    adjoints = np.zeros((time, len(tracks) + 1, sample.values.shape[1]))
    for column, (_, _, residuals, _) in enumerate(tracks):
        adjoints[:, column] = residuals
    if order.ma_lags:
        weights = np.einsum("ikn,jkn->ijn", reached, at.bezoutian)
        adjoints[:, -1] = _impulse_adjoint(sample, at.impulse, at.last, weights)
        # by the operator of the forward shift, from zeros after the end
        adjoints = unfilter(adjoints[::-1], at.matrix, operators, order)[::-1]

    to_bezoutian = 2.0 * np.einsum("ikn,kjn->ijn", at.products, reached)
    to_precision = at.conditional - at.stationary
    to_ar, to_ma = np.zeros_like(ar), np.zeros_like(ma)
    for column, (share, series, residuals, eta) in enumerate(tracks):
        slope, twice = adjoints[:, column], 2.0 * share
        to_bezoutian[:time] -= slope[:depth, None] * (twice * eta)
        to_precision += eta[:, None] * (share * eta)
        to_ar += twice * np.einsum("tn,tjn->jn", slope, lagged(series, depth, 1))
        if order.ma_lags:
            to_ma -= twice * np.einsum("tn,tjn->jn", slope, lagged(residuals, depth, 1))
    if order.ma_lags:
        to_ma -= np.einsum("tn,tjn->jn", adjoints[:, -1], lagged(at.impulse, depth, 1))
    through_ar, through_ma = _bezoutian_adjoint(to_bezoutian, operators)
    return to_ar + through_ar + _precision_adjoint(to_precision, operators), to_ma + through_ma


def _missing_tracks(sample: Sample, at: Evaluation) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """Return series [T, N], residuals and past whose sums of squares have the gradient of log |Z' Sigma^-1 Z|.

    With (Z' Sigma^-1 Z)^-1 = L L' the gradient is that of the sum over the columns of Z L, L held fixed.
    """
    depth, many = len(at.eta), len(at.holes)
    if not many:
        return []
    root = cholesky(at.known[depth:, depth:]) * sample.missing
    past = np.einsum("ikn,kjn->ijn", at.bezoutian, at.hole_eta)
    delayed = lagged(at.impulse, depth)
    free = (at.hole_residuals - np.einsum("jmn,tjn->tmn", past, delayed)) * sample.inside[:, None]
    one = np.ones(sample.values.shape[1])
    return [
        (
            one,
            -np.einsum("tmn,mn->tn", sample.holes, root[:, column]),
            np.einsum("tmn,mn->tn", free, root[:, column]),
            np.einsum("imn,mn->in", at.hole_eta, root[:, column]),
        )
        for column in range(many)
    ]


def _impulse_adjoint(sample: Sample, impulse: Floats, last: Floats, weights: Floats) -> Floats:
    """Return the gradient [T, N] of tr(weights X'X) with respect to the impulse response."""
    time, depth = len(impulse), len(weights)
    for i in range(depth - 2, -1, -1):
        weights[i, :-1] += weights[i + 1, 1:]
    padded = np.zeros((time + depth - 1, impulse.shape[1]))
    np.multiply(impulse, sample.inside, out=padded[:time])
    # of the products at a lag, to both sides
    both = np.concatenate([weights[0, :0:-1], weights[0]])
    slope = np.einsum("jn,tjn->tn", both, lagged(padded, 2 * depth - 1)[depth - 1 :])
    slope *= 2.0 * sample.inside
    ends = sample.lengths - np.arange(1, depth)[:, None]
    rows, columns = np.maximum(ends, 0), np.arange(impulse.shape[1])
    lost = 2.0 * np.einsum("ijn,jn->in", weights[1:, 1:], last[:-1])
    for i in range(depth - 1):
        slope[rows[i], columns] -= np.where(ends[i] >= 0, lost[i], 0.0)
    return np.asarray(slope)


def _bezoutian_adjoint(gradient: Floats, operators: Operators) -> tuple[Floats, Floats]:
    """Turn the gradient [r, r, N] with respect to M into those with respect to the operators."""
    ar, ma = operators.ar, operators.ma
    for t in range(len(ar) - 1, 0, -1):
        gradient[t - 1, 1:] += gradient[t, :-1]
    to_ma = np.einsum("tkn,tn->kn", gradient, operators.ar_led)
    to_ar = -np.einsum("tkn,tn->kn", gradient, operators.ma_led)
    to_ar[:-1] += np.einsum("tkn,kn->tn", gradient[1:], ma)
    to_ma[:-1] -= np.einsum("tkn,kn->tn", gradient[1:], ar)
    return to_ar, to_ma


def _precision_adjoint(gradient: Floats, operators: Operators) -> Floats:
    """Turn the symmetric gradient [r, r, N] with respect to V^-1 into the one with respect to the operator."""
    for i in range(len(gradient) - 2, -1, -1):
        gradient[i, :-1] += gradient[i + 1, 1:]
    to_head = 2.0 * np.einsum("ijn,jn->in", gradient, operators.ar_led)
    result = -2.0 * np.einsum("ijn,jn->in", gradient, operators.ar[::-1])[::-1]
    result[:-1] += to_head[1:]
    return np.asarray(result)
