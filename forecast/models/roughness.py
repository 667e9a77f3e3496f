"""Roughness: what the spread of forecast errors goes by, read off a window and off the members' disagreement."""

from __future__ import annotations

import numpy as np

from forecast.windows import Floats, total

NAMES = ("deviation", "recent", "disagreement", "departure", "length", "ets", "theta", "bend", "strain", "unrest")
_STEADY, _AGREED, _STILL = 0.005, 0.003, 0.01
_FADING = 0.8
_NARROW, _WIDE = 0.003, 5.0
_USUAL = -2.0
_TAUT = 3.0


def features(
    values: Floats,
    centre: Floats,
    members: Floats,
    naive: Floats,
    widths: Floats,
    season: int = 1,
    lasting: bool = True,
) -> Floats:
    """Return the logarithms [B, H, 10] of what `NAMES` lists, on a scale where a step is a relative change.

    Shapes: values [B, T] right-aligned, NaN left of a shorter window; centre and naive [B, H]; members [M, B, H];
    widths [2, B, H] the standard deviations that ETS and theta state themselves.
    `deviation`: mean distance of the steps from their median; `recent`: mean distance of the steps from their mean,
    each step weighing four fifths of the next one in both; `disagreement`: standard deviation over members;
    `departure`: distance of the centre from the naive forecast; `length`: observations. Where doubt is `lasting`,
    disagreement and departure are the largest so far: a season in which members agree looks no surer than those before.
    Small constants keep a perfectly smooth window from promising certainty; the steps of a year with `season` of them
    have parts of these.
    `bend`, the square of the mean logarithm of the stated widths about a usual one, lets the spread of calm windows
    fall faster than that of rough ones rises. `strain` is the square of how far the logarithm of the disagreement is
    above that of the deviation, 3 at most: smooth growth that some members carry on by percent and others by amounts.
    `unrest`: by how much the jolts, the distances between a step and that of a year before, have been larger of late,
    each weighing four fifths of the next one, than all along.
    """
    horizon = centre.shape[1]
    steps = np.diff(values, axis=1)
    lengths = np.isfinite(values).sum(axis=1)
    apart = np.abs(steps - _median(steps)[:, None])
    fading = np.broadcast_to(_FADING ** np.arange(steps.shape[1])[::-1], steps.shape)
    lately = np.abs(steps - _mean(steps, fading)[:, None])
    ahead = np.sqrt(np.arange(1, horizon + 1))
    flat = np.stack([_mean(apart), _mean(lately, fading)], axis=1) + _STEADY / season
    spread, departure = members.std(axis=0), np.abs(centre - naive)
    stated = np.log(np.clip(np.where(np.isfinite(widths), widths, spread), _NARROW / season, _WIDE))
    if lasting:
        spread, departure = (np.maximum.accumulate(one, axis=1) for one in (spread, departure))
    deviation, recent = (np.broadcast_to(column[:, None], centre.shape) for column in np.log(flat).T)
    disagreement = np.log(spread + _AGREED / season * ahead)
    return np.stack(
        [
            deviation,
            recent,
            disagreement,
            np.log(departure + _STILL / season),
            np.broadcast_to(np.log(lengths)[:, None], centre.shape),
            *stated,
            (stated.mean(axis=0) - _USUAL) ** 2,
            np.clip(disagreement - deviation, 0.0, _TAUT) ** 2,
            np.broadcast_to(_unrest(steps, fading, season)[:, None], centre.shape),
        ],
        axis=2,
    )


def _unrest(steps: Floats, fading: Floats, season: int) -> Floats:
    """Return the logarithm [B] of how much larger jolts have been of late; nothing where a year has no seasons."""
    if season == 1:
        return np.zeros(len(steps))
    jolts = np.abs(steps[:, season:] - steps[:, :-season])
    latest, usual = _mean(jolts, fading[:, season:]), _mean(jolts)
    return np.asarray(np.log((latest + _STEADY / season) / (usual + _STEADY / season)))


def mean_size(values: Floats) -> Floats:
    """Return the mean magnitude [B] of the finite values of each row."""
    return _mean(np.abs(values))


def _mean(steps: Floats, weights: Floats | None = None) -> Floats:
    """Return the (weighted) mean [B] of the finite entries of each row, zero where there are none."""
    known = np.isfinite(steps)
    shares = np.where(known, 1.0 if weights is None else weights, 0.0)
    whole = total(shares)
    return np.asarray(total(shares * np.where(known, steps, 0.0)) / np.where(whole > 0, whole, 1.0))


def _median(steps: Floats) -> Floats:
    """Return the median [B] of the finite entries of each row, zero where there are none."""
    ordered = np.sort(steps, axis=1)  # NaN sorts last
    count = np.isfinite(steps).sum(axis=1)
    if not steps.shape[1]:
        return np.zeros(len(steps))
    rows = np.arange(len(steps))
    low, high = (
        ordered[rows, np.maximum((count - 1) // 2, 0)],
        ordered[rows, np.minimum(count // 2, steps.shape[1] - 1)],
    )
    return np.asarray(np.where(count > 0, (low + high) / 2, 0.0))
