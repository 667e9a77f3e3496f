"""Whether probabilities of average growth are off for their method's sake, or for the years that they are judged by.

All series of a competition are cut at one time, and what came to them in the years after came to all. So the same
probabilities are judged as if every series had ended some years sooner, too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.exceedance import brier, by_chance, calibration_error, exceeding, happened_by, windows_of
from forecast.bench.many_years import YEARS, competition
from forecast.bench.unseen import answer_by
from forecast.models import DEFAULT
from forecast.models.atlas import Atlas

SOONER = (0, 2, 4, 6, 8)


def table(unseen: Mapping[str, Atlas]) -> Table:
    """Judge the default on each competition, cut where it is and some years before."""
    remark = (
        f"As above, {YEARS} years ahead, had every series ended so many years sooner; 0 is the row above. Too high: "
        "mean probability less how often growth was at least so high, in points. By tables that have not seen the set."
    )
    rows = [_row(name, atlas, sooner) for name, atlas in unseen.items() for sooner in SOONER]
    return Table(f"Average growth from other years, {DEFAULT}", rows, remark)


def _row(name: str, atlas: Atlas, sooner: int) -> Row:
    member = competition(name, YEARS, sooner)
    said = exceeding(answer_by(windows_of(member), YEARS, atlas).quantiles, member)[:, YEARS - 1]
    grown, happened = happened_by(member, YEARS)
    known = np.isfinite(grown) & np.isfinite(said).all(axis=1)
    said, happened, series = said[known], happened[known], member.series[known]
    return {
        "set": name,
        "years sooner": sooner,
        "series": len(said),
        "Brier": round(100 * float(brier(said, happened, series).mean()), 2),
        "by chance": round(100 * by_chance(said, series), 1),
        "off": round(100 * calibration_error(said, happened, series), 1),
        "too high": round(100 * float((said - happened).mean()), 1),
    }
