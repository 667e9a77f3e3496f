import numpy as np

from forecast.bench import signed
from forecast.bench.records import kept
from forecast.calibration.competitions import VIEWS
from forecast.models.atlas import shipped


def test_a_view_is_scored_beside_the_single_models() -> None:
    row = signed._judged("M1", "annual", "change", shipped(1, True))
    assert row["series"] == 181
    assert 0.8 < float(str(row["MASE combination"])) < 1.0
    held = [float(one) for one in str(row["combination holds"]).split(" / ")]
    assert np.abs(np.array(held) - [95, 80, 50]).max() < 8
    assert float(str(row["off"])) < 5


def test_the_record_has_every_view_of_every_set() -> None:
    (table,) = kept("signed")["tables"]
    assert len(table["rows"]) == 3 * sum(len(views) for views in VIEWS.values())
