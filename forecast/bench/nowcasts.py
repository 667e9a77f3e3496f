"""How nowcasts did: every one that the ledger allows, beside scaling the months up and beside last year's growth.

`python -m forecast.bench.nowcasts` records the tables that the documents show.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.records import keep
from forecast.nowcast import track
from forecast.nowcast.records import Class
from forecast.nowcast.routes import FACTORS
from series import ledger

LATE = 8
REMARK = (
    "Each nowcast is made as of the day on which the sum of the first months became known, from what had been "
    "published by then. Error: median absolute error in percent of the year. Run-rate scales the months up to twelve; "
    "same growth is last year's total times the growth of the months, compared over the n with growth. CRPS in percent "
    "of the year; that of a baseline is its mean absolute error. Coverage: percent of outcomes in the 80 % "
    "interval, its width learnt from all other years."
)
WHOLES = "National totals, by months known"
PARTS = "Parts, areas and markets, by months known"
SUBJECTS = "By subject, all spans"


def tables(subjects: Sequence[str] | None = None) -> Sequence[Table]:
    """Make and score every nowcast, of these subjects or of all."""
    return judged(track.cases(ledger.load(), subjects))


def judged(cases: Sequence[track.Case]) -> Sequence[Table]:
    """Score these cases."""
    scored = track.score(cases)
    found = []
    kinds: tuple[tuple[str, Class], ...] = ((WHOLES, "whole"), (PARTS, "part"))
    for title, kind in kinds:
        ours = [one for one in scored if one.case.kind == kind]
        spans = sorted({one.case.months for one in ours})
        rows = [_row("months", str(span), [one for one in ours if one.case.months == span]) for span in spans]
        late = [one for one in ours if one.case.months >= LATE]
        rows += [_row("months", f"{LATE} and more", late)] if late else []
        found.append(Table(title, [*rows, _row("months", "all", ours)] if ours else []))
    names = sorted({one.case.id for one in scored})
    rows = [_row("subject", name, [one for one in scored if one.case.id == name]) for name in names]
    return [*found, Table(SUBJECTS, rows, REMARK)]


def _row(key: str, name: str, scored: Sequence[track.Scored]) -> Row:
    grown = [one for one in scored if one.same_growth is not None]
    return {
        key: name,
        "n": len(scored),
        "error": _median([one.error for one in scored]),
        "run-rate": _median([one.run_rate for one in scored]),
        "n with growth": len(grown),
        "error there": _median([one.error for one in grown]),
        "same growth": _median([one.same_growth for one in grown]),
        "coverage": round(100 * float(np.mean([one.covered for one in scored]))),
        "CRPS": _mean([one.crps for one in scored]),
        "CRPS run-rate": _mean([one.run_rate for one in scored]),
        "CRPS there": _mean([one.crps for one in grown]),
        "CRPS same growth": _mean([one.same_growth for one in grown]),
    }


def _filled(row: Row) -> Row:
    return {key: "–" if value is None else value for key, value in row.items()}


def _median(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return round(float(np.median(there)), 2) if there else None


def _mean(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return round(float(np.mean(there)), 2) if there else None


if __name__ == "__main__":
    every = track.cases(ledger.load())
    filled = [Table(one.title, [_filled(row) for row in one.rows], one.remark) for one in judged(every)]
    keep("nowcasts", filled, factors={kind: round(track.factor(every, kind), 3) for kind in FACTORS})
