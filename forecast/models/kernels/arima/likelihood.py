"""The exact Gaussian likelihood of many ARMA models of one order at once, with its gradient.

Write phi(B) w_t = theta(B) a_t for the (differenced) series w_1..w_n. What happened before the first observation
reaches it through h_1..h_r only, r the longest lag: with e the residuals reckoned as if the past had been zero and X
the responses of the residual filter,

    e = theta(B)^-1 phi(B) w = X h + a,   X[t, j] = pi_{t-j},   pi(B) = theta(B)^-1   (Ljung and Box 1979).

Let v be the autoregression phi(B) v = a behind w = theta(B) v, and eta = (v_0, .., v_{1-r}) its last values before the
start. Then h = M eta, M being the Bezoutian of phi and theta, and eta has a covariance whose inverse is the
Gohberg-Semencul form of phi. Sweeping eta, then the mean, out of the Gram matrix

    [ V^-1 + M'X'XM   .       .   ]
    [ 1'XM            1'1     .   ]     (1 and e filtered alike)
    [ e'XM            e'1     e'e ]

leaves their estimates in the last column and the sum of squares S, minimised over both, in the corner; the pivots over
eta multiply to the determinant. That of V follows from reflection coefficients. With the variance concentrated out,

    -2 log L = n log(S / n) + log |V^-1 + M'X'XM| - log |V^-1| + n (1 + log 2 pi).

A missing value is an unknown number in its place. The likelihood of the others is the integral over it: its column Z,
minus what a one there does to w, is filtered as the mean's is and swept between eta and the mean, its pivots multiply
into the determinant (that of Z' Sigma^-1 Z), and n counts the values that are there.

The gradient (see `gradient`) runs the same steps backwards. Loops run over time and lags; everything else is along the
batch, which is the last axis of every array.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.operators import autocovariances, expand, step_up
from forecast.models.kernels.arima.orders import Order
from forecast.models.kernels.arima.recursions import divide, divide_seasonal, lagged, responses, running
from forecast.models.kernels.arima.sample import Sample

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Operators:
    """The operators 1 + c B + ... of N models of one order.

    Attributes:
        factors: the short and the seasonal ones: ar [p, N], ma [q, N], seasonal ar [P, N], seasonal ma [Q, N].
        ar: [r, N] the expanded autoregressive operator; minus the usual coefficients.
        ma: [r, N] the expanded moving-average operator.
        ar_led, ma_led: [r, N] their first r coefficients, the leading one included.
    """

    factors: tuple[Floats, Floats, Floats, Floats]
    ar: Floats
    ma: Floats
    ar_led: Floats
    ma_led: Floats

    @classmethod
    def of(cls, order: Order, factors: tuple[Floats, Floats, Floats, Floats]) -> Operators:
        """Expand the factors."""
        ar = expand(factors[0], factors[2], order.season, order.depth)
        ma = expand(factors[1], factors[3], order.season, order.depth)
        return cls(factors, ar, ma, _led(ar), _led(ma))

    @classmethod
    def from_reflections(cls, order: Order, reflections: Floats) -> Operators:
        """Build the operators from reflection coefficients [p + q + P + Q, N], in the order of the factors."""
        short_ar, short_ma, seasonal_ar, seasonal_ma = (step_up(block)[-1] for block in blocks(order, reflections))
        return cls.of(order, (short_ar, short_ma, seasonal_ar, seasonal_ma))


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The likelihood at one point, with the intermediate results that gradients and forecasts start from.

    Attributes:
        objective: [N] -2 log L without n (1 + log 2 pi); infinite where it cannot be reckoned.
        squares: [N] the sum of squares S.
        mean: [N] the estimated mean; zero where there is none.
        holes: [m, N] the estimates of the missing values.
        residuals: [T, N] innovations given the estimated past; zero beyond the end.
        eta: [r, N] the estimate of the hidden past.
        past: [r, N] the estimate of h = M eta.
        impulse: [T, N] pi, the coefficients of theta(B)^-1.
        last: [r, N] of these the r before the end of the series, the newest first; zero before the start.
        products: [r, r, N] X'X.
        matrix: [b, q + b, N] the moving average in blocks.
        bezoutian: [r, r, N] M.
        stationary: [r, r, N] V.
        conditional: [r, r, N] the covariance of eta given the whole series and the mean, in units of the variance.
        known: [r + m, r + m, N] the covariance of (eta, missing values) given the others and the mean; one on the
            diagonal where nothing is missing.
        joint: [r + m + 1, r + m + 1, N] that of (eta, missing values, mean) given the others; likewise.
        hole_residuals: [T, m, N] the filtered columns of the missing values.
        hole_eta: [r, m, N] the estimate of the past behind each of them.
    """

    objective: Floats
    squares: Floats
    mean: Floats
    holes: Floats
    residuals: Floats
    eta: Floats
    past: Floats
    impulse: Floats
    last: Floats
    products: Floats
    matrix: Floats
    bezoutian: Floats
    stationary: Floats
    conditional: Floats
    known: Floats
    joint: Floats
    hole_residuals: Floats
    hole_eta: Floats


