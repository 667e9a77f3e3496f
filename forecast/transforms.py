"""Scales on which models work: the values as they stand, logs or powers of positive values, logits of shares.

A monotone scale maps quantiles back exactly: the median of the logs is the log of the median.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from forecast.errors import InputError, near
from forecast.windows import Floats, Ints, Windows, total

Support = Literal["real", "positive", "power", "share", "percent"]
Bools = NDArray[np.bool_]

LEAST = 0.05
POWERS = np.linspace(0.0, 1.0, 11)
TINY, HUGE = float(np.log(np.finfo(np.float64).tiny)), float(np.log(np.finfo(np.float64).max)) - 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """Windows on the scale that the models see, and the way back.

    Attributes:
        windows: the transformed batch; a refused row is all NaN.
        refusals: B messages, empty where the window has a value on this scale.
        plain: [B] rows that stand as they are: all of a real batch, and windows whose zero has no logarithm.
        logged: whether the support asks for logarithms or powers.
        back: quantiles [B, H, Q] on the transformed scale -> on the windows' own.
        forth: quantiles on the windows' own scale -> on the transformed one; what has no place there, such as a
            negative amount, goes to a twentieth of the window's smallest value or of its distance from the edge.
    """

    windows: Windows
    refusals: tuple[str, ...]
    plain: Bools
    logged: bool
    back: Callable[[Floats], Floats]
    forth: Callable[[Floats], Floats]

    @property
    def stands(self) -> bool:
        """Whether all rows stand as they are."""
        return bool(self.plain.all())


def scale(windows: Windows, support: str) -> Scaled:
    """Move a batch to the scale that its `support` asks for.

    `real`: as it stands, divided by a power of two so that no square overflows. `positive`: logarithms; a window
    with a zero stays as it stands and its quantiles are cut at zero. `power`: the same with the Box-Cox transform
    whose exponent in [0, 1] makes a straight line most likely (Box and Cox 1964). `share` (0..1) and `percent`
    (0..100): logits, after drawing values on the very edge inwards by (x (n - 1) + 1/2) / n (Smithson and Verkuilen
    2006).

    Raises:
        InputError: if the support is unknown.
    """
    if support not in get_args(Support):
        known = get_args(Support)
        raise InputError(f"support '{support}' is unknown.{near(support, known)} Known: {', '.join(known)}")
    values = windows.values
    finite = np.isfinite(values)
    infinite = _any(np.isinf(values))
    if support in ("share", "percent"):
        return _logit(windows, 100.0 if support == "percent" else 1.0, infinite)
    above = support in ("positive", "power")
    plain = _any((values <= 0) & finite) if above else np.ones(len(windows), dtype=bool)
    negative = _any((values < 0) & finite) if above else np.zeros(len(windows), dtype=bool)
    unit = _binary_unit(np.where(finite, values, 0.0))  # [B]
    logs = np.log(np.where((values > 0) & finite, values, np.nan))
    level, power = _power(logs, windows.lengths) if support == "power" else (np.zeros(len(windows)),) * 2
    moved = np.where(plain[:, None], values / unit[:, None], _raised(logs - level[:, None], power[:, None]))
    refused = infinite | negative
    moved[refused] = np.nan
    floor = 0.0 if above else -np.inf

    def stood(quantiles: Floats, rows: Bools | slice) -> Floats:
        limit = np.finfo(np.float64).max
        with np.errstate(over="ignore"):
            out = quantiles * unit[rows, None, None]
        return np.asarray(np.clip(out, max(-limit, floor), limit, out=out))

    def risen(quantiles: Floats, rows: Bools | slice) -> Floats:
        bent = _lowered(quantiles, power[rows, None, None]) + level[rows, None, None]
        return np.asarray(np.exp(np.clip(bent, TINY, HUGE)))

    def back(quantiles: Floats) -> Floats:
        if plain.all() or not plain.any():
            return (stood if plain.all() else risen)(quantiles, slice(None))
        out = np.empty_like(quantiles)
        out[plain], out[~plain] = stood(quantiles[plain], plain), risen(quantiles[~plain], ~plain)
        return out

    least = np.log(LEAST) + np.where(np.isfinite(logs), logs, np.inf).min(axis=1, initial=np.inf)  # [B]

    def forth(quantiles: Floats) -> Floats:
        with np.errstate(all="ignore"):  # refused rows hold nothing finite
            sunk = np.where(quantiles > 0, np.log(quantiles), -np.inf)
            inside = np.where(np.isnan(quantiles), np.nan, np.maximum(sunk, least[:, None, None]))
            bent = _raised(inside - level[:, None, None], power[:, None, None])
            return np.asarray(np.where(plain[:, None, None], quantiles / unit[:, None, None], bent))

    return Scaled(
        windows.with_values(moved, ratio=windows.ratio and support == "real", logged=~plain & (support == "positive")),
        _say(infinite, negative, "a negative value"),
        plain,
        above,
        back,
        forth,
    )


def _power(logs: Floats, lengths: Ints) -> tuple[Floats, Floats]:
    """Return the mean log and the most likely power [B]; of equally likely powers the one nearest the logarithm.

    Over the geometric mean the Jacobian is one, so the likeliest power leaves the least squares about a line in time.
    """
    inside = np.isfinite(logs)
    count = np.maximum(inside.sum(axis=1), 1).astype(np.float64)
    level = total(np.where(inside, logs, 0.0)) / count
    steps = np.where(inside, np.arange(logs.shape[1]) - (logs.shape[1] - lengths[:, None]), 0.0)
    time = np.where(inside, steps - (total(steps) / count)[:, None], 0.0)
    losses = np.empty((len(POWERS), len(logs)))
    with np.errstate(all="ignore"):
        for row, power in enumerate(POWERS):
            values = np.where(inside, _raised(logs - level[:, None], np.full((len(logs), 1), power)), 0.0)
            values = np.where(inside, values - (total(values) / count)[:, None], 0.0)
            slope = total(time * values) / np.maximum(total(time**2), 1e-300)
            losses[row] = total((values - slope[:, None] * time) ** 2)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    likely = losses <= losses.min(axis=0) * (1 + 1e-9)
    return level, POWERS[likely.argmax(axis=0)]


def _raised(logs: Floats, power: Floats) -> Floats:
    """(u^p - 1) / p of u = exp(logs), the logs themselves at p = 0."""
    with np.errstate(over="ignore"):
        return np.asarray(np.where(power == 0, logs, np.expm1(power * logs) / np.where(power == 0, 1.0, power)))


def _lowered(values: Floats, power: Floats) -> Floats:
    """Logs of the u that `_raised` takes to these values; what no u reaches is far below every value."""
    if not power.any():
        return values
    reached = np.log1p(np.maximum(power * values, -1 + 1e-12))
    return np.asarray(np.where(power == 0, values, reached / np.where(power == 0, 1.0, power)))


def _logit(windows: Windows, whole: float, infinite: Bools) -> Scaled:
    shares = windows.values / whole
    outside = _any((shares < 0) | (shares > 1))
    edge = _any((shares == 0) | (shares == 1))[:, None]
    size = windows.lengths.astype(np.float64)[:, None]
    inner = np.where(edge, (shares * (size - 1) + 0.5) / np.maximum(size, 1), shares)
    inner[infinite | outside] = np.nan
    moved = np.log(inner) - np.log1p(-inner)

    def back(quantiles: Floats) -> Floats:
        share = 1.0 / (1.0 + np.exp(-np.clip(quantiles, TINY, -TINY)))
        n = np.maximum(size, 2)[:, :, None]
        drawn = np.clip((share * n - 0.5) / (n - 1), 0.0, 1.0)
        return np.asarray(np.where(edge[:, :, None], drawn, share) * whole)

    nearest = LEAST * np.where(np.isfinite(inner), np.minimum(inner, 1 - inner), np.inf).min(axis=1, initial=0.5)

    def forth(quantiles: Floats) -> Floats:
        n = np.maximum(size, 2)[:, :, None]
        share = quantiles / whole
        share = np.where(edge[:, :, None], (share * (n - 1) + 0.5) / n, share)
        share = np.clip(share, nearest[:, None, None], 1 - nearest[:, None, None])
        return np.asarray(np.log(share) - np.log1p(-share))

    plain = np.zeros(len(windows), dtype=bool)
    return Scaled(
        windows.with_values(moved, ratio=False),
        _say(infinite, outside, f"a share outside 0..{whole:g}"),
        plain,
        False,
        back,
        forth,
    )


def _binary_unit(values: Floats) -> Floats:
    """Return the power of two [B] just above the largest magnitude of each row, so that dividing is exact."""
    largest = np.abs(values).max(axis=1, initial=0.0)
    exponent = np.clip(np.frexp(np.where(largest > 0, largest, 1.0))[1], -1000, 1000)
    return np.asarray(np.ldexp(1.0, exponent))


def _any(cells: Bools) -> Bools:
    return np.asarray(cells.any(axis=1), dtype=np.bool_)


def _say(infinite: Bools, other: Bools, what: str) -> tuple[str, ...]:
    return tuple(
        "the window holds an infinite value" if a else f"the window holds {what}" if b else ""
        for a, b in zip(infinite, other, strict=True)
    )
