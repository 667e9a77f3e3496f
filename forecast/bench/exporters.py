"""Coverage on a panel that no atlas has seen: fifty economies' exports of ICT services, backtested as a user would."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import backtest, panels, reference_class
from forecast.bench import Row, Table
from forecast.bench.standings import NOMINAL
from forecast.models import DEFAULT
from forecast.scores import intervals
from forecast.windows import Floats

SERIES, ORIGINS, HORIZON = 50, 16, 6


def table() -> Table:
    """Backtest the default and count, by horizon, how often its intervals held what came."""
    known = reference_class.load()
    frame = pd.DataFrame(
        [
            (name, first + step, value)
            for name, first, record in list(zip(known.names, known.first_years, known.records, strict=True))[:SERIES]
            for step, value in enumerate(record)
        ],
        columns=["series", "period", "value"],
    )
    found = backtest.make(panels.from_frame(frame), [DEFAULT], origins=ORIGINS, horizon=HORIZON)
    answer, unit = found.answers[DEFAULT], np.ones(len(found.rolling.windows))
    rows: list[Row] = []
    for level in NOMINAL:
        cells: Floats = intervals.coverage(level / 100)(found.rolling.truth, answer.quantiles, answer.levels, unit)
        shares = np.nanmean(cells, axis=0)
        steps = {f"h{step}": f"{100 * share:.0f}" for step, share in enumerate(shares, 1)}
        rows.append({"level": f"{level} %", **steps, "all": f"{100 * np.nanmean(cells):.1f}"})
    remark = (
        f"{SERIES} series, up to {ORIGINS} origins each, horizon {HORIZON}, the shipped atlas. Neighbouring origins "
        f"and countries share years, so the figures move together. {known.attribution}"
    )
    return Table("Coverage on a panel that no atlas has seen", rows, remark)
