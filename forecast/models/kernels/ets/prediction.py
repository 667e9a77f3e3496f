"""From windows to predictive quantiles: fit every form, choose, project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.ets.adjoint import Smoothing
from forecast.models.kernels.ets.fitting import fit
from forecast.models.kernels.ets.forms import Form, usual_forms
from forecast.models.kernels.ets.moments import project, responses, third_class, variances
from forecast.models.kernels.ets.simulation import simulate
from forecast.models.kernels.ets.starts import PLAIN, Search
from forecast.models.kernels.ets.states import smooth
from forecast.models.kernels.pasts import Pasts, lay
from forecast.quantiles import student

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """What comes after each window.

    Attributes:
        quantiles: [B, H, Q].
        means: [B, H] point forecasts: no further error occurs.
        names: B names of the forms that were chosen.
    """

    quantiles: Floats
    means: Floats
    names: tuple[str, ...]


def predict(
    values: Floats,
    lengths: Ints,
    period: int,
    horizon: int,
    levels: Floats,
    forms: Sequence[Form] | None = None,
    chunk: int = CHUNK,
    held: Ints | None = None,
    search: Search = PLAIN,
) -> Predictions:
    """Fit right-aligned complete windows [B, T] and predict `horizon` steps by the form with the lowest AICc.

    Args:
        values: [B, T] finite from the last `lengths` values on.
        lengths: [B].
        period: steps in a cycle; 1 for data without season.
        horizon: steps ahead.
        levels: [Q] probabilities of the quantiles.
        forms: what to choose from; the usual forms without it.
        chunk: windows that are worked on together; no result depends on it.
        held: [B] how many of the first values form and parameters are fitted to; all without it.
        search: how each form is fitted.
    """
    choice = tuple(forms) if forms is not None else usual_forms(period)
    quantiles = np.empty((len(values), horizon, len(levels)))
    means, names = np.empty((len(values), horizon)), np.empty(len(values), dtype=np.intp)
    for pasts in lay(values, lengths, chunk):
        learnt, places = (pasts, slice(None)) if held is None else pasts.head(held[pasts.rows])
        fits = fit(learnt, choice, race=True, search=search)
        criteria = np.stack([one.criteria[places] for one in fits])  # [K, N]
        open_rows = np.arange(len(pasts))
        while len(open_rows):
            best = criteria[:, open_rows].argmin(axis=0)
            again = []
            for place in np.unique(best):
                chosen = open_rows[best == place]
                part = pasts.take(chosen)
                mean, quantile = project_fit(
                    choice[place], fits[place].points[:, places][:, chosen], part, horizon, levels
                )
                means[part.rows], quantiles[part.rows] = part.scaled_back(mean), part.scaled_back(quantile)
                names[part.rows] = place
                # a form that explodes loses its place to the next best
                criteria[place, chosen] = np.inf
                again.append(chosen[~np.isfinite(quantile).all(axis=(1, 2))])
            open_rows = np.sort(np.concatenate(again))
            open_rows = open_rows[np.isfinite(criteria[:, open_rows]).any(axis=0)]
    return Predictions(quantiles, means, tuple(choice[name].name for name in names))


def project_fit(form: Form, points: Floats, pasts: Pasts, horizon: int, levels: Floats) -> tuple[Floats, Floats]:
    """Return point forecasts [N, H] and quantiles [N, H, Q] of one form with parameters [P, N]."""
    structure, lengths = form.structure, pasts.lengths
    with np.errstate(all="ignore"):
        states, forecasts = smooth(structure, points, pasts.values, lengths)
        squares = np.zeros(len(pasts))
        for k, value, forecast in zip(pasts.counts, pasts.values, forecasts, strict=True):
            error = value[:k] - forecast[:k]
            squares[:k] += (error / forecast[:k] if form.error == "M" else error) ** 2
        freedom = np.maximum(lengths - structure.size, 2).astype(np.float64)
        sigma2 = squares / freedom
        smoothing = Smoothing.of(structure, points)
        means = project(form, smoothing, states, lengths, horizon)
        if form.kind == "simulated":
            return means, simulate(form, smoothing, states, lengths, sigma2, levels, horizon)
        middle = means
        if form.kind == "third":
            middle, variance = third_class(form, smoothing, states, lengths, horizon, sigma2)
        else:
            variance = variances(form, means, responses(form, smoothing, horizon), sigma2)
        spread = np.sqrt(np.maximum(variance, 0.0))
        return means, student(middle, spread, freedom, levels)
