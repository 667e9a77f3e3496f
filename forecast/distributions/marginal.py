"""The distribution of a quantity given by its quantiles, with tails that are stated.

On the scale of its support (logarithms for amounts, logits for shares) the quantile function is a straight line in
the normal score of the level between neighbouring knots. Beyond the outermost knots it goes on as a straight line
with the slope between the outermost and the third knot: normal tails on that scale, so lognormal ones for amounts,
with every moment finite. Equal quantiles are an atom. A row of quantiles that touches the end of its support, such as
an amount cut at zero, is a line on its own values, cut at that end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.arguments import read_numbers
from forecast.distributions.scales import LARGEST, Scale, scale_of
from forecast.errors import InputError
from forecast.quantiles import Floats, Forecasts

Bools = NDArray[np.bool_]
_REACH = 2
"""Knots inwards that the slope of a tail is taken over."""
_EVEN = 4096


@dataclass(frozen=True, eq=False)
class Distribution:
    """One distribution a cell, any number of cells at once.

    Attributes:
        quantiles: [..., Q] ascending along Q; a row that is all NaN was refused and answers NaN.
        levels: [Q] ascending within (0, 1).
        support: the kind of quantity, a key of `SCALES`.
    """

    quantiles: Floats
    levels: Floats
    support: str = "real"

    def __post_init__(self) -> None:
        for name in ("quantiles", "levels"):
            object.__setattr__(self, name, read_numbers(getattr(self, name), name))
        if (
            self.levels.ndim != 1
            or self.quantiles.ndim < 1
            or self.quantiles.shape[-1] != len(self.levels)
            or not len(self.levels)
        ):
            raise InputError(f"quantiles are [..., {self.levels.size}]; got {self.quantiles.shape}")
        if not (np.diff(self.levels, prepend=0.0, append=1.0) > 0).all():
            raise InputError("levels must ascend within 0..1, ends excluded")
        refused = np.isnan(self.quantiles).all(axis=-1, keepdims=True)
        if not (np.isfinite(self.quantiles) | refused).all() or (np.diff(self.quantiles, axis=-1) < 0).any():
            raise InputError("quantiles must be finite and ascending; sort them or refuse the row")
        low, high = self._scale.low, self._scale.high
        if ((self.quantiles < low) | (self.quantiles > high)).any():
            raise InputError(f"a quantile lies outside {low:g}..{high:g}, the support '{self.support}'")

    @classmethod
    def of(cls, answer: Forecasts, support: str) -> Distribution:
        """Return the distributions [B, H] of a model's answer."""
        return cls(answer.quantiles, answer.levels, support)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the cells."""
        return self.quantiles.shape[:-1]

    def __getitem__(self, index: Any) -> Distribution:
        """Return the cells that NumPy's indexing of an array of shape `shape` would."""
        where = index if isinstance(index, tuple) else (index,)
        return Distribution(self.quantiles[(*where, slice(None))], self.levels, self.support)

    def cdf(self, value: ArrayLike) -> Floats:
        """Return P(X <= value), `value` broadcast against the cells; extra leading axes make a grid."""
        return self._below(value, strictly=False)

    def exceeds(self, value: ArrayLike) -> Floats:
        """Return P(X >= value), `value` broadcast against the cells."""
        return np.asarray(1.0 - self._below(value, strictly=True))

    def quantile(self, level: ArrayLike) -> Floats:
        """Return quantiles [...] at one level, or [..., P] at [P] levels.

        Raises:
            InputError: if a level is not within (0, 1).
        """
        from scipy.special import ndtri

        wanted = read_numbers(level, "levels")
        if wanted.ndim > 1 or not ((wanted > 0) & (wanted < 1)).all():
            raise InputError(f"levels {wanted} are impossible; give one or a list of levels within 0..1, ends excluded")
        found = self._back(self._line(ndtri(np.atleast_1d(wanted))))
        return found if wanted.ndim else found[..., 0]

    @cached_property
    def mean(self) -> Floats:
        """The mean [...], tails included; exact but for rows cut at an end and for shares."""
        from scipy.special import ndtr

        scale, line = self._scale, self._knots
        even = self._back(self._line(_even_scores())).mean(axis=-1) if self._uneven else np.zeros(self.shape)
        if not self._exact:
            return np.asarray(even)
        scores, slopes = self._scores, self._slopes
        edges = np.concatenate([[-np.inf], scores, [np.inf]])
        starts = line[..., np.maximum(np.arange(len(edges) - 1) - 1, 0)]
        at = scores[np.maximum(np.arange(len(edges) - 1) - 1, 0)]
        level = starts - slopes * at  # the line's value at score zero
        if scale.unit:
            mass = ndtr(edges[1:] - slopes) - ndtr(edges[:-1] - slopes)
            with np.errstate(invalid="ignore", over="ignore"):
                whole = scale.unit * np.exp(np.minimum(level + slopes**2 / 2, LARGEST - np.log(scale.unit))) * mass
                exact = np.minimum(whole.sum(axis=-1) + scale.shift, np.finfo(np.float64).max)
        else:
            density = np.exp(-(edges**2) / 2) / np.sqrt(2 * np.pi)
            exact = (level * np.diff(ndtr(edges)) - slopes * np.diff(density)).sum(axis=-1)
        return np.asarray(np.where(self._cut[..., 0], even, exact))

    def average_growth(self, base: ArrayLike, years: ArrayLike) -> Distribution:
        """Return the distribution of the average growth in percent a year from `base` over `years` years.

        `base` and `years` are broadcast against the cells. 100 ((X / base)^(1 / years) - 1) rises with X, so the
        distribution is exact.

        Raises:
            InputError: if the quantity is not an amount, or a base or a number of years is not above zero.
        """
        start, length = (self._beside(each, what)[..., None] for each, what in ((base, "base"), (years, "years")))
        if self._scale.low != 0 or self._scale.high < np.inf:
            raise InputError(f"growth needs amounts (support 'positive'); this is '{self.support}'")
        if not ((start > 0) & np.isfinite(start)).all() or not ((length > 0) & np.isfinite(length)).all():
            raise InputError("growth needs a base and a number of years above zero")
        with np.errstate(divide="ignore", over="ignore"):
            grown = 100.0 * np.expm1((np.log(self.quantiles) - np.log(start)) / length)
        return Distribution(np.minimum(grown, np.finfo(np.float64).max), self.levels, "growth")

    def shifted(self, amount: ArrayLike) -> Distribution:
        """Return the distribution of the quantity and a known `amount` together, as a real quantity or an amount.

        Raises:
            InputError: if the amount is no number, or there is not one for all or one a cell.
        """
        known = self._beside(amount, "amount")
        if not np.isfinite(known).all():
            raise InputError("a known amount is missing or infinite; give a number")
        support = "positive" if self.support in ("positive", "power") and (known >= 0).all() else "real"
        return Distribution(self.quantiles + known[..., None], self.levels, support)

    def _beside(self, value: ArrayLike, what: str) -> Floats:
        """Return numbers that can be broadcast against the cells."""
        found = read_numbers(value, what)
        try:
            np.broadcast_shapes(found.shape, self.shape)
        except ValueError:
            raise InputError(
                f"{what} of shape {found.shape} does not fit distributions of shape {self.shape}; "
                "give one number, or one a distribution"
            ) from None
        return found

    @property
    def _scale(self) -> Scale:
        return scale_of(self.support)

    @property
    def _exact(self) -> bool:
        return bool(self._scale.unit) or self._scale.high - self._scale.low == np.inf

    @property
    def _uneven(self) -> bool:
        return not self._exact or bool(self._cut.any())

    @cached_property
    def _scores(self) -> Floats:
        from scipy.special import ndtri

        return np.asarray(ndtri(self.levels))

    @cached_property
    def _cut(self) -> Bools:
        """[..., 1] rows that touch an end of the support, where the scale has no place for them."""
        ends = (self.quantiles <= self._scale.low) | (self.quantiles >= self._scale.high)
        return np.asarray(ends.any(axis=-1, keepdims=True), dtype=np.bool_)

    @cached_property
    def _knots(self) -> Floats:
        """[..., Q] the quantiles on the line."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(self._cut, self.quantiles, self._scale.forth(self.quantiles)))

    @cached_property
    def _slopes(self) -> Floats:
        """[..., Q + 1] of the line in the normal score: lower tail, Q - 1 intervals, upper tail."""
        knots, scores = self._knots, self._scores
        reach = min(_REACH, len(scores) - 1)
        if not reach:
            return np.zeros((*self.shape, 2))
        lower = (knots[..., reach] - knots[..., 0]) / (scores[reach] - scores[0])
        upper = (knots[..., -1] - knots[..., -1 - reach]) / (scores[-1] - scores[-1 - reach])
        inner = np.diff(knots, axis=-1) / np.diff(scores)
        return np.concatenate([lower[..., None], inner, upper[..., None]], axis=-1)

    def _line(self, scores: Floats) -> Floats:
        """Return the line [..., P] at normal scores [P]."""
        side = np.searchsorted(self._scores, scores, side="right")  # 0 below the first knot, Q from the last on
        start = np.maximum(side - 1, 0)
        return np.asarray(self._knots[..., start] + self._slopes[..., side] * (scores - self._scores[start]))

    def _back(self, line: Floats) -> Floats:
        low, high = self._scale.low, self._scale.high
        with np.errstate(over="ignore"):
            return np.asarray(np.where(self._cut, np.clip(line, low, high), self._scale.back(line)))

    def _below(self, value: ArrayLike, strictly: bool) -> Floats:
        from scipy.special import ndtr

        low, high = self._scale.low, self._scale.high
        given = self._beside(value, "value")
        if np.isnan(given).any():
            raise InputError("the probability of passing a missing value is asked for; give a number")
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            inside = np.clip(given, low, high)
            target = np.where(self._cut[..., 0], inside, self._scale.forth(inside))[..., None]
            knots = np.broadcast_to(self._knots, (*target.shape[:-1], len(self.levels)))
            side = ((knots < target) if strictly else (knots <= target)).sum(axis=-1)
            start = np.maximum(side - 1, 0)
            apart = target[..., 0] - np.take_along_axis(knots, start[..., None], axis=-1)[..., 0]
            slopes = np.broadcast_to(self._slopes, (*side.shape, self._slopes.shape[-1]))
            steps = apart / np.take_along_axis(slopes, side[..., None], axis=-1)[..., 0]
            certain = np.where(side == 0, -np.inf, np.inf)  # beyond an end without a tail
            score = self._scores[start] + np.where(np.isfinite(steps), steps, certain)
        found = ndtr(score)
        if strictly:
            found = np.where(given <= low, 0.0, np.where(given > high, 1.0, found))
        else:
            found = np.where(given < low, 0.0, np.where(given >= high, 1.0, found))
        return np.asarray(np.where(np.isnan(knots[..., 0]), np.nan, found))


def _even_scores() -> Floats:
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(_EVEN) + 0.5) / _EVEN))
