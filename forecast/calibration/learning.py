"""Learning the error atlas: the spread of the errors by least squares on logs, then the quantiles of what is left."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.calibration.competitions import NAMES, Rolled, roll
from forecast.models import members
from forecast.models.atlas import Atlas
from forecast.models.combination import describe, middle, weights_of
from forecast.models.roughness import NAMES as FEATURES
from forecast.quantiles import LEVELS, Floats
from forecast.transforms import scale
from forecast.windows import Bools, Ints

HORIZON = {"annual": 10, "quarterly": 12}
ORIGINS = {"annual": 8, "quarterly": 5}
LEFT_OUT = {"annual": (), "quarterly": ("deviation", "swing", "recent")}
_LEAST_ERROR, _RIDGE = 0.002, 1.0
_MIDDLE = np.array([0.5])


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Errors of the combined centre on log scale, with what describes each window.

    Attributes:
        features: [B, H, 8] as `roughness` gives them.
        errors: [B, H] log of the truth less the centre; NaN where no truth is known.
        series, official: [B] as in `Rolled`.
    """

    name: str
    frequency: str
    features: Floats
    errors: Floats
    series: Ints
    official: Bools


def collect(name: str, frequency: str, origins: int | None = None) -> Samples:
    """Forecast a competition from its official origins and earlier ones, and keep the errors."""
    rolled = roll(name, frequency, HORIZON[frequency], ORIGINS[frequency] if origins is None else origins)
    return sample(rolled)


def sample(rolled: Rolled) -> Samples:
    """Return the errors of the combination's centre on windows of positive series."""
    values = rolled.windows.values
    keep = ~((values <= 0) & np.isfinite(values)).any(axis=1)
    windows, truth = rolled.windows.take(np.flatnonzero(keep)), rolled.truth[keep]
    scaled = scale(windows, "positive")
    answers = members(scaled, windows, truth.shape[1], "batch")
    centre, stack = middle({name: one.median for name, one in answers.items()}, weights_of(windows.season))
    described, _ = describe(scaled, centre, stack, answers, np.ones(len(windows), dtype=np.bool_))
    errors = np.log(np.where(truth > 0, truth, np.nan)) - centre
    return Samples(rolled.name, rolled.frequency, described, errors, rolled.series[keep], rolled.official[keep])


def learn(samples: Sequence[Samples], levels: Floats = LEVELS) -> Atlas:
    """Fit the atlas to the errors of several competitions; every series weighs the same, however often it was cut.

    For each horizon, log |error| is regressed on the features (ridge, the intercept free); the errors in units of the
    fitted spread then give weighted quantiles. They are centred, so that the median of the forecast stays the centre:
    the drift of errors in one collection of series does not carry over to another.
    """
    horizon = samples[0].errors.shape[1]
    used = np.array([True, *(name not in LEFT_OUT[samples[0].frequency] for name in FEATURES)])
    coefficients = np.empty((horizon, len(used)))
    scores = np.empty((horizon, len(levels)))
    for step in range(horizon):
        parts = [_step(one, step) for one in samples]
        x, errors, weights = (np.concatenate([part[index] for part in parts]) for index in range(3))
        coefficients[step] = _ridge(x, np.log(np.maximum(np.abs(errors), _LEAST_ERROR)), weights, used)
        scaled = errors / np.exp(x @ coefficients[step])
        scores[step] = _quantiles(scaled, weights, levels) - _quantiles(scaled, weights, _MIDDLE)
    return Atlas(coefficients, scores)


def table(atlases: Mapping[str, Atlas]) -> str:
    """Return the atlas as CSV, one row a frequency and horizon."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["frequency", "horizon", "intercept", *FEATURES, *(f"q{level:g}" for level in LEVELS)])
    for frequency, atlas in atlases.items():
        for step, (slopes, scores) in enumerate(zip(atlas.coefficients, atlas.scores, strict=True), start=1):
            writer.writerow([frequency, step, *(f"{cell:.4f}" for cell in (*slopes, *scores))])
    return text.getvalue()


def learn_all() -> dict[str, Atlas]:
    """Learn the atlas of each frequency from all competitions."""
    return {frequency: learn([collect(name, frequency) for name in NAMES]) for frequency in HORIZON}


def _step(samples: Samples, step: int) -> tuple[Floats, Floats, Floats]:
    errors = samples.errors[:, step]
    rows = np.isfinite(errors) & np.isfinite(samples.features[:, step]).all(axis=1)
    series = samples.series[rows]
    count = np.bincount(series)[series] if len(series) else np.ones(0)
    x = np.column_stack([np.ones(rows.sum()), samples.features[rows, step]])
    return x, errors[rows], 1.0 / count


def _ridge(x: Floats, target: Floats, weights: Floats, used: Bools) -> Floats:
    """Return the coefficients of the used columns, zero for the others."""
    columns = x[:, used]
    penalty = _RIDGE * np.eye(columns.shape[1])
    penalty[0, 0] = 0.0
    weighted = columns * weights[:, None]
    found = np.zeros(x.shape[1])
    found[used] = np.linalg.solve(columns.T @ weighted + penalty, weighted.T @ target)
    return found


def _quantiles(values: Floats, weights: Floats, levels: Floats) -> Floats:
    order = np.argsort(values, kind="stable")
    mass = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.asarray(np.interp(levels, mass / weights.sum(), values[order]))
