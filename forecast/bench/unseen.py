"""The default as it is judged: calibrated by an atlas that has not seen the competition it is asked about."""

from __future__ import annotations

from collections.abc import Mapping

from forecast.calibration.competitions import NAMES
from forecast.calibration.learning import collect, learn
from forecast.models import DEFAULT, predict_by
from forecast.models.atlas import Atlas, shipped
from forecast.models.combination import MINIMUM, calibrated, recipe
from forecast.models.recipes import Recipe
from forecast.quantiles import LEVELS, Forecasts
from forecast.transforms import Scaled
from forecast.windows import Windows


class _By:
    """The combination, calibrated by one atlas whatever it is asked about."""

    MINIMUM = MINIMUM

    def __init__(self, atlas: Atlas, plain: bool) -> None:
        self.atlas, self.plain = atlas, plain

    def recipe(self, season: int, plain: bool = False) -> Recipe:
        return recipe(season, plain)

    def combine(self, scaled: Scaled, answers: Mapping[str, Forecasts]) -> Forecasts:
        table = self.atlas if scaled.stands == self.plain else shipped(scaled.windows.season, scaled.stands)
        return calibrated(scaled, answers, table, next(iter(answers.values())).levels)


def atlases(frequency: str, plain: bool = False) -> dict[str, Atlas]:
    """Return for each competition of a frequency the atlas of the other two."""
    samples = {name: collect(name, frequency, plain=plain) for name in NAMES}
    return {name: learn([one for other, one in samples.items() if other != name]) for name in NAMES}


def answer_by(windows: Windows, horizon: int, atlas: Atlas, support: str = "positive") -> Forecasts:
    """Return what the default says of a batch [B, H, 23], calibrated by any atlas for data of that support.

    Amounts that stand as they are, because a window of them holds many zeros, are calibrated by the shipped tables.
    """
    return predict_by({DEFAULT: _By(atlas, support == "real")}, windows, horizon, LEVELS, support, "batch")[DEFAULT]
