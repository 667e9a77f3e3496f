"""From windows to predictive quantiles: difference, search, project."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.kernels.arima.differencing import Differenced, difference, operator
from forecast.models.kernels.arima.forecasting import Tail, path
from forecast.models.kernels.arima.gaps import alike, holes, indicators
from forecast.models.kernels.arima.gradient import value_and_gradient
from forecast.models.kernels.arima.likelihood import Operators, evaluate
from forecast.models.kernels.arima.sample import Sample
from forecast.models.kernels.arima.selection import Selection, select
from forecast.models.kernels.arima.uncertainty import added_variance
from forecast.models.kernels.gaps import filled, missing_inside
from forecast.models.kernels.memory import keep_freed_memory
from forecast.models.kernels.pasts import Pasts, lay, left_aligned
from forecast.quantiles import student

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHUNK = 8192
NOTHING_KNOWN = "failed: so many values are missing that none of its differences is known"
PART = 512


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """What comes after each window.

    Attributes:
        quantiles: [B, H, Q].
        means: [B, H].
        names: B orders that were chosen.
    """

    quantiles: Floats
    means: Floats
    names: tuple[str, ...]


def predict(
    values: Floats,
    lengths: Ints,
    season: int,
    horizon: int,
    levels: Floats,
    uncertain: bool = False,
    chunk: int = CHUNK,
    held: Ints | None = None,
) -> Predictions:
    """Fit right-aligned windows [B, T] that are not constant and end in a value, and predict `horizon` steps.

    Args:
        values: [B, T]; what is NaN among the last `lengths` values is missing.
        lengths: [B].
        season: steps in a cycle; 1 for data without season.
        horizon: steps ahead.
        levels: [Q] probabilities of the quantiles.
        uncertain: whether the error of the estimated constant and coefficients counts too.
        chunk: windows that are worked on together; no result depends on it.
        held: [B] how many of the first values order and coefficients are fitted to; all without it.
    """
    keep_freed_memory()
    means, quantiles = np.empty((len(values), horizon)), np.empty((len(values), horizon, len(levels)))
    names = [""] * len(values)
    sizes = np.where(lengths > 0, values.shape[1] - np.argmax(np.isfinite(values), axis=1), 0)
    missing, complete = missing_inside(values), filled(values, season, held)
    counts = missing.sum(axis=1)
    for rows in alike(counts):
        many = chunk // (1 + int(counts[rows].max()))
        for pasts in lay(complete[rows], sizes[rows], max(many, 1)):
            at = rows[pasts.rows]
            known = None if held is None else held[at]
            if missing[at].any():
                gaps = indicators(left_aligned(missing[at], pasts.lengths, len(pasts.values)))
                found = _answer(pasts, season, horizon, levels, uncertain, gaps, known)
            else:
                found = _answer(pasts, season, horizon, levels, uncertain, held=known)
            means[at], quantiles[at] = found.means, found.quantiles
            for row, name in zip(at.tolist(), found.names, strict=True):
                names[row] = name
    return Predictions(quantiles, means, tuple(names))


def _answer(
    pasts: Pasts,
    season: int,
    horizon: int,
    levels: Floats,
    uncertain: bool,
    gaps: Floats | None = None,
    held: Ints | None = None,
) -> Predictions:
    """Answer for pasts [T, N], filled where `gaps` [T, m, N] say that a value is missing."""
    inside = np.arange(len(pasts.values))[:, None] < pasts.lengths
    first = pasts.values[0]
    moved = np.where(inside, pasts.values - first, 0.0)
    width = np.abs(moved).max(axis=0, initial=0.0)
    width[width == 0] = 1.0
    moved /= width
    left = difference(moved, pasts.lengths, season)
    if gaps is None:
        gaps = np.zeros((len(moved), 0, len(pasts)))
    known = pasts.lengths - gaps.sum(axis=(0, 1)).astype(np.int64)
    sample = Sample(left.values, left.lengths, np.ones(len(pasts)), holes(gaps, pasts.lengths, season, left))
    if held is None:
        chosen = select(left, known, season, sample.holes)
    else:
        head = np.arange(len(moved))[:, None] < held
        learnt, early = difference(np.where(head, moved, 0.0), held, season), gaps * head[:, None]
        known = held - early.sum(axis=(0, 1)).astype(np.int64)
        chosen = select(learnt, known, season, holes(early, held, season, learnt))
        left = difference(moved, pasts.lengths, season, learnt)
        sample = Sample(left.values, left.lengths, np.ones(len(pasts)), holes(gaps, pasts.lengths, season, left))
    means, errors, freedom = np.empty((len(pasts), horizon)), np.empty((len(pasts), horizon)), np.empty(len(pasts))
    for group in _groups(chosen, left):
        lag = operator(int(left.plain[group[0]]), int(left.seasonal[group[0]]), season)
        places = pasts.lengths[group] - len(lag) + np.arange(len(lag))[:, None]
        last = Tail(lag, moved[places, group], gaps[places, :, group].transpose(0, 2, 1))
        middle, spread, free = _project(last, sample, chosen, group, horizon, uncertain)
        means[group], errors[group] = (middle * width[group] + first[group]).T, (spread * width[group]).T
        freedom[group] = free
    with np.errstate(all="ignore"):
        found = student(means, errors, freedom, levels)
    return Predictions(pasts.scaled_back(found), pasts.scaled_back(means), _names(chosen, left, sample))


def _names(chosen: Selection, left: Differenced, sample: Sample) -> tuple[str, ...]:
    """Return the names of the orders, each written once, or why there is no fit."""
    kinds, kind = _kinds(chosen.numbers, left)
    names = [str(chosen.catalogue.orders[number]._replace(d=plain, D=seasonal)) for number, plain, seasonal in kinds]
    known = (sample.known > 0).tolist()
    return tuple(names[place] if some else NOTHING_KNOWN for place, some in zip(kind.tolist(), known, strict=True))


def _kinds(numbers: Ints, left: Differenced) -> tuple[list[tuple[int, int, int]], Ints]:
    """Return the different numbers with both differences, in order, and which of them each series has [N]."""
    sizes = int(left.plain.max()) + 1, int(left.seasonal.max()) + 1
    codes, kind = np.unique((numbers * sizes[0] + left.plain) * sizes[1] + left.seasonal, return_inverse=True)
    return [(*divmod(code // sizes[1], sizes[0]), code % sizes[1]) for code in codes.tolist()], kind


def _groups(chosen: Selection, left: Differenced) -> list[Ints]:
    """Return the rows that are projected together: those of one hull and one number of differences."""
    _, kind = _kinds(chosen.hulls, left)
    rows = np.argsort(kind, kind="stable")
    groups = np.split(rows, np.cumsum(np.bincount(kind))[:-1])
    return [group[begin : begin + PART] for group in groups for begin in range(0, len(group), PART)]


def _project(
    last: Tail, sample: Sample, chosen: Selection, rows: Ints, horizon: int, uncertain: bool
) -> tuple[Floats, Floats, Floats]:
    """Return means and standard errors [H, G] and degrees of freedom [G] of series of one hull and difference."""
    count = len(rows)
    if count == 1:
        rows, last = np.repeat(rows, 2), last.twice()
    catalogue, numbers, kind = chosen.catalogue, chosen.numbers[rows], int(chosen.hulls[rows[0]])
    hull, places = catalogue.hulls[kind], catalogue.places[kind]
    sample = sample.take(rows, catalogue.digits[4, numbers].astype(np.float64))
    parameters, points = catalogue.parameters[numbers], chosen.points[:, rows][places]
    with np.errstate(all="ignore"):

        def ahead(points: Floats, uncertain: bool = False) -> tuple[Floats, Floats, Floats]:
            operators = Operators.from_reflections(hull, points)
            at = evaluate(hull, sample, operators)
            return *path(hull, last, sample, operators, at, horizon, uncertain), at.squares

        middle, spread, squares = ahead(points, uncertain)
        freedom = np.maximum(sample.known - parameters + 1, 2).astype(np.float64)
        spread = spread * np.sqrt(np.maximum(squares, 0.0) / freedom)
        if uncertain:
            spread = np.sqrt(
                spread**2
                + added_variance(
                    lambda at: value_and_gradient(hull, sample, at)[1],
                    lambda at: ahead(at)[0],
                    points,
                    catalogue.reach[:, numbers][places],
                )
            )
    return middle[:, :count], spread[:, :count], freedom[:count]
