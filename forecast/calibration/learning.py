"""Learning the error atlas: the spread of the errors, the tilt of the centre, and the quantiles of what is left."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.calibration.competitions import SEASONS, VIEWS, Rolled, roll
from forecast.models import members
from forecast.models.atlas import Atlas, clipped, title
from forecast.models.combination import constant, mixed
from forecast.models.recipes import recipe
from forecast.models.roughness import NAMES as FEATURES
from forecast.quantiles import LEVELS, Floats
from forecast.transforms import scale
from forecast.windows import Bools, Ints

HORIZON = {"annual": 10, "quarterly": 12, "monthly": 24}
ORIGINS = {"annual": 8, "quarterly": 8, "monthly": 5}
LEFT_OUT = {
    "annual": ("departure", "unrest"),
    "quarterly": ("deviation", "recent", "strain"),
    "monthly": ("deviation", "recent", "strain", "unrest"),
    **{f"{frequency} plain": ("strain", "unrest") for frequency in HORIZON},
}
LIKELIEST = ("annual",)
"""Tables whose spread is learnt by likelihood, each horizon by itself; in the others all horizons share the slopes."""
_LEAST_ERROR, _RIDGE = 0.002, 1.0
_LIFT, _TILT, _ROUNDS, _CORNER = 300.0, 100.0, 25, 0.1
_MIDDLE = np.array([0.5])


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Errors of the combined centre with what describes each window, on log scale or in its own unit.

    Attributes:
        features: [B, H, 10] as `roughness` gives them.
        errors: [B, H] the truth less the centre; NaN where no truth is known.
        deviations: [K, B, H] the tilted members less the centre.
        series, official: [B] as in `Rolled`; each view of a series counts as a series.
        plain: whether the series stood as they are.
    """

    name: str
    frequency: str
    features: Floats
    errors: Floats
    deviations: Floats
    series: Ints
    official: Bools
    plain: bool = False


def collect(name: str, frequency: str, origins: int | None = None, plain: bool = False) -> Samples:
    """Forecast a competition from its official origins and earlier ones, and keep the errors.

    Those of `plain` data are of levels, changes and growth as they stand.
    """
    count = ORIGINS[frequency] if origins is None else origins
    views = VIEWS[frequency] if plain else (None,)
    parts = [sample(roll(name, frequency, HORIZON[frequency], count, view=view), plain) for view in views]
    apart = 1 + max(one.series.max(initial=0) for one in parts)
    return Samples(
        name,
        frequency,
        np.concatenate([one.features for one in parts]),
        np.concatenate([one.errors for one in parts]),
        np.concatenate([one.deviations for one in parts], axis=1),
        np.concatenate([one.series + place * apart for place, one in enumerate(parts)]),
        np.concatenate([one.official for one in parts]),
        plain,
    )


