"""`python -m forecast.calibration.growth`: learn which growth processes there are, and how common each is.

The class is the exports of ICT services of 85 economies (`forecast.reference_class`). The prior weight of a process is
the product of one weight for each value of each of its parameters. They are chosen so that the average growth over 4
to 10 years (and, with less weight, over 2 and 3) that followed each window is most probable given the window, which is
what the model is asked for, under a small penalty on the logarithms of the weights. Every economy weighs the same,
however often it was cut.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from forecast.models.kernels.growth import Processes, build, clipped, posterior
from forecast.reference_class import ReferenceClass, load
from forecast.windows import Bools, Floats, Ints

Singles = NDArray[np.float32]
AHEAD = np.array([2, 3, 4, 6, 8, 10])
IMPORTANCE = np.array([1.0, 1.0, 2.0, 2.0, 2.0, 2.0])
HORIZON, FEWEST, BETWEEN = 10, 5, 3
GRID: dict[str, tuple[tuple[float, ...], ...]] = {
    "scale": tuple((round(0.015 * 1.6**power, 4),) for power in range(8)),
    "noise": ((0.0,), (0.5,)),
    "swing, persistence": ((0.0, 0.7), (0.3, 0.7), (0.3, 0.95), (0.6, 0.7), (0.6, 0.95)),
    "mean": ((-0.01,), (0.02,), (0.05,), (0.08,), (0.11,)),
    "spread": ((0.015,), (0.04,)),
    "start": ((0.0,), (0.1,), (0.2,)),
}
SHIPPED = 400
"""Processes in the shipped table, the commonest."""
PENALTY = 0.1 / 85
_BLOCK = 64


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """Windows of one class.

    Attributes:
        pasts: N logarithms of annual amounts.
        grown: [N, 10] what the logarithm grew by after 1..10 years; NaN where it is not known.
        series: [N] which series a window is cut from.
    """

    pasts: tuple[Floats, ...]
    grown: Floats
    series: Ints

    def take(self, rows: Bools) -> Member:
        """Return some of the windows."""
        kept = np.flatnonzero(rows)
        return Member(tuple(self.pasts[row] for row in kept), self.grown[kept], self.series[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """How probable processes make windows.

    Attributes:
        past: [N, G] log likelihoods, the greatest of each window being zero.
        after: [6, N, G] densities of what followed after `AHEAD` years; NaN where it is not known.
        weights: [N] summing to one.
    """

    past: Singles
    after: Singles
    weights: Floats

    def take(self, rows: Bools) -> Evidence:
        """Return that of some of the windows."""
        kept = np.flatnonzero(rows)
        return Evidence(self.past[kept], self.after[:, kept], self.weights[kept] / self.weights[kept].sum())


def cut(records: Sequence[Floats], before: int | None = None) -> Member:
    """Cut annual amounts every third year from the newest back, or once, some years `before` their end.

    Each window has what followed it; one of fewer than five years is left out.
    """
    pasts, grown, series = [], [], []
    for row, record in enumerate(records):
        logs = np.log(record)
        for size in range(len(logs) - 1, FEWEST - 1, -BETWEEN) if before is None else [len(logs) - before]:
            if size < FEWEST:
                continue
            after = np.full(HORIZON, np.nan)
            after[: len(logs) - size] = (logs[size : size + HORIZON] - logs[size - 1])[:HORIZON]
            pasts.append(logs[:size])
            grown.append(after)
            series.append(row)
    return Member(tuple(pasts), np.array(grown).reshape(-1, HORIZON), np.array(series, dtype=np.int64))


def exporters(members: ReferenceClass | None = None) -> Member:
    """Return the windows of the reference class."""
    return cut((load() if members is None else members).records)


def grid() -> tuple[Processes, Floats]:
    """Return all processes, weighing the same, and which values they take [G, P] one column a value.

    Shares of noise and swing that leave less than nothing for what stays make no process.
    """
    places = list(itertools.product(*(range(len(values)) for values in GRID.values())))
    rows = [[cell for values, at in zip(GRID.values(), place, strict=True) for cell in values[at]] for place in places]
    marks = np.concatenate(
        [np.eye(len(values))[[place[at] for place in places]] for at, values in enumerate(GRID.values())], axis=1
    )
    whole = Processes(*np.array([[*row, 1.0] for row in rows]).T)
    kept = np.flatnonzero(whole.noise + whole.swing <= 1.0)
    found = Processes(*(column[kept] for column in astuple(whole)))
    return replace(found, weight=found.weight / len(kept)), marks[kept]


def weigh(member: Member, processes: Processes) -> Evidence:
    """Return how probable every process makes what was and what followed."""
    count = np.array([len(past) for past in member.pasts])
    past = np.empty((len(count), len(processes)), dtype=np.float32)
    after = np.empty((len(AHEAD), len(count), len(processes)), dtype=np.float32)
    for size in np.unique(count):
        found = build(processes, size - 1, HORIZON)
        variance = found.variance[:, AHEAD - 1]
        every = np.flatnonzero(count == size)
        for first in range(0, len(every), _BLOCK):
            rows = every[first : first + _BLOCK]
            said = posterior(clipped(np.diff(np.array([member.pasts[row] for row in rows]), axis=1)), found)
            past[rows] = said.likelihood - said.likelihood.max(axis=1, keepdims=True)
            missed = member.grown[rows][:, None, AHEAD - 1] - said.means[:, :, AHEAD - 1]
            density = np.exp(-0.5 * missed**2 / variance) / np.sqrt(2 * np.pi * variance)
            after[:, rows] = np.moveaxis(density, 2, 0)
    weights = 1.0 / np.bincount(member.series)[member.series]
    return Evidence(past, after, weights / weights.sum())


def learn(evidence: Evidence, processes: Processes, marks: Floats) -> Processes:
    """Return the processes with the weights that make what followed most probable."""
    past, weights = evidence.past, evidence.weights
    known = [np.flatnonzero(np.isfinite(after[:, 0])) for after in evidence.after]
    densities = [after[rows] for after, rows in zip(evidence.after, known, strict=True)]

    def loss(scores: Floats) -> tuple[float, Floats]:
        logs = marks @ scores
        base = np.exp(past + logs.astype(np.float32))
        total = base.sum(axis=1)
        value, slope = 0.0, np.zeros(len(logs))
        for rows, density, importance in zip(known, densities, IMPORTANCE / IMPORTANCE.sum(), strict=True):
            if not len(rows):
                continue
            joint = base[rows] * density
            both = joint.sum(axis=1) + 1e-30
            shares = importance * weights[rows]
            value += float(shares @ (np.log(both) - np.log(total[rows])))
            slope += (shares / both) @ joint - (shares / total[rows]) @ base[rows]
        return PENALTY * float(scores @ scores) / 2 - value, PENALTY * scores - marks.T @ slope

    scores = minimize(loss, np.zeros(marks.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    logs = marks @ scores
    weight = np.exp(logs - logs.max())
    return replace(processes, weight=weight / weight.sum())


def commonest(processes: Processes, most: int = SHIPPED) -> Processes:
    """Return the `most` common ones of the processes, their weights summing to one."""
    kept = np.sort(np.argsort(-processes.weight, kind="stable")[:most])
    chosen = Processes(*(column[kept] for column in astuple(processes)))
    return replace(chosen, weight=chosen.weight / chosen.weight.sum())


def table(processes: Processes) -> str:
    """Return the processes as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([each.name for each in fields(Processes)])
    writer.writerows([f"{cell:.6g}" for cell in row] for row in zip(*astuple(processes), strict=True))
    return text.getvalue()


def learn_all() -> Processes:
    """Learn from the whole reference class."""
    processes, marks = grid()
    return commonest(learn(weigh(exporters(), processes), processes, marks))


if __name__ == "__main__":
    target = Path(str(resources.files("forecast.models").joinpath("growth.csv")))
    draft = target.with_suffix(".part")
    draft.write_text(table(learn_all()), encoding="utf-8")
    draft.replace(target)
