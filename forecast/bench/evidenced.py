"""What a panel's own backtest does to its coverage: panels of fifty series, drawn from each competition.

As in `run`, the newest origins before the official one say how far the intervals were off, and the answers from the
official origin are stretched by that. No atlas has seen the competition that it is judged on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.standings import NOMINAL, held
from forecast.bench.unseen import answer_by
from forecast.calibration.competitions import entries, roll
from forecast.calibration.evidence import stretched, weigh
from forecast.models import DEFAULT
from forecast.models.atlas import Atlas
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Bools, Ints

SERIES, ORIGINS, DRAWS, SEED = 50, 5, 200, 0


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The default's answers for one competition from its official origin and the newest ones before.

    Attributes:
        truth: [B, H] what followed; before the official origin only what was known at it.
        series, official: [B] which series, and whether the window ends where the competition does.
    """

    title: str
    answer: Forecasts
    truth: Floats
    series: Ints
    official: Bools

    @classmethod
    def of(cls, name: str, frequency: str, atlas: Atlas) -> Past:
        """Forecast a competition by an atlas that has not seen it."""
        horizon = len(entries(name, frequency)[0].xx)
        rolled = roll(name, frequency, horizon, ORIGINS, newest=True)
        answer = answer_by(rolled.windows, horizon, atlas)
        return cls(f"{frequency} {name}", answer, rolled.truth, rolled.series, rolled.official)

    def panel(self, members: Ints) -> tuple[Floats, Floats, float]:
        """Return the percentages [3] that a panel of some series holds, without and with evidence, and the factor."""
        mine = np.isin(self.series, members)
        before, now = np.flatnonzero(mine & ~self.official), np.flatnonzero(mine & self.official)
        _, rows = np.unique(self.series[before], return_inverse=True)
        found = weigh(self.answer.take(before), self.truth[before], rows, ["positive"] * len(before))
        answer = self.answer.take(now)
        wider = stretched(answer, ["positive"] * len(now), found)
        plain, mended = (held(self.truth[now], one.quantiles) for one in (answer, wider))
        return plain, mended, found.factor


def table(pasts: Sequence[Past]) -> Table:
    """Draw panels from each competition and tell how their coverage departs, before and after their own evidence."""
    rows: list[Row] = []
    for one in pasts:
        random = np.random.default_rng(SEED)
        everyone = np.unique(one.series)
        drawn = [one.panel(random.choice(everyone, SERIES, replace=False)) for _ in range(DRAWS)]
        plain, mended = (np.array([panel[place] for panel in drawn]) for place in (0, 1))
        rows.append(
            {
                "set": one.title,
                **{f"{level} %": _moved(plain[:, at], mended[:, at]) for at, level in enumerate(NOMINAL)},
                "off": _moved(*(np.abs(shares - NOMINAL).mean(axis=1) for shares in (plain, mended))),
                "stretched by": f"{np.median([factor for *_, factor in drawn]):.2f}",
            }
        )
    remark = (
        f"Means over {DRAWS} panels of {SERIES} series, without → with evidence from {ORIGINS} origins before the "
        "official one. Off: mean distance of a panel's coverage from its level, in points. Stretched by: median factor."
    )
    return Table(f"Coverage on panels of {SERIES} series, {DEFAULT}, and after their own backtest", rows, remark)


def _moved(before: Floats, after: Floats) -> str:
    return f"{before.mean():.1f} → {after.mean():.1f}"