def blocks(order: Order, reflections: Floats) -> list[Floats]:
    """Cut [p + q + P + Q, N] into the four factors."""
    ends = order.p, order.p + order.q, order.p + order.q + order.P
    return [
        reflections[: ends[0]],
        reflections[ends[0] : ends[1]],
        reflections[ends[1] : ends[2]],
        reflections[ends[2] :],
    ]


def unfilter(values: Floats, matrix: Floats, operators: Operators, order: Order) -> Floats:
    """Divide [T, C, N] by the moving-average operator, from zeros before the start; `matrix` has it in blocks."""
    if order.q:
        values = divide(values, matrix)
    divide_seasonal(values, operators.factors[3], order.season)
    return values


def _last(impulse: Floats, lengths: Ints, depth: int) -> Floats:
    """Return the last impulses [r, N] before the end of each series, the newest first."""
    ends = lengths - np.arange(1, depth + 1)[:, None]
    return np.where(ends >= 0, impulse[np.maximum(ends, 0), np.arange(len(lengths))], 0.0)


def _products(impulse: Floats, delayed: Floats, inside: Floats, last: Floats) -> Floats:
    """Return X'X [r, r, N]: each step down the diagonal loses the product at the end of the series."""
    depth = len(last)
    product = np.zeros((depth, *last.shape))
    product[:1] = np.einsum("tn,tjn->jn", impulse * inside, delayed)
    if depth > 1:
        product[1:, 0] = product[0, 1:]
    lost = last[:-1, None] * last[:-1]
    for i in range(1, depth):
        product[i, 1:] = product[i - 1, :-1] - lost[i - 1]
    return product


def _bezoutian(operators: Operators) -> Floats:
    """Return M [r, r, N], the response of h to the hidden past."""
    matrix = operators.ar_led[:, None] * operators.ma
    matrix -= operators.ma_led[:, None] * operators.ar
    for t in range(1, len(matrix)):
        matrix[t, :-1] += matrix[t - 1, 1:]
    return np.asarray(matrix)


def _precision(operators: Operators) -> Floats:
    """Return V^-1 [r, r, N], the inverse covariance of r values of the autoregression (Gohberg and Semencul 1972)."""
    head, tail = operators.ar_led, operators.ar[::-1]
    matrix = head[:, None] * head
    matrix -= tail[:, None] * tail
    for i in range(1, len(matrix)):
        matrix[i, 1:] += matrix[i - 1, :-1]
    return np.asarray(matrix)


def _led(operator: Floats) -> Floats:
    """Return the first r coefficients [r, N] of an operator, the leading one included."""
    return np.concatenate([np.ones_like(operator[:1]), operator[:-1]])


