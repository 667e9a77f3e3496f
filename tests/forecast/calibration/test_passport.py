import tomllib
from importlib import resources

import numpy as np
import pytest

from forecast.calibration.competitions import SAMPLED, VIEWS
from forecast.calibration.learning import HORIZON, Samples
from forecast.calibration.passport import issue
from forecast.models.atlas import shipped, title
from forecast.models.recipes import recipe


@pytest.mark.parametrize(
    ("frequency", "season", "plain"),
    [
        ("annual", 1, False),
        ("quarterly", 4, False),
        ("monthly", 12, False),
        ("annual", 1, True),
        ("quarterly", 4, True),
        ("monthly", 12, True),
    ],
)
def test_the_shipped_passport_is_of_the_shipped_table_and_recipe(frequency: str, season: int, plain: bool) -> None:
    text = resources.files("forecast.models").joinpath("atlas.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)[title(frequency, plain)]
    assert told["horizon"] == len(shipped(season, plain).scores)
    assert tuple(told["centre"]) == recipe(season, plain).centre
    assert tuple(map(tuple, told["between"])) == recipe(season, plain).between
    assert tuple(told["views"]) == (VIEWS[frequency] if plain else ("level",))
    series = {"annual": 645, "quarterly": 756, "monthly": SAMPLED["monthly"] if plain else 1428}[frequency]
    assert told["series_of_M3"] == len(told["views"]) * series


def test_a_passport_counts_series_and_windows() -> None:
    nothing = np.zeros((3, 1))
    one = Samples(
        "M1", "annual", nothing[:, :, None], nothing, nothing[None], np.array([4, 4, 7]), np.ones(3, np.bool_)
    )
    told = tomllib.loads(issue({("annual", False): [one], ("annual", True): [one]}))
    assert (told["annual"]["series_of_M1"], told["annual"]["windows_of_M1"]) == (2, 3)
    assert told["annual"]["earlier_origins"] > 0
    assert told["annual plain"]["centre"] == list(recipe(1, True).centre)
    assert set(told["sources"]) == {"M1", "M3", "Tourism"}
    assert set(HORIZON) == {"annual", "quarterly", "monthly"}


def test_the_atlas_is_small() -> None:
    folder = resources.files("forecast.models")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in ("atlas.csv", "atlas.toml")) < 300_000
