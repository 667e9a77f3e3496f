"""Standings: the scores of all contestants, relative to Naive2 on the series that both answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecast.bench import Row, Table
from forecast.quantiles import LEVELS, Floats
from forecast.scores import intervals, naive_scale, points
from forecast.windows import Bools, Windows

YARDSTICK = "Naive2"
RELATIVE = ("MASE", "sMAPE", "CRPS", "MSIS")
NOMINAL = (95, 80, 50)
LENGTHS = {"up to 15": (0, 15), "16 to 30": (16, 30), "over 30": (31, 10**6)}
NEAR, FAR = 12, (1, 2, 3, 6, 9, 12, 15, 18, 21, 24)
"""The longest horizon that is shown step by step, and the steps that are shown of longer ones."""
_CONFIDENT = 1.959963984540054


def held(truth: Floats, quantiles: Floats) -> Floats:
    """Return what part of truth [B, H] the central intervals of quantiles [B, H, 23] hold [3], in percent."""
    unit = np.ones(len(truth))
    return np.array(
        [100 * np.nanmean(intervals.coverage(level / 100)(truth, quantiles, LEVELS, unit)) for level in NOMINAL]
    )


@dataclass(frozen=True, eq=False)
class Contest:
    """One set at its official origins: pasts, what followed, and what each contestant said.

    Attributes:
        title: frequency and competition, as "annual M3".
        truth: [B, H].
        said: [B, H, 23] by contestant; NaN where it was not asked or could not answer.
    """

    title: str
    windows: Windows
    truth: Floats
    said: Mapping[str, Floats]

    @property
    def frequency(self) -> str:
        """Annual, quarterly or monthly."""
        return self.title.split()[0]

    @cached_property
    def cells(self) -> dict[str, dict[str, Floats]]:
        """Scores [B, H] by contestant and name."""
        unit, _ = naive_scale(self.windows.values, self.windows.season)
        return {who: self._scores(quantiles, unit) for who, quantiles in self.said.items()}

    def _scores(self, quantiles: Floats, unit: Floats) -> dict[str, Floats]:
        given = (self.truth, quantiles, LEVELS, unit)
        return {
            "MASE": points.absolute(*given),
            "sMAPE": points.symmetric_percentage(*given),
            "CRPS": intervals.ranked_probability(*given),
            "MSIS": intervals.interval_score(0.95)(*given),
            **{f"{level} %": intervals.coverage(level / 100)(*given) for level in NOMINAL},
        }

    def paired(self, score: str, who: str, against: str) -> tuple[Floats, Floats]:
        """Return the means over the horizon of two contestants [B'] on the series that both answered."""
        ours, theirs = (self.cells[one][score].mean(axis=1) for one in (who, against))
        both = np.isfinite(ours) & np.isfinite(theirs)
        return ours[both], theirs[both]

    def ratio(self, score: str, who: str, where: str | None = None) -> float:
        """Return a mean score over that of Naive2 on the same series: those that `where` answered, or `who`."""
        ours, theirs, there = (self.cells[one][score].mean(axis=1) for one in (who, YARDSTICK, where or who))
        all_three = np.isfinite(ours) & np.isfinite(theirs) & np.isfinite(there)
        return float(ours[all_three].mean() / theirs[all_three].mean())

    def answered(self, who: str) -> int:
        """Count the series that a contestant answered."""
        return int(np.isfinite(self.said[who]).all(axis=(1, 2)).sum())


def contested(contests: Sequence[Contest], default: str, remark: str = "") -> list[Table]:
    """Return all tables: means, each set, differences to the default, and coverage."""
    return [
        *(
            _means(frequency, contests, default, remark)
            for frequency in dict.fromkeys(one.frequency for one in contests)
        ),
        *(_sets(score, contests) for score in RELATIVE),
        *(_differences(score, contests, default) for score in RELATIVE),
        _coverage(contests, default),
        *_by_horizon(contests, default),
        _others(contests),
    ]


def _everybody(contests: Sequence[Contest]) -> list[str]:
    return list(dict.fromkeys(who for one in contests for who in one.said))


def _means(frequency: str, contests: Sequence[Contest], default: str, remark: str) -> Table:
    """Geometric means over the sets of one frequency, the best CRPS beside the default's first."""
    some = [one for one in contests if one.frequency == frequency]
    rows: list[dict[str, str | float | int | None]] = []
    for who in _everybody(some):
        if not all(who in one.said for one in some):
            continue
        row: dict[str, str | float | int | None] = {"model": who}
        row |= {score: f"{np.exp(np.mean([np.log(one.ratio(score, who)) for one in some])):.3f}" for score in RELATIVE}
        for score in ("MASE", "CRPS"):
            beside = [np.log(one.ratio(score, default, who)) for one in some]
            row[f"{score} of the default there"] = f"{np.exp(np.mean(beside)):.3f}"
        row["series"] = sum(one.answered(who) for one in some)
        rows.append(row)
    rows.sort(key=lambda row: float(str(row["CRPS"])) / float(str(row["CRPS of the default there"])))
    means = f"Geometric means over {', '.join(one.title for one in some)} of ratios to Naive2 on the same series."
    sampled = "Peers with fewer series answered an evenly spread sample; how the default did there stands beside."
    return Table(f"Means, {frequency}", rows, f"{means} {sampled} {remark}")


def _sets(score: str, contests: Sequence[Contest]) -> Table:
    rows: list[Row] = [
        {
            "model": who,
            **{one.title: f"{one.ratio(score, who):.3f}" if who in one.said else "–" for one in contests},
        }
        for who in _everybody(contests)
        if who != YARDSTICK
    ]
    return Table(f"Each set, {score} relative to Naive2", rows)


def _differences(score: str, contests: Sequence[Contest], default: str) -> Table:
    """The default less each other, in percent of Naive2, with a 95 % interval over series."""
    rows: list[Row] = []
    for who in _everybody(contests):
        if who == default:
            continue
        cells = {}
        for one in contests:
            cells[one.title] = "–"
            if who in one.said:
                ours, theirs = one.paired(score, default, who)
                unit = one.paired(score, YARDSTICK, who)[0].mean() / 100
                wide = _CONFIDENT * (ours - theirs).std(ddof=1) / np.sqrt(len(ours))
                cells[one.title] = f"{(ours - theirs).mean() / unit:+.1f} ± {wide / unit:.1f}"
        rows.append({f"{default} less": who, **cells})
    remark = "In percent of Naive2's score, with 95 % intervals over series; negative: the default is better."
    return Table(f"Paired differences, {score}", rows, remark)


def _coverage(contests: Sequence[Contest], default: str) -> Table:
    """Coverage of the default: whole sets, and by the length of history."""
    rows: list[Row] = []
    for one in contests:
        rows.append(_covered(one, default, "all", np.ones(len(one.windows), dtype=np.bool_)))
        for group, (low, high) in LENGTHS.items():
            some = np.asarray((one.windows.lengths >= low) & (one.windows.lengths <= high), dtype=np.bool_)
            if some.any():
                rows.append(_covered(one, default, group, some))
    return Table("Coverage of the default by length of history", rows)


def _covered(one: Contest, who: str, group: str, rows: Bools) -> Row:
    cells = {f"{level} %": f"{100 * np.nanmean(one.cells[who][f'{level} %'][rows]):.1f}" for level in NOMINAL}
    return {"set": one.title, "values": group, "series": int(rows.sum()), **cells}


def _by_horizon(contests: Sequence[Contest], default: str) -> list[Table]:
    """Coverage of the default at each step; of sets that reach far at some steps, in a table of their own."""
    title, told = "Coverage of the default by horizon", []
    for far in (False, True):
        rows: list[Row] = []
        for one in contests:
            horizon = one.truth.shape[1]
            if (horizon > NEAR) == far:
                shown = [step for step in (FAR if far else range(1, horizon + 1)) if step <= horizon]
                for level in NOMINAL:
                    shares = np.nanmean(one.cells[default][f"{level} %"], axis=0)
                    cells = {f"h{step}": f"{100 * shares[step - 1]:.0f}" for step in shown}
                    rows.append({"set": one.title, "level": f"{level} %", **cells})
        if rows:
            told.append(Table(f"{title}, far ahead" if far else title, rows))
    return told


def _others(contests: Sequence[Contest]) -> Table:
    """Coverage of everybody, at the three levels."""
    rows: list[Row] = []
    for who in _everybody(contests):
        cells = {}
        for one in contests:
            if who in one.said:
                found = [100 * np.nanmean(one.cells[who][f"{level} %"]) for level in NOMINAL]
                cells[one.title] = " / ".join(f"{share:.0f}" for share in found)
            else:
                cells[one.title] = "–"
        rows.append({"model": who, **cells})
    return Table("Coverage of everybody, 95 / 80 / 50 %", rows)
