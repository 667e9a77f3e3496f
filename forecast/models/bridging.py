"""Bridging: windows with gaps for models that cannot do with them, as complete ones, and what was done to each.

At most a quarter of a window is filled in (`kernels.gaps`; on logarithms where amounts are all above zero). A bridge is
smoother than what was there: m values that are not known take as many squares out of the n - 1 steps whose roughness
the intervals go by, and these are made sqrt((n - 1) / (n - 1 - m)) times as wide for it. Where more is missing the
values after the newest gap stand alone. Parameters that are kept (`Windows.held`) are kept here too, as long as four
values are left that they were fitted to.

Zeros among amounts, which have no logarithm, are bridged likewise where they are at most a quarter, not the newest, and
less common than amounts in every season; those before the first amount are left out. What the combination knows of the
errors of amounts it knows on logarithms: twelve such quarterly windows of the tourism competition stood as they were
before, and intervals of 95 % held 68 % of what came; bridged they hold 94 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.models.kernels.gaps import filled, missing_inside
from forecast.models.refusals import TAKERS
from forecast.quantiles import Forecasts
from forecast.transforms import scale
from forecast.windows import Bools, Floats, Ints, Windows

MOST = 0.25
SHORTEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Bridged:
    """Complete windows of one support: how each was made complete or why not, how much wider its intervals are [B]."""

    windows: Windows
    support: str
    notes: tuple[str, ...]
    refusals: tuple[str, ...]
    width: Floats

    def told(self, answer: Forecasts, levels: Floats) -> Forecasts:
        """Return the answer at some of its levels, stretched about the median, under names that say so."""
        scaled = scale(self.windows, self.support)
        moved = replace(answer, quantiles=scaled.forth(answer.quantiles))
        middle = moved.median[:, :, None]
        wide = scaled.back(middle + (moved.quantiles - middle) * self.width[:, None, None])
        quantiles = np.where(self.width[:, None, None] > 1.0, wide, answer.quantiles)
        pairs = zip(answer.produced, self.notes, strict=True)
        produced = tuple(f"{name}, {note}" if name else "" for name, note in pairs)
        refusals = tuple(own or told for own, told in zip(self.refusals, answer.refusals, strict=True))
        stretched = replace(answer, quantiles=quantiles, produced=produced, refusals=refusals)
        return stretched.at(np.searchsorted(answer.levels, levels))


def gapped(windows: Windows) -> Bools:
    """Tell [B] which windows end in a value and miss one before it."""
    return _open(windows.values)


def holed(windows: Windows, support: str) -> Bools:
    """Tell [B] which windows end in a value and miss one before it, or hold few zeros among amounts."""
    few = few_zeros(windows, support)
    return np.asarray(_open(np.where(few, np.nan, windows.values)) | few.any(axis=1), dtype=np.bool_)


def few_zeros(windows: Windows, support: str) -> Bools:
    """Tell [B, T] which values are zeros among amounts that end above zero and seldom are not."""
    values = windows.values
    zero = values == 0
    if support not in ("positive", "power") or not zero.any():
        return np.zeros(values.shape, dtype=np.bool_)
    above = values > 0
    few = ~(values < 0).any(axis=1) & above[:, -1] & ~np.isinf(values).any(axis=1)
    few &= (zero.sum(axis=1) <= MOST * windows.lengths) & (above.sum(axis=1) >= SHORTEST)
    if windows.season > 1:
        for place in range(windows.season):
            same = slice(values.shape[1] - 1 - place, None, -windows.season)
            few &= (zero[:, same].sum(axis=1) < above[:, same].sum(axis=1)) | ~zero[:, same].any(axis=1)
    return np.asarray(zero & few[:, None], dtype=np.bool_)


def _open(values: Floats) -> Bools:
    if not values.shape[1]:
        return np.zeros(len(values), dtype=np.bool_)
    sound = np.isfinite(values[:, -1]) & ~np.isinf(values).any(axis=1)
    return np.asarray(sound & missing_inside(values).any(axis=1), dtype=np.bool_)


def bridge(windows: Windows, support: str) -> Bridged:
    """Make windows with gaps complete, and windows of amounts with few zeros ones without."""
    zero = few_zeros(windows, support)
    values = np.where(zero, np.nan, windows.values)
    missing = missing_inside(values)
    count, span = missing.sum(axis=1), values.shape[1] - np.argmax(np.isfinite(values), axis=1)
    few = (count <= MOST * span) & (span - count >= SHORTEST)
    since = np.argmax(missing[:, ::-1], axis=1)  # values after the newest gap
    lengths = np.where(few, span, since)
    heads = None if windows.held is None else _heads(values, windows.lengths, windows.held)
    taught = None if heads is None else heads - np.argmax(np.isfinite(values), axis=1)
    whole = np.where(few[:, None], _filled(values, windows.season, support, taught), values)
    whole = np.where(np.arange(values.shape[1]) >= values.shape[1] - lengths[:, None], whole, np.nan)
    inside = (zero & missing).sum(axis=1)
    counts = np.stack([count - inside, inside, zero.sum(axis=1) - inside]).T.tolist()
    notes = tuple(
        _note(*many) if one else f"from the {size} values after the last gap"
        for one, many, size in zip(few.tolist(), counts, since.tolist(), strict=True)
    )
    refusals = tuple(
        ""
        if one or size >= SHORTEST
        else f"{sum(many[:2])} of {long} values are missing{' or zero' * bool(many[1])}, and {size} stand after the "
        f"last gap; {TAKERS}"
        for one, size, many, long in zip(few.tolist(), since.tolist(), counts, span.tolist(), strict=True)
    )
    width = np.where(few, np.sqrt((span - 1.0) / np.maximum(span - 1.0 - count, 1.0)), 1.0)
    lengths = lengths.astype(np.int64)
    held = None if heads is None else _held(whole, lengths, heads - (values.shape[1] - lengths))
    return Bridged(replace(windows, values=whole, lengths=lengths, held=held), support, notes, refusals, width)


def _note(gaps: int, zeros: int, before: int) -> str:
    """Say what was done about missing values, zeros, and zeros before the first amount."""
    bridged = [f"{many} {what}{'s' * (many > 1)}" for many, what in ((gaps, "missing value"), (zeros, "zero")) if many]
    told = [f"{' and '.join(bridged)} bridged"] if bridged else []
    return ", ".join([*told, *([f"{before} zero{'s' * (before > 1)} at the start left out"] if before else [])])


def _heads(values: Floats, lengths: Ints, held: Ints) -> Ints:
    """Return [B] where the first values that parameters are kept from end: behind the newest of them that is known.

    Zeros that are bridged may be the last ones of these.
    """
    places = np.arange(values.shape[1])
    known = np.isfinite(values) & (places < (values.shape[1] - lengths + held)[:, None])
    return np.asarray(np.max(np.where(known, places + 1, 0), axis=1, initial=0), dtype=np.int64)


def _held(values: Floats, lengths: Ints, held: Ints) -> Ints:
    """Return [B] how many of the first values parameters are still fitted to; all where these are too few, or equal."""
    place = np.arange(values.shape[1]) - (values.shape[1] - lengths[:, None])
    learnt = np.where((place >= 0) & (place < held[:, None]), values, np.nan)
    first = np.take_along_axis(values, np.maximum(values.shape[1] - lengths, 0)[:, None], axis=1)
    with np.errstate(invalid="ignore"):
        varied = (np.isfinite(learnt) & (learnt != first)).any(axis=1)
    return np.where((held >= SHORTEST) & varied, held, lengths)


def _filled(values: Floats, season: int, support: str, held: Ints | None) -> Floats:
    plain = filled(values, season, held)
    if support not in ("positive", "power"):
        return plain
    above = np.all((values > 0) | np.isnan(values), axis=1, keepdims=True)
    logs = np.exp(filled(np.log(np.where(above | np.isnan(values), values, 1.0)), season, held))
    return np.where(np.isnan(values), np.where(above, logs, np.maximum(plain, 0.0)), values)
