"""Compositions: the parts of a whole, forecast together so that their shares sum to one.

The K shares become K - 1 log-ratios, x = V' log s with V an orthonormal basis of the vectors that sum to zero
(Egozcue and others 2003), turned so that their steps so far are uncorrelated. Each is forecast by the model on its
own; together they are taken as independent. The centre of the composition is the image of the medians, and sums to
one. A part's quantiles are those of many joint draws, moved on the logit scale so that its median is the centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.distributions import Distribution
from forecast.errors import EvidenceError, InputError
from forecast.models import predict_all
from forecast.quantiles import LEVELS, Floats, Forecasts, place_of
from forecast.windows import Windows
from series.observations import Series
from series.periods import Period

DRAWS = 4096
SHORTEST = 4
TOLERANCE = 0.05
"""How far a sum of shares may be from one: they are rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """Parts of one whole over the same periods.

    Attributes:
        series: the K parts, each as long as their common past.
        shares: [K, T] above zero, summing to one at every step; NaN where a part is missing.
        wholes: [K] what a part's own unit calls the whole: 1, or 100 for percent.
        partial: periods that some parts have and others miss; they are not used.
    """

    series: tuple[Series, ...]
    shares: Floats
    wholes: Floats
    partial: tuple[Period, ...] = ()

    @property
    def origin(self) -> Period:
        """The last period that all parts have."""
        return self.series[0].observations[-1].period


