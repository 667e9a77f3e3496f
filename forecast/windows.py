"""Windows: the pasts that models see, as one right-aligned array."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from forecast.arguments import read_count, read_numbers
from forecast.errors import InputError
from series.observations import Series
from series.periods import MONTHS, SEASONS, Period

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def total(cells: Floats) -> Floats:
    """Add up rows from the left, so that the zeros left of a shorter window change no digit."""
    if len(cells) == 1:  # NumPy would add a single row up in pairs
        return np.asarray(np.cumsum(cells, axis=1)[:, -1]) if cells.shape[1] else np.zeros(1)
    return np.asarray(np.add.reduce(np.ascontiguousarray(cells.T), axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """A batch of pasts.

    Attributes:
        values: [B, T] float64, right-aligned; NaN left of a shorter window, NaN inside where a value is missing.
        lengths: [B] steps from the first value to the origin.
        season: steps in a seasonal cycle; 1 for annual data.
        phase: [B] position of the origin (last step) in the cycle, 0..season-1.
        seeds: [B] one seed a window, so that simulated results depend on nothing but the window.
        ratio: whether zero means nothing, so that one value can be a multiple of another; not so for logarithms.
        logged: [B] whether the values are logarithms of amounts; none are without it.
        held: [B] how many of the first steps, the last of which has a value, parameters are fitted to; None for all. A
            model that has nothing to keep, or cannot follow new values without a new fit, is fitted to all.
    """

    values: Floats
    lengths: Ints
    season: int
    phase: Ints
    seeds: NDArray[np.uint64]
    ratio: bool = True
    logged: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    held: Ints | None = None

    def __post_init__(self) -> None:
        batch = self.values.shape[0] if self.values.ndim == 2 else -1
        if batch < 0 or any(a.shape != (batch,) for a in (self.lengths, self.phase, self.seeds)):
            raise InputError(f"windows are [B, T] with lengths, phase and seeds [B]; got {self.values.shape}")
        if not len(self.logged):
            object.__setattr__(self, "logged", np.zeros(batch, dtype=np.bool_))
        if self.logged.shape != (batch,):
            raise InputError(f"logged is [B]; got {self.logged.shape} for {batch} windows")
        if read_count(self.season, "season") < 1:
            raise InputError(f"season {self.season} is impossible; it is a number of steps from 1 up")
        if outside := self.phase[(self.phase < 0) | (self.phase >= self.season)].tolist():
            raise InputError(
                f"phase {outside[0]} is outside 0..{self.season - 1}, the steps of a cycle of {self.season}"
            )

    @classmethod
    def of(
        cls,
        pasts: Sequence[Sequence[float] | Floats],
        season: int = 1,
        phase: Sequence[int] | Ints | None = None,
        seeds: Sequence[int] | NDArray[np.uint64] | None = None,
    ) -> Windows:
        """Right-align `pasts`, oldest value first, into one batch; a past begins with the first value that it has.

        Raises:
            InputError: if a past is no list of numbers, or season, phase or seeds are no whole numbers that can be.
        """
        pasts = _pasts(pasts)
        batch = len(pasts)
        lengths = np.array([len(past) for past in pasts], dtype=np.int64)
        values = np.full((batch, int(lengths.max(initial=0))), np.nan)
        for row, past in enumerate(pasts):
            if len(past):
                values[row, -len(past) :] = past
        known = ~np.isnan(values)
        lengths = np.where(known.any(axis=1), values.shape[1] - known.argmax(axis=1), 0) if values.size else lengths
        values = values[:, values.shape[1] - int(lengths.max(initial=0)) :]
        return cls(
            values,
            lengths,
            season,
            np.zeros(batch, np.int64) if phase is None else _whole(phase, "phase").astype(np.int64),
            np.arange(batch, dtype=np.uint64) if seeds is None else _whole(seeds, "seeds"),
        )

    @classmethod
    def of_series(cls, series: Sequence[Series], seed: int = 0) -> Windows:
        """Return the newest window of each series: what is known of it, up to its last value (`past_of`).

        Raises:
            InputError: if the series do not share one frequency.
        """
        season = _season(series)
        ends = [one.known[-1].period if one.known else None for one in series]
        return cls.of(
            [past_of(one) for one in series],
            season,
            [phase_of(end, season) if end else 0 for end in ends],
            [seed_of(one.id, end, seed) for one, end in zip(series, ends, strict=True)],
        )

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def take(self, rows: Ints | NDArray[np.bool_] | slice) -> Windows:
        """Return the chosen rows, in that order, cut to the longest of them."""
        lengths = self.lengths[rows]
        width = int(lengths.max(initial=0))
        values = self.values[rows]
        return replace(
            self,
            values=values[:, values.shape[1] - width :],
            lengths=lengths,
            phase=self.phase[rows],
            seeds=self.seeds[rows],
            logged=self.logged[rows],
            held=None if self.held is None else self.held[rows],
        )

    def recent(self, share: float, fewest: int) -> Windows:
        """Return the same batch, each window cut to its newest values: a `share` of them, and `fewest` at least.

        Where the values that parameters are kept from are cut to fewer, they are learnt from the whole cut window.
        """
        lengths = np.maximum(np.ceil(share * self.lengths).astype(np.int64), np.minimum(fewest, self.lengths))
        held = None if self.held is None else self.held - (self.lengths - lengths)
        width = int(lengths.max(initial=0))
        values = self.values[:, self.values.shape[1] - width :]
        return replace(
            self,
            values=np.where(np.arange(width) >= width - lengths[:, None], values, np.nan),
            lengths=lengths,
            held=None if held is None else np.where(held >= np.minimum(fewest, lengths), held, lengths),
        )

    def with_values(self, values: Floats, ratio: bool | None = None, logged: Bools | None = None) -> Windows:
        """Return the same batch with other values of the same shape, `ratio` and `logged` as they were without them."""
        return replace(
            self,
            values=values,
            ratio=self.ratio if ratio is None else ratio,
            logged=self.logged if logged is None else logged,
        )


def _pasts(given: Any) -> list[Floats]:
    """Return each past as an array [T] of its own."""
    wanted = "windows are made of several pasts, each a list of numbers: Windows.of([[1.0, 2.0, 4.0], [3.0, 5.0]])"
    if isinstance(given, str | bytes | Mapping) or hasattr(given, "columns") or not isinstance(given, Iterable):
        raise InputError(f"a {type(given).__name__} is no list of pasts; {wanted}")
    found = [read_numbers(past, f"past {place} of the windows,") for place, past in enumerate(given)]
    for place, past in enumerate(found):
        if past.ndim != 1:
            raise InputError(f"past {place} is no list of numbers; {wanted}")
    return found


def _whole(given: Any, what: str) -> NDArray[np.uint64]:
    """Return whole numbers from 0 up, below 2^64."""
    if isinstance(given, np.ndarray) and given.dtype.kind == "u":
        return given.astype(np.uint64)
    listed = given.tolist() if hasattr(given, "tolist") else given
    if not isinstance(listed, Sequence) or isinstance(listed, str | bytes):
        raise InputError(f"{what} {given!r} is no list; give one whole number a window")
    numbers = [read_count(one, what) for one in listed]
    if outside := [one for one in numbers if not 0 <= one < 1 << 64]:
        raise InputError(f"{what} {outside[0]} is impossible; give whole numbers from 0 up, below 2^64")
    return np.array(numbers, dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Rolling:
    """All windows of a backtest, each with the values that followed it.

    Attributes:
        windows: the B pasts, series by series, oldest origin first.
        truth: [B, H] the values after each origin, NaN past the end of the series.
        rows: [B] which of the given series a window is cut from.
        origins: B last periods known.
    """

    windows: Windows
    truth: Floats
    rows: Ints
    origins: tuple[Period, ...]


def roll(series: Sequence[Series], origins: int, horizon: int, minimum: int, seed: int = 0, refit: int = 1) -> Rolling:
    """Cut expanding windows at the newest `origins` origins of each series (`origins_of`).

    Truth is NaN past the end of a series and where a value is missing. A series too short for a single origin
    contributes none. Parameters are fitted anew at the oldest origin of a series and every `refit` origins from there;
    in between they are kept, and new values followed.
    """
    season = _season(series)
    whole = Windows.of([past_of(one) for one in series])
    rows, places = np.nonzero(origins_of(np.isfinite(whole.values), origins, horizon, minimum))
    lengths = places + 1 - whole.values.shape[1] + whole.lengths[rows]
    steps = int(lengths.max(initial=1))
    padded = np.pad(whole.values, ((0, 0), (steps, horizon)), constant_values=np.nan)
    values = sliding_window_view(padded, steps, axis=1)[rows, places + 1]
    truth = sliding_window_view(padded, horizon, axis=1)[rows, places + 1 + steps]
    ends = _ends(series, rows, lengths)
    phase = np.array([phase_of(end, season) for end in ends], dtype=np.int64)
    seeds = np.array(
        [seed_of(series[row].id, end, seed) for row, end in zip(rows.tolist(), ends, strict=True)], dtype=np.uint64
    )
    windows = Windows(values, lengths, season, phase, seeds)
    if refit > 1:
        number = np.arange(len(rows))
        fitted = number - (number - np.searchsorted(rows, rows)) % refit  # the window of the last new fit
        low, high = np.nanmin(values, axis=1, initial=np.inf), np.nanmax(values, axis=1, initial=-np.inf)
        taught = (high > low)[fitted]  # a constant teaches no parameters
        windows = replace(windows, held=np.where(taught, lengths[fitted], lengths))
    return Rolling(windows, truth, rows, ends)


def _ends(series: Sequence[Series], rows: Ints, lengths: Ints) -> tuple[Period, ...]:
    """Return the last period of windows of so many steps [B] from the first value of the series at `rows` [B]."""
    firsts = np.array([one.known[0].period.start if one.known else 0 for one in series], dtype=np.int64)
    length = MONTHS[series[0].frequency] if series else 1
    starts = (firsts[rows] + (lengths - 1) * length).tolist()
    spans = {start: Period(start, start + length - 1) for start in set(starts)}
    return tuple(spans[start] for start in starts)


def origins_of(known: Bools, origins: int, horizon: int, minimum: int) -> Bools:
    """Tell [N, T] which steps of series are the newest `origins` that a backtest can start from.

    Such a step has a value, as one of at least `minimum` so far, and one of the next `horizon` steps has a value too.

    Args:
        known: [N, T] which steps have a value; none do left of a shorter series.
        origins: at most so many of each series.
        horizon: steps ahead.
        minimum: values up to and with the origin.
    """
    count = np.cumsum(known, axis=1)
    ahead = count[:, np.minimum(np.arange(known.shape[1]) + horizon, known.shape[1] - 1)]
    fit = known & (count >= minimum) & (ahead > count)
    newer = np.cumsum(fit[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(fit & (newer <= origins), dtype=np.bool_)


def past_of(series: Series) -> Floats:
    """Return the past [T] of a series from the first to the last of its known values, NaN where one is missing."""
    known = series.known
    if not known:
        return np.zeros(0)
    first = known[0].period
    places = [(one.period.start - first.start) // first.length for one in known]
    past = np.full(places[-1] + 1, np.nan)
    past[places] = [one.value for one in known]
    return past


def _season(series: Iterable[Series]) -> int:
    frequencies = sorted({one.frequency for one in series}, key=list(MONTHS).index)
    if len(frequencies) > 1:
        raise InputError(f"series of one frequency are wanted, got {' and '.join(frequencies)}; forecast them apart")
    return SEASONS[frequencies[0]] if frequencies else 1


def phase_of(end: Period, season: int) -> int:
    """Return the position of a window's last period in the cycle."""
    return end.start // (12 // season) % season


def seed_of(name: str, end: Period | None, seed: int) -> int:
    """Hash the window's name, so that its simulated results depend on nothing but the window."""
    return int.from_bytes(hashlib.blake2b(f"{seed}|{name}|{end}".encode(), digest_size=8).digest(), "big")
