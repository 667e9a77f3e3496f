"""Exact means and variances of what comes next (Hyndman et al. 2008, chapter 6).

Class 1: additive errors on an additive structure; class 2: multiplicative errors on an additive structure; class 3:
multiplicative errors and season on an additive trend. The other forms have no moments to speak of and are simulated.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.adjoint import Smoothing
from forecast.models.kernels.ets.forms import Form
from forecast.models.kernels.ets.states import States

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def project(form: Form, smoothing: Smoothing, states: States, lengths: Ints, horizon: int) -> Floats:
    """Return the forecasts [N, H] that the states give when no further error occurs."""
    structure = form.structure
    level, slope = states.level, states.slope
    rows = np.arange(len(lengths))
    out = np.empty((len(lengths), horizon))
    for step in range(horizon):
        if structure.trend == "M":
            slope = slope**smoothing.phi
            level = level * slope
        else:
            slope = smoothing.phi * slope
            level = level + slope
        seasonal = states.seasonal[(lengths + step) % structure.period, rows]
        out[:, step] = level * seasonal if structure.season == "M" else level + seasonal
    return out


def responses(form: Form, smoothing: Smoothing, horizon: int) -> Floats:
    """Return c(1) .. c(H-1) [N, H-1]: how an error of size one is felt so many steps later."""
    carried = np.zeros_like(smoothing.alpha)
    power = np.ones_like(smoothing.alpha)
    out = np.empty((len(carried), max(horizon - 1, 0)))
    for step in range(1, horizon):
        power = power * smoothing.phi
        carried = carried + power
        out[:, step - 1] = smoothing.alpha + smoothing.beta * carried
        if form.structure.season == "A" and step % form.structure.period == 0:
            out[:, step - 1] += smoothing.gamma
    return out


def variances(form: Form, means: Floats, response: Floats, sigma2: Floats) -> Floats:
    """Return the variances [N, H] of class 1 (additive errors) or class 2 (multiplicative errors)."""
    horizon = means.shape[1]
    out = np.empty_like(means)
    if form.error == "A":
        total = np.ones_like(sigma2)
        for step in range(horizon):
            if step:
                total = total + response[:, step - 1] ** 2
            out[:, step] = sigma2 * total
        return out
    moments = np.empty_like(means)
    for step in range(horizon):
        total = np.zeros_like(sigma2)
        for lag in range(step):
            total += response[:, lag] ** 2 * moments[:, step - 1 - lag]
        moments[:, step] = means[:, step] ** 2 + sigma2 * total
        out[:, step] = (1.0 + sigma2) * moments[:, step] - means[:, step] ** 2
    return out


def third_class(
    form: Form, smoothing: Smoothing, states: States, lengths: Ints, horizon: int, sigma2: Floats
) -> tuple[Floats, Floats]:
    """Return means and variances [N, H] of forms with multiplicative errors and season on an additive trend.

    Level and slope x move by x -> (F + G e) x with F = [[1, phi], [0, phi]] and G = [[alpha, alpha phi],
    [beta, beta phi]]; the seasonal factor of step h is that of the past times (1 + gamma e) for each earlier step at
    the same place. The moments of x carry those factors along, e being normal.
    """
    a, b, g, phi = smoothing.alpha, smoothing.beta, smoothing.gamma, smoothing.phi
    period, rows = form.structure.period, np.arange(len(lengths))
    means, out = np.empty((len(lengths), horizon)), np.empty((len(lengths), horizon))
    for step in range(horizon):
        cycle = states.seasonal[(lengths + step) % period, rows]
        level, slope = states.level, states.slope
        ll, ls, ss = level * level, level * slope, slope * slope  # second moments
        for past in range(step):
            same = (step - past) % period == 0
            base, carried = level + phi * slope, phi * slope
            shift = g * sigma2 * base if same else np.zeros_like(base)
            level, slope = base + a * shift, carried + b * shift
            bb = ll + 2 * phi * ls + phi**2 * ss
            bc, cc = phi * ls + phi**2 * ss, phi**2 * ss
            one = 1 + g**2 * sigma2 if same else np.ones_like(bb)
            two = 2 * g * sigma2 if same else np.zeros_like(bb)
            three = sigma2 + 3 * g**2 * sigma2**2 if same else sigma2
            ll = one * bb + 2 * two * a * bb + three * a * a * bb
            # E (1 + g e)^2 (base + a e base) (carried + b e base), and of the slope squared
            ls, ss = (
                one * bc + two * (b * bb + a * bc) + three * a * b * bb,
                one * cc + 2 * two * b * bc + three * b * b * bb,
            )
        base = level + phi * slope
        square = ll + 2 * phi * ls + phi**2 * ss
        means[:, step] = cycle * base
        out[:, step] = (1 + sigma2) * cycle**2 * square - means[:, step] ** 2
    return means, out
