"""How well data is foreseen that may be below zero: changes and rates of growth of the competitions' series.

Such data is forecast as it stands, and the default is calibrated by tables of its own. Each competition is judged from
its official origins, by tables learnt from the other two. Levels, which it is learnt from as well, are amounts: they
stand here only to show what happens where somebody says that amounts might be below zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.standings import NOMINAL, held
from forecast.bench.unseen import answer_by, atlases
from forecast.calibration.competitions import VIEWS, entries, roll
from forecast.models import DEFAULT, predict_all
from forecast.models.atlas import Atlas
from forecast.quantiles import LEVELS
from forecast.scores import intervals, naive_scale, points

YARDSTICK, PEERS = "naive", ("ets", "arima")
REMARK = (
    "Official origins; the default is calibrated by tables that have not seen the competition. MASE and CRPS over "
    "those of naive on the same series. off: mean distance of the three coverages from their levels, in points. "
    "Constant pasts are left out."
)


def tables() -> Sequence[Table]:
    """Forecast every view of every competition, and score."""
    rows = [
        _judged(name, frequency, view, atlas)
        for frequency in VIEWS
        for name, atlas in atlases(frequency, plain=True).items()
        for view in VIEWS[frequency]
    ]
    return [Table("Changes, growth and levels as they stand", rows, REMARK)]


def _judged(name: str, frequency: str, view: str, atlas: Atlas) -> Row:
    horizon = len(entries(name, frequency)[0].xx)
    rolled = roll(name, frequency, horizon, 0, view=view)
    unit, _ = naive_scale(rolled.windows.values, rolled.windows.season)
    moving = np.flatnonzero(unit > 0)
    windows, truth, unit = rolled.windows.take(moving), rolled.truth[moving], unit[moving]
    answers = predict_all((YARDSTICK, *PEERS), windows, horizon, LEVELS, "real", "batch")
    said = {who: one.quantiles for who, one in answers.items()}
    said[DEFAULT] = answer_by(windows, horizon, atlas, "real").quantiles
    shown = (DEFAULT, *PEERS)

    def of(score: str, who: str) -> float:
        given = (truth, said[who], LEVELS, unit)
        cells = points.absolute(*given) if score == "MASE" else intervals.ranked_probability(*given)
        return float(np.nanmean(cells))

    holds = {who: held(truth, said[who]) for who in shown}
    return {
        "set": f"{frequency} {name}, {view}",
        "series": len(windows),
        **{
            f"{score} {who}": f"{of(score, who) / of(score, YARDSTICK):.2f}"
            for score in ("MASE", "CRPS")
            for who in shown
        },
        **{f"{who} holds": " / ".join(f"{one:.0f}" for one in holds[who]) for who in shown},
        "off": f"{np.abs(holds[DEFAULT] - np.array(NOMINAL)).mean():.1f}",
    }
