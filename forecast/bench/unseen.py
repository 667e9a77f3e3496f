"""The default as it is judged: calibrated by an atlas that has not seen the competition it is asked about."""

from __future__ import annotations

from dataclasses import replace

from forecast.calibration.competitions import NAMES
from forecast.calibration.learning import collect, learn
from forecast.models import members
from forecast.models.atlas import Atlas
from forecast.models.combination import calibrated
from forecast.quantiles import LEVELS, Forecasts
from forecast.transforms import scale
from forecast.windows import Windows


def atlases(frequency: str) -> dict[str, Atlas]:
    """Return for each competition of a frequency the atlas of the other two."""
    samples = {name: collect(name, frequency) for name in NAMES}
    return {name: learn([one for other, one in samples.items() if other != name]) for name in NAMES}


def answer_by(windows: Windows, horizon: int, atlas: Atlas) -> Forecasts:
    """Return what the default says of amounts [B, H, 23], calibrated by any atlas."""
    scaled = scale(windows, "positive")
    told = calibrated(scaled, members(scaled, windows, horizon, "batch"), atlas, LEVELS)
    return replace(told, quantiles=scaled.back(told.quantiles))
