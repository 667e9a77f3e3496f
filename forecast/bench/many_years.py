"""Series that are cut many years before their end: what contestants foresee the average growth of.

Annual M1, M3 and Tourism series are cut six years before their end, exports of ICT services every third year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.calibration.competitions import NAMES, entries
from forecast.calibration.growth import Member, cut, exporters

YEARS = 6
HORIZONS = (6, 8, 10)
EXPORTS = "ICT exports"


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """A class of series and the years ahead that are judged, the last of which is as far as a contestant is asked."""

    name: str
    member: Member
    years: tuple[int, ...]


def classes() -> list[Ahead]:
    """Return the three competitions and the exporters."""
    return [Ahead(name, competition(name, YEARS), (YEARS,)) for name in NAMES] + [Ahead(EXPORTS, exporters(), HORIZONS)]


def competition(name: str, before: int, unseen: int = 0) -> Member:
    """Return the annual series of a competition that are amounts above zero, cut some years before their end.

    The newest `unseen` years of each are left off first, as if it had ended then; what is constant without them is out.
    """
    whole = [np.array([*one.x, *one.xx], dtype=np.float64) for one in entries(name, "annual")]
    ended = [one[: len(one) - unseen] for one in whole if (one > 0).all()]
    return cut([one for one in ended if len(one) and np.ptp(one) > 0], before)