def compose(parts: Sequence[Series], whole: float | None = None) -> Composition:
    """Close the common past of some shares, up to the newest period they all have.

    It is their longest run without a gap, or where gaps are missing values everything from their first common period
    on: then a period that one part misses is missing of all. What is left by rounding is spread over the parts in
    proportion. `whole` is what the parts sum to; without it 100 for percent, else 1.

    Raises:
        InputError: if there are fewer than two parts, or one is not above zero, or they are far from a whole.
        EvidenceError: if they have fewer than four periods in common (in a row, without missing values).
    """
    if len(parts) < 2:
        raise InputError("a composition has two parts or more; name all parts of the whole")
    names = ", ".join(one.id for one in parts)
    found = [{seen.period: seen for seen in one.observations} for one in parts]
    common = sorted(set.intersection(*(set(one) for one in found)), reverse=True)
    gapped = all(one.gaps == "missing" for one in parts)
    run = [
        period for step, period in enumerate(common) if gapped or period.end == common[0].end - step * common[0].length
    ][::-1]
    if len(run) < SHORTEST:
        row = "" if gapped else " in a row"
        raise EvidenceError(f"{names} have {len(run)} periods{row} in common; at least {SHORTEST} are needed")
    wholes = np.array([whole or (100.0 if one.unit == "percent" else 1.0) for one in parts])
    shares = np.array([[seen[period].value for period in run] for seen in found]) / wholes[:, None]
    total = shares.sum(axis=0)
    if (shares <= 0).any():
        row, step = np.argwhere(shares <= 0)[-1].tolist()
        value = f"{parts[row].id} is {shares[row, step] * wholes[row]:.4g} in {run[step]}"
        raise InputError(f"{value}, and shares that are forecast together are above zero; give later periods only")
    if (np.abs(total - 1) > TOLERANCE).any():
        worst = int(np.argmax(np.abs(total - 1)))
        raise InputError(f"{names} are not the parts of one whole: they sum to {total[worst]:.4g} in {run[worst]}")
    cut = tuple(
        replace(one, observations=tuple(seen[period] for period in run)) for one, seen in zip(parts, found, strict=True)
    )
    places = [(period.start - run[0].start) // run[0].length for period in run]
    closed = np.full((len(parts), places[-1] + 1), np.nan)
    closed[:, places] = shares / total
    either = set.union(*(set(one) for one in found)) - set(run)
    partial = tuple(sorted(period for period in either if run[0] < period < run[-1])) if gapped else ()
    return Composition(cut, closed, wholes, partial)


def predict_parts(
    names: Sequence[str],
    parts: Composition,
    horizon: int,
    levels: Floats = LEVELS,
    engine: str = "reference",
    seed: int = 0,
) -> dict[str, Forecasts]:
    """Forecast a composition by several models; each answer has one row a part, in the part's own unit.

    The medians of the parts sum to their whole at every step.
    """
    return predict_all_parts(names, [parts], horizon, levels, engine, seed)[0]


def predict_all_parts(
    names: Sequence[str],
    compositions: Sequence[Composition],
    horizon: int,
    levels: Floats = LEVELS,
    engine: str = "reference",
    seed: int = 0,
    held: Sequence[int] | None = None,
) -> list[dict[str, Forecasts]]:
    """Forecast several compositions of one frequency in one batch, each as if alone.

    Args:
        names: the models.
        compositions: what is forecast; from one on.
        horizon: steps ahead.
        levels: [Q] probabilities of the quantiles, one half among them.
        engine: reference or batch.
        seed: of simulated results.
        held: how many of the first periods of each its parameters are fitted to; all without it.
    """
    bases, ratios, phases, seeds, kept = [], [], [], [], []
    for place, one in enumerate(compositions):
        logs = np.log(one.shares)
        fitted = len(logs[0]) if held is None else held[place]
        basis = _turned(_basis(len(logs)), logs[:, :fitted])  # [K, K - 1]
        frame = Windows.of_series(one.series[:1], seed)
        bases.append(basis)
        ratios += list(basis.T @ logs)
        phases += [int(frame.phase[0])] * basis.shape[1]
        seeds.append(frame.seeds[0] + np.arange(basis.shape[1], dtype=np.uint64))
        kept += [fitted] * basis.shape[1]
    windows = replace(Windows.of(ratios, frame.season, phases, np.concatenate(seeds)), ratio=False)
    if held is not None:
        windows = replace(windows, held=np.array(kept, dtype=np.int64))
    found = predict_all(names, windows, horizon, levels, "real", engine)
    ends = np.cumsum([basis.shape[1] for basis in bases])
    rows = [np.arange(end - basis.shape[1], end) for basis, end in zip(bases, ends.tolist(), strict=True)]
    return [
        {name: _returned(answer.take(mine), basis, one, levels) for name, answer in found.items()}
        for mine, basis, one in zip(rows, bases, compositions, strict=True)
    ]


def _returned(answer: Forecasts, basis: Floats, parts: Composition, levels: Floats) -> Forecasts:
    count, horizon = len(basis), answer.quantiles.shape[1]
    refused = next((refusal for refusal in answer.refusals if refusal), "")
    produced = " | ".join(dict.fromkeys(answer.produced)) + ", as a composition"
    if refused:
        empty = np.full((count, horizon, len(levels)), np.nan)
        return Forecasts(empty, levels, ("",) * count, (refused,) * count)
    centre = _shares(basis @ answer.median)  # [K, H]
    out = np.empty((count, horizon, len(levels)))
    ranks = _spread_ranks(len(answer.quantiles))  # [D, N]
    for step in range(horizon):
        ratios = Distribution(answer.quantiles[:, step], levels)
        drawn = np.array([ratios[row].quantile(at) for row, at in enumerate(ranks)])
        shares = _shares(basis @ drawn)  # [K, N]
        logits = np.quantile(np.log(shares) - np.log1p(-shares), levels, axis=1).T  # [K, Q]
        middle = logits[:, place_of(0.5, levels, "a composition")]
        at = np.log(centre[:, step]) - np.log1p(-centre[:, step])
        out[:, step] = 1 / (1 + np.exp(-(logits - middle[:, None] + at[:, None])))
    return Forecasts(out * parts.wholes[:, None, None], levels, (produced,) * count, ("",) * count)


def _basis(count: int) -> Floats:
    """Return orthonormal columns [K, K - 1] that sum to zero: Helmert's."""
    basis = np.zeros((count, count - 1))
    for column in range(count - 1):
        size = column + 1
        basis[:size, column] = 1.0
        basis[size, column] = -size
        basis[:, column] /= np.sqrt(size * (size + 1))
    return basis


def _turned(basis: Floats, logs: Floats) -> Floats:
    """Turn the basis to the principal axes of the steps so far, the largest weight of each above zero."""
    steps = np.diff((basis.T @ logs)[:, np.isfinite(logs[0])], axis=1)
    _, axes = np.linalg.eigh(steps @ steps.T)
    turned = basis @ axes
    signs = np.sign(turned[np.abs(turned).argmax(axis=0), np.arange(turned.shape[1])])
    return np.asarray(turned * signs)


def _shares(logs: Floats) -> Floats:
    raised = np.exp(logs - logs.max(axis=0))
    return np.asarray(raised / raised.sum(axis=0))


def _spread_ranks(dimensions: int) -> Floats:
    """Return ranks [D, N] that fill the unit cube evenly: Roberts' additive recurrence."""
    root = 2.0
    for _ in range(60):
        root = (1 + root) ** (1 / (dimensions + 1))
    return np.asarray((0.5 + np.outer(root ** -np.arange(1.0, dimensions + 1), np.arange(1, DRAWS + 1))) % 1.0)