def sweep(matrices: Floats, place: int) -> Floats:
    """Sweep one place out of matrices [R, R, N] in place; return its pivots [N]."""
    pivot: Floats = matrices[place, place].copy()
    row, column = matrices[place] / pivot, matrices[:, place].copy()
    row[place] = 1.0 / pivot
    matrices[:, place] = 0.0
    matrices -= column[:, None] * row
    matrices[place] = row
    return pivot


def evaluate(order: Order, sample: Sample, operators: Operators) -> Evaluation:
    """Return the concentrated likelihood of every series under its own operators."""
    time, count = sample.values.shape
    depth, lengths, holes = order.depth, sample.lengths, sample.holes.shape[1]
    swept = depth + holes
    inside = sample.inside
    carriers = np.zeros((time, holes + 2, count))  # those missing, an impulse that becomes the mean, the series
    carriers[:, :holes] -= sample.holes
    carriers[0, holes] = 1.0
    carriers[:, -1] = sample.values
    matrix = responses(operators.factors[1])
    carriers = unfilter(carriers, matrix, operators, order)
    impulse = carriers[:, holes].copy()
    level = running(carriers[:, holes])  # what a mean of one leaves
    level *= sample.constant
    residuals = carriers.copy()
    for lag in order.ar_lags:
        residuals[lag:] += operators.ar[lag - 1] * carriers[:-lag]
    residuals *= inside[:, None]

    delayed = lagged(impulse, depth)
    last = _last(impulse, lengths, depth)
    products = _products(impulse, delayed, inside, last)
    bezoutian = _bezoutian(operators)
    gram = np.zeros((swept + 2, swept + 2, count))
    reached = np.einsum("ikn,kjn->ijn", products, bezoutian)
    gram[:depth, :depth] = _precision(operators) + np.einsum("kin,kjn->ijn", bezoutian, reached)
    crossed = np.einsum("kcn,kjn->cjn", np.einsum("tcn,tkn->kcn", residuals, delayed), bezoutian)
    gram[depth:, :depth] = crossed
    gram[:depth, depth:] = crossed.transpose(1, 0, 2)
    gram[depth:, depth:] = np.einsum("tcn,tdn->cdn", residuals, residuals)
    for place in range(holes):
        gram[depth + place, depth + place] += ~sample.missing[place]
    gram[swept, swept] += sample.constant == 0

    pivots = np.ones((depth, count))
    for place in range(depth):
        pivots[place] = sweep(gram, place)
    conditional, hole_eta = gram[:depth, :depth].copy(), gram[:depth, depth:swept].copy()
    filled = [sweep(gram, place) for place in range(depth, swept)]
    known = gram[:swept, :swept].copy() if holes else conditional
    room = sweep(gram, swept)
    eta, missing, mean, squares = gram[:depth, -1], gram[depth:swept, -1], gram[swept, -1], gram[-1, -1]
    past = np.einsum("ikn,kn->in", bezoutian, eta)
    best = residuals[:, -1] - mean * residuals[:, holes]
    best -= np.einsum("jn,tjn->tn", past, delayed)
    for estimate, column in zip(missing, range(holes), strict=True):
        best -= estimate * residuals[:, column]
    best *= inside

    stationary, volume = autocovariances(operators.ar)
    objective = sample.known * np.log(squares / sample.known) + np.sum(np.log(pivots), axis=0) + volume
    usable = room > 0
    for pivot in filled:
        objective += np.log(pivot)
        usable &= pivot > 0
    usable &= np.isfinite(objective)
    return Evaluation(
        objective=np.where(usable, objective, np.inf),
        squares=squares,
        mean=mean,
        holes=missing,
        residuals=best,
        eta=eta,
        past=past,
        impulse=impulse,
        last=last,
        products=products,
        matrix=matrix,
        bezoutian=bezoutian,
        stationary=stationary,
        conditional=conditional,
        known=known,
        joint=gram[: swept + 1, : swept + 1],
        hole_residuals=residuals[:, :holes],
        hole_eta=hole_eta,
    )
