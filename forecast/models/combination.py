"""Combination: a robust centre of simple models that go by the kind of data, with intervals from the error atlas.

Short series grow neither quite by percent nor quite by amounts, nor quite as they always did or as they did lately. So
the centre of annual data lies between drift on logarithms and drift on the values as they stand, of all values and of
the newer ones: naive, theta and ETS are each held between either pair, and the mean of all is taken. Where there are
seasons the centre is the median of theta and two kinds of ETS, and the atlas tilts it towards some members, by as much
as it did good on other series.
What stands as it is, because it may be below zero or often is zero, has the median of ETS, ARIMA and the mean of the
past, and of drift in annual data.
The intervals are not the members' own, which promise too much: they are quantiles of past errors of the same centre
on other series, in units of a spread that goes by this window's roughness (`roughness`, `atlas`).
Prophet stays out: on short annual series it is the weakest of the models here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.models.atlas import Atlas, shipped
from forecast.models.recipes import Recipe, recipe
from forecast.models.roughness import features, mean_size
from forecast.quantiles import Floats, Forecasts
from forecast.transforms import Scaled

__all__ = ["MINIMUM", "calibrated", "combine", "constant", "mixed", "recipe"]
Bools = NDArray[np.bool_]
MINIMUM = 4
SHORT = 12
YARDSTICK = "plain naive"
STEPS = 10.0
"""Mean steps of plain data that count as much as one on logarithms, where steps of a tenth are usual."""
_DECILES = 2.5631031310892007  # between the first and ninth decile of a standard normal


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """What the members come to, on the scale of the combination, for the B' windows that can be answered.

    Attributes:
        rows: [B] which windows these are.
        centre: [B', H].
        features: [B', H, 10] as `roughness` gives them.
        unit: [B', 1] what features are measured in: 1 on logarithms and logits, else ten times the mean step, so that
            neither a series' unit nor its zero matters.
        deviations: [K, B', H] of the tilted members from the centre.
    """

    rows: Bools
    centre: Floats
    features: Floats
    unit: Floats
    deviations: Floats


def combine(scaled: Scaled, answers: Mapping[str, Forecasts]) -> Forecasts:
    """Return the calibrated centre [B, H, Q] on the scale of `scaled`; the name says which members went in."""
    levels = next(iter(answers.values())).levels
    return calibrated(scaled, answers, shipped(scaled.windows.season, scaled.stands), levels)


def calibrated(scaled: Scaled, answers: Mapping[str, Forecasts], table: Atlas, levels: Floats) -> Forecasts:
    """Return the same with any atlas: a judged competition must not be in it."""
    mixture = mixed(scaled, answers)
    spread = np.where(constant(scaled.windows.values[mixture.rows]), 0.0, mixture.unit * table.spread(mixture.features))
    centre = mixture.centre + spread * table.tilt(mixture.deviations, spread)
    offsets = spread[:, :, None] * table.errors(centre.shape[1], levels)  # [B', H, Q]
    if not scaled.stands:  # of what goes back and forth some seasons are surer than those before
        _widen(offsets, int(np.searchsorted(levels, 0.5, side="right")))
    offsets += centre[:, :, None]
    quantiles = offsets
    if not mixture.rows.all():
        quantiles = np.full((len(mixture.rows), *offsets.shape[1:]), np.nan)
        quantiles[mixture.rows] = offsets
    plan = recipe(scaled.windows.season, scaled.stands)
    names = _names(plan.central)
    sizes = scaled.windows.lengths.tolist()
    produced = tuple(
        f"combination of {names}, {_leaning(size)}" if one else ""
        for one, size in zip(mixture.rows, sizes, strict=True)
    )
    first = next(iter(answers.values()))
    said = zip(mixture.rows, first.refusals, strict=True)
    refusals = tuple("" if one else told or "no member answered" for one, told in said)
    return Forecasts(quantiles, levels, produced, refusals)


def mixed(scaled: Scaled, answers: Mapping[str, Forecasts]) -> Mixture:
    """Bring the members' answers together; either all windows stand as they are, or none does."""
    plan = recipe(scaled.windows.season, scaled.stands)
    medians = {name: answer.median for name, answer in answers.items()}
    centre = centred(medians, plan)
    sound = np.array([not refusal for refusal in scaled.refusals], dtype=np.bool_)
    rows = np.asarray(np.isfinite(centre).all(axis=1) & sound, dtype=np.bool_)
    described, unit = describe(scaled, centre, answers, plan, rows)
    tilted = [medians[name][rows] - centre[rows] for name in plan.tilted]
    deviations = np.array(tilted).reshape(len(tilted), *centre[rows].shape)
    return Mixture(rows, centre[rows], described, unit, np.where(np.isfinite(deviations), deviations, 0.0))


def centred(medians: Mapping[str, Floats], plan: Recipe) -> Floats:
    """Return the centre [B, H] of the members' medians: see `Recipe`; a silent member sits out."""
    members = [medians[name] for name in plan.centre]
    if not plan.between:
        return middle(members)
    pairs = [[medians[name] for name in pair] for pair in plan.between]
    held = np.stack([np.where(np.isfinite(one), middle([*pair, one]), np.nan) for pair in pairs for one in members])
    count = np.isfinite(held).sum(axis=0)
    return np.asarray(np.where(count > 0, np.nansum(held, axis=0) / np.maximum(count, 1), np.nan))


def middle(members: Sequence[Floats]) -> Floats:
    """Return the median [B, H] of members [B, H]; a silent one sits out."""
    stack = np.stack(members)
    if len(stack) == 3 and np.isfinite(stack).all():
        one, two, three = stack
        return np.asarray(np.maximum(np.minimum(one, two), np.minimum(np.maximum(one, two), three)))
    count = np.isfinite(stack).sum(axis=0)
    ordered = np.sort(stack, axis=0)  # NaN sorts last
    low, high = np.maximum((count - 1) // 2, 0), np.minimum(count // 2, len(stack) - 1)
    picked = [np.take_along_axis(ordered, index[None], axis=0)[0] for index in (low, high)]
    return np.asarray(np.where(count > 0, (picked[0] + picked[1]) / 2, np.nan))


def describe(
    scaled: Scaled, centre: Floats, answers: Mapping[str, Forecasts], plan: Recipe, rows: Bools
) -> tuple[Floats, Floats]:
    """Return the features [B', H, 10] of the chosen rows, and the unit [B', 1] that they are measured in.

    Logarithms and logits have their natural unit; values as they stand are measured by their steps.
    """
    values = scaled.windows.values[rows]
    step = mean_size(np.diff(values, axis=1))
    unit = np.where(scaled.plain[rows] & (step > 0), STEPS * step, 1.0)[:, None]
    stack = np.stack([answers[name].median[rows] for name in plan.compared])
    stack = np.where(np.isfinite(stack), stack, centre[rows])
    naive = answers[YARDSTICK].median[rows]
    widths = np.stack([_width(answers[name])[rows] for name in ("ets", "theta")])
    season = 1 if scaled.stands else scaled.windows.season
    given = (values / unit, centre[rows] / unit, stack / unit, naive / unit, widths / unit)
    return features(*given, season, lasting=not scaled.stands), unit


def _widen(offsets: Floats, above: int) -> None:
    """Let no interval be narrower than at the step before; the levels from place `above` on are above the median."""
    for step in range(1, offsets.shape[1]):
        before, now = offsets[:, step - 1], offsets[:, step]
        np.maximum(now[:, above:], before[:, above:], out=now[:, above:])
        np.minimum(now[:, :above], before[:, :above], out=now[:, :above])


def _names(members: Sequence[str]) -> str:
    """Name the methods without the scales that they were asked on."""
    return ", ".join(sorted({name.split()[-1] for name in members}))


def _leaning(size: int) -> str:
    return f"leaning on the error atlas for its {size} values" if size < SHORT else "calibrated by the error atlas"


def constant(values: Floats) -> Bools:
    """Return [B, 1] whether all values of a window are equal: then every model answers with that value."""
    known = np.isfinite(values)
    return np.asarray((~known | (values == values[:, -1:])).all(axis=1, keepdims=True), dtype=np.bool_)


def _width(answer: Forecasts) -> Floats:
    """Return the standard deviation [B, H] that an answer states by the distance between its first and ninth decile."""
    low, high = (int(np.argmin(np.abs(answer.levels - level))) for level in (0.1, 0.9))
    return np.asarray((answer.quantiles[:, :, high] - answer.quantiles[:, :, low]) / _DECILES)
