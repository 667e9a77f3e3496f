"""Coverage at the official origin beside that at earlier ones."""

from __future__ import annotations

import pytest

from forecast.bench import origins
from forecast.models.atlas import shipped


@pytest.mark.slow
def test_a_row_tells_official_and_earlier_origins_and_what_has_seen_the_past() -> None:
    found = origins.table({("M1", "annual"): shipped(1)})
    (row,) = found.rows
    assert row["set"] == "annual M1"
    assert row["official"] == row["official, seen"]  # by the same table here
    assert row["earlier"] != row["official"]
    assert int(str(row["windows"])) > 181
    shares = [float(share) for share in str(row["earlier"]).split(" / ")]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 100 for share in shares)
