"""`python -m forecast.calibration.ranking`: learn how far apart models are on competition series.

Every pair of models is scored on 100 series of each of M1, M3 and Tourism, annual and quarterly, at the official
origin and at one or two earlier ones whose futures do not overlap. The logarithms of their score ratios are split into
the variance of windows within series, of series within collections and of collections, by the method of moments
(Searle, Casella and McCulloch 1992, chapter 2); every collection weighs the same.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from forecast.calibration.competitions import NAMES, SEASONS, entries
from forecast.models import TABLE, predict_all
from forecast.quantiles import LEVELS
from forecast.scores import measure, naive_scale
from forecast.scores.ratios import log_ratios
from forecast.windows import Floats, Ints, Windows

ORIGINS = 3
MOST = 100
"""Series of a collection, evenly spaced."""
_FEWEST = {"annual": 8, "quarterly": 16}
_LEAST = 0.03
"""The least standard deviation of collections: three of them cannot show a smaller one."""


def learn(models: Sequence[str], frequency: str) -> list[list[str]]:
    """Return one row a pair: frequency, model, against, mean, collections, series, windows."""
    scored = [_scored(models, name, frequency) for name in NAMES]
    return [
        [frequency, one, other, *(f"{cell:.3f}" for cell in moments([
            (log_ratios(cells[one], cells[other]), rows) for cells, rows in scored
        ]))]
        for one, other in itertools.combinations(models, 2)
    ]  # fmt: skip


def moments(collections: Sequence[tuple[Floats, Ints]]) -> tuple[float, float, float, float]:
    """Return mean and the three standard deviations of log ratios [B] a collection; `rows` [B] say of which series."""
    centres, between, within = [], [], []
    for ratios, rows in collections:
        there = np.isfinite(ratios)
        _, codes, counts = np.unique(rows[there], return_inverse=True, return_counts=True)
        known = ratios[there]
        means = np.bincount(codes, weights=known) / counts
        noise = float(np.sum((known - means[codes]) ** 2)) / max(len(known) - len(counts), 1)
        centres.append(float(means.mean()))
        within.append(noise)
        between.append(max(float(means.var(ddof=1)) - noise * float(np.mean(1 / counts)), 0.0))
    spread = max(float(np.std(centres, ddof=1)), _LEAST)
    return float(np.mean(centres)), spread, float(np.sqrt(np.mean(between))), float(np.sqrt(np.mean(within)))


def _scored(models: Sequence[str], name: str, frequency: str) -> tuple[dict[str, Floats], Ints]:
    windows, truth, rows = _rolled(name, frequency)
    answers = predict_all(models, windows, truth.shape[1], LEVELS, "positive", "batch")
    scale, squared = naive_scale(windows.values, windows.season)
    return {
        model: measure(truth, answer.quantiles, answer.levels, scale, squared)["crps"]
        for model, answer in answers.items()
    }, rows


def _rolled(name: str, frequency: str) -> tuple[Windows, Floats, Ints]:
    pasts: list[Floats] = []
    truth: list[Floats] = []
    rows: list[int] = []
    every = entries(name, frequency)
    spaced = np.unique(np.linspace(0, len(every) - 1, min(MOST, len(every))).round().astype(int)).tolist()
    for row, one in ((row, every[row]) for row in spaced):
        whole, horizon = np.array([*one.x, *one.xx], dtype=np.float64), len(one.xx)
        if not (whole > 0).all():
            continue
        for size in range(len(one.x), _FEWEST[frequency] - 1, -horizon)[:ORIGINS]:
            pasts.append(whole[:size])
            truth.append(whole[size : size + horizon])
            rows.append(row)
    season = SEASONS[frequency]
    return Windows.of(pasts, season, [(len(past) - 1) % season for past in pasts]), np.array(truth), np.array(rows)


def table(models: Sequence[str]) -> str:
    """Return the priors as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["frequency", "model", "against", "mean", "collections", "series", "windows"])
    for frequency in _FEWEST:
        writer.writerows(learn(models, frequency))
    return text.getvalue()


if __name__ == "__main__":
    target = Path(str(resources.files("forecast").joinpath("backtest", "priors.csv")))
    draft = target.with_suffix(".part")
    draft.write_text(table(list(TABLE)), encoding="utf-8")
    draft.replace(target)
