"""Answers: those of a batch while they come in, and what windows a model is asked about at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.models.refusals import INFINITE, LAST_MISSING, MISSING
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Ints, Windows


@dataclass(slots=True, eq=False)
class Answers:
    """A batch's answers while they come in, block by block: quantiles [B, H, Q], names and refusals."""

    quantiles: Floats
    produced: list[str]
    refusals: list[str]

    @classmethod
    def blank(cls, batch: int, horizon: int, levels: Floats) -> Answers:
        """Return the answers to a batch before anything is answered."""
        return cls(np.full((batch, horizon, len(levels)), np.nan), [""] * batch, [""] * batch)

    def put(self, rows: Ints, answer: Forecasts) -> None:
        """Note the answers to some of the rows."""
        self.quantiles[rows] = answer.quantiles
        for row, made, refused in zip(rows.tolist(), answer.produced, answer.refusals, strict=True):
            self.produced[row], self.refusals[row] = made, refused

    def closed(self, levels: Floats) -> Forecasts:
        """Return them all."""
        return Forecasts(self.quantiles, levels, tuple(self.produced), tuple(self.refusals))


def merge(parts: Sequence[tuple[Ints, Forecasts]], batch: int, horizon: int, levels: Floats) -> Forecasts:
    """Put the answers of several sub-batches back into the `batch` rows that they were taken from."""
    whole = Answers.blank(batch, horizon, levels)
    for rows, answer in parts:
        whole.put(rows, answer)
    return whole.closed(levels)


def answer(
    windows: Windows,
    minimum: int,
    horizon: int,
    levels: Floats,
    body: Callable[[Windows], tuple[Floats, Sequence[str]]],
    mixed: bool = False,
    gaps: bool = False,
) -> Forecasts:
    """Answer a batch by `body`, which sees only windows that a model can work on, all of one length at a time.

    So a body gets dense arrays, and what it says about a window does not depend on the windows beside it. A body that
    sees to this itself takes windows of `mixed` lengths at once.
    Windows shorter than `minimum`, or with a missing or infinite value inside, are refused; a body that takes `gaps`
    gets windows with missing values, as long as they end in a value: one at a time, or all at once if it takes them
    mixed. A window of equal values is answered by that value: there is nothing to estimate a spread from, and callers
    can see it by the name.
    """
    values, lengths = windows.values, windows.lengths
    count = np.isfinite(values).sum(axis=1)
    last = values[:, -1] if values.shape[1] else np.full(len(windows), np.nan)
    infinite = np.asarray(np.isinf(values).any(axis=1), dtype=np.bool_)
    taken = np.isfinite(last) & ~infinite & gaps
    few = (count < minimum) & ((lengths < minimum) | taken)
    sound = ~few & ((count == lengths) | taken)
    refusals = [""] * len(windows)
    for row in np.flatnonzero(~sound).tolist():
        short = f"{count[row]} observations; at least {minimum} are needed"
        refusals[row] = short if few[row] else INFINITE if infinite[row] else LAST_MISSING if gaps else MISSING
    flat = sound & (np.isnan(values) | (values == last[:, None])).all(axis=1)
    quantiles = np.full((len(windows), horizon, len(levels)), np.nan)
    quantiles[flat] = last[flat, None, None]
    produced = ["constant" if constant else "" for constant in flat.tolist()]
    holed = count < lengths
    fair, open_ = np.flatnonzero(sound & ~flat & ~holed), np.flatnonzero(sound & ~flat & holed)
    alone = [open_[place : place + 1] for place in range(len(open_))]
    alike = [fair[lengths[fair] == size] for size in np.unique(lengths[fair])]
    for rows in [one for one in (fair, open_) if len(one)] if mixed else [*alike, *alone]:
        found, names = _body(body, windows.take(rows), horizon, levels)
        quantiles[rows] = found
        finite = np.asarray(np.isfinite(found).all(axis=(1, 2)), dtype=np.bool_)
        for row, name in zip(rows.tolist(), names, strict=True):
            produced[row] = name
        for place in np.flatnonzero(~finite).tolist():
            row, name = int(rows[place]), names[place]
            quantiles[row], produced[row] = np.nan, ""
            refusals[row] = name if name.startswith("failed") else "failed: no finite forecast"
    return Forecasts(quantiles, levels, tuple(produced), tuple(refusals))


def _body(
    body: Callable[[Windows], tuple[Floats, Sequence[str]]], windows: Windows, horizon: int, levels: Floats
) -> tuple[Floats, Sequence[str]]:
    """Ask a body; where its algebra breaks down, ask for halves, until the windows that break it fail alone."""
    try:
        return body(windows)
    except np.linalg.LinAlgError as error:
        if len(windows) == 1:
            return np.full((1, horizon, len(levels)), np.nan), [f"failed: {error}"]
    rows = np.arange(len(windows))
    halves = [_body(body, windows.take(part), horizon, levels) for part in np.array_split(rows, 2)]
    return np.concatenate([found for found, _ in halves]), [name for _, names in halves for name in names]