def sample(rolled: Rolled, plain: bool = False) -> Samples:
    """Return the errors of the combination's centre on logarithms, for windows of positive series.

    If they are `plain`, on the values as they stand, in units of ten mean steps, for windows that are not constant.
    """
    values = rolled.windows.values
    keep = ~constant(values)[:, 0] if plain else ~((values <= 0) & np.isfinite(values)).any(axis=1)
    windows, truth = rolled.windows.take(np.flatnonzero(keep)), rolled.truth[keep]
    scaled = scale(windows, "real" if plain else "positive")
    mixture = mixed(scaled, members(scaled, windows, truth.shape[1], "batch"))
    moved = scaled.forth(truth[:, :, None])[:, :, 0] if plain else np.log(np.where(truth > 0, truth, np.nan))
    kept = np.flatnonzero(keep)[mixture.rows]
    return Samples(
        rolled.name,
        rolled.frequency,
        mixture.features,
        (moved[mixture.rows] - mixture.centre) / mixture.unit,
        mixture.deviations / mixture.unit,
        rolled.series[kept],
        rolled.official[kept],
        plain,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """What is known at one horizon: N errors, with x [N, 1 + F] intercept and features, and deviations [N, K]."""

    x: Floats
    errors: Floats
    weights: Floats
    deviations: Floats

    def ways(self, spread: Floats) -> Floats:
        """Return what the centre can be tilted by [N, 1 + K]: a lift, and deviations in units of the spread."""
        return np.column_stack([np.ones(len(self.x)), clipped(self.deviations.T[:, None], spread[None])[:, 0].T])


def learn(samples: Sequence[Samples], levels: Floats = LEVELS) -> Atlas:
    """Fit the atlas to the errors of several competitions; every series weighs the same, however often it was cut.

    log |error| is regressed on the features (ridge, intercepts free). For annual data that is done for each horizon and
    only begins a fit by the likelihood of Laplace's distribution; where there are seasons, and for what stands as it
    is, all horizons share the slopes. Either covers other competitions better there. The errors in units of the fitted
    spread are then regressed on the members' deviations in the same units (least absolute errors, ridge), what is left
    gives the spread anew, and the tilt is fitted once more in units of that. The errors left at last give weighted
    quantiles. They are centred, so that the median of the forecast stays the tilted centre. What stands as it is errs
    either way alike: a sign there is a matter of definition (exports less imports, or the other way round), so that
    each error counts with both signs.
    """
    horizon, tilted = samples[0].errors.shape[1], len(samples[0].deviations)
    kind = title(samples[0].frequency, samples[0].plain)
    least = _LEAST_ERROR / (1 if samples[0].plain else SEASONS[samples[0].frequency])
    used = np.array([True, *(name not in LEFT_OUT.get(kind, ()) for name in FEATURES)])
    steps = [_step(samples, step) for step in range(horizon)]
    left = [one.errors for one in steps]
    tilts, scores = np.zeros((horizon, 1 + tilted)), np.empty((horizon, len(levels)))
    for _ in range(2 if tilted else 1):
        coefficients = _spreads(steps, [np.abs(one) for one in left], used, kind, least)
        spreads = [np.exp(one.x @ slopes) for one, slopes in zip(steps, coefficients, strict=True)]
        for step, (one, spread) in enumerate(zip(steps, spreads, strict=True)):
            if tilted:
                ways = one.ways(spread)
                tilts[step] = _least_absolute(ways, one.errors / spread, one.weights)
                left[step] = one.errors - spread * (ways @ tilts[step])
    for step, (one, spread) in enumerate(zip(steps, spreads, strict=True)):
        scaled, weights = left[step] / spread, one.weights
        if samples[0].plain:
            scaled, weights = np.concatenate([scaled, -scaled]), np.concatenate([weights, weights])
        scores[step] = _quantiles(scaled, weights, levels)
        scores[step] -= _quantiles(scaled, weights, _MIDDLE)
    return Atlas(coefficients, scores, tilts)


def _spreads(steps: Sequence[_Step], sizes: Sequence[Floats], used: Bools, kind: str, least: float) -> Floats:
    """Return the coefficients [H, 1 + F] of the log spread of errors of these sizes, none taken below `least`."""
    logs = [np.log(np.maximum(size, least)) for size in sizes]
    found = np.zeros((len(steps), len(used)))
    if kind not in LIKELIEST:
        which = np.repeat(np.eye(len(steps)), [len(one.x) for one in steps], axis=0)  # an intercept a horizon
        columns = np.column_stack([which, np.concatenate([one.x[:, used][:, 1:] for one in steps])])
        weights = np.concatenate([one.weights for one in steps]) / len(steps)
        whole = _ridge(columns, np.concatenate(logs), weights, len(steps))
        found[:, 0] = whole[: len(steps)]
        found[:, 1:][:, used[1:]] = whole[len(steps) :]
        return found
    for one, log, size, row in zip(steps, logs, sizes, found, strict=True):
        start = _ridge(one.x[:, used], log, one.weights, 1)
        row[used] = _likeliest(one.x[:, used], size, one.weights, start)
    return found


def table(atlases: Mapping[tuple[str, bool], Atlas]) -> str:
    """Return the atlas as CSV, one row a table (frequency, and whether data stands as it is) and horizon."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    plans = {(frequency, plain): recipe(SEASONS[frequency], plain) for frequency, plain in atlases}
    ways = list(dict.fromkeys(name for plan in plans.values() for name in plan.tilted))
    quantiles = [f"q{level:g}" for level in LEVELS]
    writer.writerow(["table", "horizon", "intercept", *FEATURES, "lift", *(f"to {name}" for name in ways), *quantiles])
    for key, atlas in atlases.items():
        for step, (slopes, scores) in enumerate(zip(atlas.coefficients, atlas.scores, strict=True)):
            tilts = dict(zip(plans[key].tilted, atlas.tilts[step, 1:], strict=True))
            cells = (*slopes, atlas.tilts[step, 0], *(tilts.get(name, 0.0) for name in ways), *scores)
            writer.writerow([title(*key), step + 1, *(f"{cell:.4f}" for cell in cells)])
    return text.getvalue()


def _step(samples: Sequence[Samples], step: int) -> _Step:
    parts: list[tuple[Floats, ...]] = []
    for one in samples:
        errors = one.errors[:, step]
        rows = np.isfinite(errors) & np.isfinite(one.features[:, step]).all(axis=1)
        series = one.series[rows]
        count = np.bincount(series)[series] if len(series) else np.ones(0)
        x = np.column_stack([np.ones(rows.sum()), one.features[rows, step]])
        parts.append((x, errors[rows], 1.0 / count, one.deviations[:, rows, step].T))
    return _Step(*(np.concatenate([part[index] for part in parts]) for index in range(4)))


def _ridge(columns: Floats, target: Floats, weights: Floats, free: int) -> Floats:
    """Return the coefficients of least weighted squares with a ridge, the first `free` ones without."""
    penalty = _penalty(columns.shape[1], free)
    weighted = columns * weights[:, None]
    return np.asarray(np.linalg.solve(columns.T @ weighted + penalty, weighted.T @ target))


def _likeliest(columns: Floats, sizes: Floats, weights: Floats, start: Floats) -> Floats:
    """Return the coefficients b for which errors of these sizes are likeliest, Laplace with scale exp(x b); ridge.

    Minus the logarithm of the likelihood, x b + size / exp(x b), is convex; Newton steps are cut to length one.
    """
    found, penalty = start, _penalty(columns.shape[1], 1)
    for _ in range(_ROUNDS):
        sized = sizes / np.exp(columns @ found)
        slope = columns.T @ (weights * (1.0 - sized)) + penalty @ found
        step = np.linalg.solve((columns * (weights * sized)[:, None]).T @ columns + penalty, slope)
        found = found - step / max(1.0, float(np.abs(step).max()))
    return found


def _penalty(size: int, free: int) -> Floats:
    return np.diag(np.where(np.arange(size) < free, 0.0, _RIDGE))


def _least_absolute(ways: Floats, target: Floats, weights: Floats) -> Floats:
    """Return the coefficients of least weighted absolute errors with a ridge, by reweighted least squares."""
    penalty = np.diag([_LIFT, *[_TILT] * (ways.shape[1] - 1)])
    found: Floats = np.zeros(ways.shape[1])
    for _ in range(_ROUNDS):
        pull = ways * (weights / np.maximum(np.abs(target - ways @ found), _CORNER))[:, None]
        found = np.asarray(np.linalg.solve(pull.T @ ways + penalty, pull.T @ target), dtype=np.float64)
    return found


def _quantiles(values: Floats, weights: Floats, levels: Floats) -> Floats:
    order = np.argsort(values, kind="stable")
    mass = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.asarray(np.interp(levels, mass / weights.sum(), values[order]))
