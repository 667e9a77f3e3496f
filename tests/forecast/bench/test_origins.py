"""Coverage at the official origin beside that at earlier ones."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.bench import origins
from forecast.calibration.competitions import entries
from forecast.calibration.learning import collect
from forecast.models.atlas import shipped
from forecast.models.roughness import NAMES


@pytest.mark.slow
def test_a_row_tells_official_and_earlier_origins_and_what_has_seen_the_past() -> None:
    found = origins.table({("M1", "annual"): shipped(1)})
    (row,) = found.rows
    assert row["set"] == "annual M1"
    assert row["official"] == row["official, seen"]  # by the same table here
    assert row["earlier"] != row["official"]
    assert row["official, own past"] != row["official"]
    assert int(str(row["windows"])) > 181
    shares = [float(share) for share in str(row["earlier"]).split(" / ")]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 100 for share in shares)


def test_the_own_past_of_a_competition_has_seen_nothing_of_what_is_judged() -> None:
    whole = collect("M1", "annual", 3)
    past = origins.before_official(whole)
    assert not past.official.any()
    assert len(past.errors) == len(past.features) == past.deviations.shape[1] == (~whole.official).sum()
    known = np.array([len(one.x) for one in entries("M1", "annual")])
    lengths = np.rint(np.exp(past.features[:, 0, NAMES.index("length")])).astype(int)
    ahead = np.isfinite(past.errors).sum(axis=1)
    assert (lengths + ahead <= known[past.series]).all()
