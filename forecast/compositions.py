"""Compositions: the parts of a whole, forecast together so that their shares sum to one.

The K shares become K - 1 log-ratios, x = V' log s with V an orthonormal basis of the vectors that sum to zero
(Egozcue and others 2003), turned so that their steps so far are uncorrelated. Each is forecast by the model on its
own; together they are taken as independent. The centre of the composition is the image of the medians, and sums to
one. A part's quantiles are those of many joint draws, moved on the logit scale so that its median is the centre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.distributions import Distribution
from forecast.errors import EvidenceError, InputError, named
from forecast.models import predict_all
from forecast.models.answers import merge
from forecast.panels import Panel
from forecast.quantiles import LEVELS, Floats, Forecasts
from forecast.windows import Windows
from series.observations import Series
from series.periods import Period

DRAWS = 4096
SHORTEST = 4
TYPES = ("ito", "bpo", "kpo")


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


def compose(parts: Sequence[Series]) -> Composition:
    """Close the common past of some shares, up to the newest period they all have.

    It is their longest run without a gap, or where gaps are missing values everything from their first common period
    on: then a period that one part misses is missing of all. What is left by rounding is spread over the parts in
    proportion.

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
    wholes = np.array([100.0 if one.unit == "percent" else 1.0 for one in parts])
    shares = np.array([[seen[period].value for period in run] for seen in found]) / wholes[:, None]
    total = shares.sum(axis=0)
    if (shares <= 0).any() or (np.abs(total - 1) > 0.05).any():
        worst = run[int(np.argmax(np.abs(total - 1)))]
        raise InputError(f"{names} are not the parts of one whole: they sum to {total.max():.4g} in {worst}")
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
    logs = np.log(parts.shares)
    basis = _turned(_basis(len(logs)), logs)  # [K, K - 1]
    ratios = basis.T @ logs  # [K - 1, T]
    frame = Windows.of_series(parts.series[:1], seed)
    windows = replace(
        Windows.of(list(ratios), frame.season, np.repeat(frame.phase, len(ratios)),
                   frame.seeds[0] + np.arange(len(ratios), dtype=np.uint64)), ratio=False,
    )  # fmt: skip
    found = predict_all(names, windows, horizon, levels, "real", engine)
    return {name: _returned(answer, basis, parts, levels) for name, answer in found.items()}


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
        middle = logits[:, int(np.argmin(np.abs(levels - 0.5)))]
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


def groups(ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Return which of the ids are the ITO, BPO and KPO shares of one whole, by that whole."""
    rows = {name: row for row, name in enumerate(ids)}
    wholes = dict.fromkeys(
        name.removesuffix(f".{part}.share") for name in ids for part in TYPES if name.endswith(f".{part}.share")
    )
    found = {whole: tuple(rows.get(f"{whole}.{part}.share", -1) for part in TYPES) for whole in wholes}
    return {whole: members for whole, members in found.items() if min(members) >= 0}


def join(
    panel: Panel, answers: Mapping[str, Forecasts], horizon: int, levels: Floats, engine: str, seed: int
) -> tuple[dict[str, Forecasts], list[str]]:
    """Replace the answers for shares of one whole by joint ones that sum to it; say where that cannot be."""
    found, notes = dict(answers), []
    for whole, members in groups([one.id for one in panel.series]).items():
        apart = f"the shares of {whole} are forecast apart and need not sum to one"
        try:
            composition = _together([panel.series[row] for row in members])
        except (EvidenceError, InputError) as error:
            notes.append(f"{apart}: {error}")
            continue
        if composition.partial:
            without = named([str(period) for period in composition.partial])
            notes.append(
                f"the shares of {whole} are forecast together from the periods that all of them have, "
                f"so without {without}"
            )
        joint = predict_parts(list(answers), composition, horizon, levels, engine, seed)
        rest = np.setdiff1d(np.arange(len(panel.series)), members)
        for name, alone in found.items():
            refusal = joint[name].refusals[0]
            if refusal and not all(alone.refusals[row] for row in members):
                notes.append(f"{apart} by {name}: {refusal}")
                continue
            parts = [(rest, alone.take(rest)), (np.array(members), joint[name])]
            found[name] = merge(parts, len(panel.series), horizon, levels)
    return found, notes


def _together(parts: Sequence[Series]) -> Composition:
    found = compose(parts)
    if {one.known[-1].period for one in parts} != {found.origin}:
        raise EvidenceError(f"they do not end together; {found.origin} is the last period of all")
    return found
