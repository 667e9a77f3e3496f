import tomllib
from importlib import resources

import numpy as np
import pytest

from forecast.calibration.learning import HORIZON, Samples
from forecast.calibration.passport import issue
from forecast.models.atlas import shipped
from forecast.models.recipes import recipe


@pytest.mark.parametrize(("frequency", "season"), [("annual", 1), ("quarterly", 4)])
def test_the_shipped_passport_is_of_the_shipped_table_and_recipe(frequency: str, season: int) -> None:
    text = resources.files("forecast.models").joinpath("atlas.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)[frequency]
    assert told["horizon"] == len(shipped(season).scores)
    assert tuple(told["centre"]) == recipe(season).centre
    assert tuple(told["between"]) == recipe(season).between
    assert told["series_of_M3"] == {"annual": 645, "quarterly": 756}[frequency]


def test_a_passport_counts_series_and_windows() -> None:
    nothing = np.zeros((3, 1))
    one = Samples(
        "M1", "annual", nothing[:, :, None], nothing, nothing[None], np.array([4, 4, 7]), np.ones(3, np.bool_)
    )
    told = tomllib.loads(issue({"annual": [one]}))
    assert (told["annual"]["series_of_M1"], told["annual"]["windows_of_M1"]) == (2, 3)
    assert told["annual"]["earlier_origins"] > 0
    assert set(told["sources"]) == {"M1", "M3", "Tourism"}
    assert set(HORIZON) == {"annual", "quarterly"}


def test_the_atlas_is_small() -> None:
    folder = resources.files("forecast.models")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in ("atlas.csv", "atlas.toml")) < 300_000
