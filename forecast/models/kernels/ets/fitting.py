"""Maximum likelihood for every form and the choice between forms by AICc, for a chunk of pasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.descent import descend
from forecast.models.kernels.ets import additive, multiplicative
from forecast.models.kernels.ets.forms import Form, Structure
from forecast.models.kernels.ets.likelihood import Sums
from forecast.models.kernels.ets.starts import first_points
from forecast.models.kernels.pasts import Pasts, running

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STARTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """The fits of one form to a chunk of pasts, on the scale of the chunk.

    Attributes:
        form: what was fitted.
        points: [P, N] parameters as `Structure` orders them.
        losses: [N] minus twice the log-likelihood as R counts it (constants left out); infinite where impossible.
        criteria: [N] AICc; infinite where there are too few values for the form.
    """

    form: Form
    points: Floats
    losses: Floats
    criteria: Floats


def fit(pasts: Pasts, forms: Sequence[Form]) -> list[Fits]:
    """Fit every form to every past."""
    found: dict[Form, Fits] = {}
    for structure in dict.fromkeys(form.structure for form in forms):
        errors = [form.error for form in forms if form.structure == structure]
        for fits in _fit_structure(pasts, structure, errors):
            found[fits.form] = fits
    return [found[form] for form in forms]


def choose(fits: Sequence[Fits]) -> Ints:
    """Return [N] which of the fits has the lowest AICc; the first where none has any."""
    return np.asarray(np.argmin([one.criteria for one in fits], axis=0), dtype=np.int64)


def likelihood(
    structure: Structure, points: Floats, values: Floats, lengths: Ints, relative: Bools
) -> tuple[Floats, Floats, Floats]:
    """Return minus twice the log-likelihood, its gradient and curvature at `points` [P, N]."""
    sums = Sums(*points.shape)
    kernel = additive if "M" not in structure.trend + structure.season else multiplicative
    kernel.follow(structure, points, values, running(lengths, len(values)), relative, sums)
    return sums.objective(lengths.astype(np.float64))


def _fit_structure(pasts: Pasts, structure: Structure, errors: Sequence[str]) -> list[Fits]:
    """Fit a structure with each kind of error: problems are pasts × errors × starts, the past changing slowest."""
    count, kinds = len(pasts), len(errors)
    first = np.stack([first_points(pasts, structure, error, STARTS) for error in errors])  # [E, S, P, N]
    copies = kinds * first.shape[1]
    start = first.transpose(2, 3, 0, 1).reshape(structure.size, count * copies)
    past = np.repeat(np.arange(count), copies)
    relative = np.tile(np.repeat([error == "M" for error in errors], first.shape[1]), count)
    lower, upper = (np.repeat(bound[:, None], count * copies, axis=1) for bound in structure.bounds())

    def objective(points: Floats, rows: Ints) -> tuple[Floats, Floats, Floats]:
        taken = past[rows]
        return likelihood(structure, points, pasts.values[:, taken], pasts.lengths[taken], relative[rows])

    descent = descend(objective, start, lower, upper)
    losses = descent.values.reshape(count, kinds, -1)
    points = descent.points.reshape(structure.size, count, kinds, -1)
    winner = losses.argmin(axis=2)
    lengths = pasts.lengths.astype(np.float64)
    result = []
    for place, error in enumerate(errors):
        pick = winner[:, place]
        loss = losses[np.arange(count), place, pick]
        if error == "M":
            loss = np.where(pasts.positive, loss, np.inf)
        result.append(
            Fits(
                Form(error, structure),
                points[:, np.arange(count), place, pick],
                loss,
                loss + _penalty(structure, lengths),
            )
        )
    return result


def _penalty(structure: Structure, lengths: Floats) -> Floats:
    """Return what AICc adds; infinite where it is not defined, or where there are no two cycles to tell a season by."""
    parameters = structure.size + 1
    room = lengths - parameters - 1
    enough = (room > 0) & (lengths >= 2 * structure.period)
    return np.where(enough, 2 * parameters + 2 * parameters * (parameters + 1) / np.maximum(room, 1), np.inf)
