"""Replay: the forecasts that would have been made on earlier days, from what had been published by then, scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from forecast import panels
from forecast.archive.scoring import Rule, Scored, score
from forecast.errors import EvidenceError, InputError
from forecast.models import predict_all
from forecast.quantiles import LEVELS
from forecast.windows import Windows
from series import show
from series.ledger import Ledger, load
from series.observations import Observation, Series
from series.periods import FIRST_YEAR, LAST_YEAR, Period
from series.vintages import histories

MODELS = ("combination", "naive", "drift")
MONTH, DAY = 6, 30
"""Replays look out from the middle of each year, when the last year's figures have been published."""


def replay(
    subject: str,
    first: int,
    last: int,
    horizon: int = 5,
    models: Sequence[str] = MODELS,
    engine: str = "reference",
    rule: Rule = "latest",
    as_of: dt.date | None = None,
    ledger: Ledger | None = None,
    seed: int = 0,
) -> tuple[Scored, ...]:
    """Forecast `subject` as known in the middle of each year `first`..`last`, and score it against the outcomes.

    `rule` takes an outcome as first printed or as known at `as_of`. Years in which too little was known, or
    nothing new since the year before, are left out, and so are those up to which all values were the same.

    Raises:
        InputError: if the years are impossible or out of order, or the subject is unknown.
        EvidenceError: if no year leaves anything to score.
    """
    for year in (first, last):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InputError(f"replay from {first} to {last}: give years within {FIRST_YEAR}-{LAST_YEAR}")
    if first > last:
        raise InputError(f"replay from {first} to {last} has no year; give the earlier one first")
    whole = (load() if ledger is None else ledger).as_of(as_of)
    known = outcomes(subject, rule, whole, as_of)
    pasts: list[tuple[str, Series]] = []
    told = [source.published.year for source in whole.sources.values()]
    for year in range(max(first, min(told, default=first)), min(last, max(told, default=last)) + 1):
        day = dt.date(year, MONTH, DAY)
        try:
            past = show(subject, "annual", day, whole)
        except EvidenceError:
            continue
        newest = past.known[-1].period
        repeated = bool(pasts) and pasts[-1][1].known[-1].period == newest
        scaled = len(past.known) >= panels.SHORTEST and step_of(past) > 0  # of a constant there is no step to scale by
        if scaled and newest.step() in known and not repeated:
            pasts.append((day.isoformat(), past))
    if not pasts:
        raise EvidenceError(f"no year of {first}-{last} leaves a forecast of {subject} to score; choose earlier years")
    series = [past for _, past in pasts]
    kinds = [panels.support_of(past) for past in series]
    answers = predict_all(models, Windows.of_series(series, seed), horizon, LEVELS, kinds, engine)
    return tuple(
        score(model, subject, day, past.known[-1].period, answer.quantiles[row, step], LEVELS, found, step_of(past))
        for model, answer in answers.items()
        for row, (day, past) in enumerate(pasts)
        if not answer.refusals[row]
        for step in range(horizon)
        if (found := known.get(past.known[-1].period.step(step + 1)))
    )


def outcomes(subject: str, rule: Rule, ledger: Ledger, as_of: dt.date | None = None) -> dict[Period, Observation]:
    """Return what came, by period: as known at `as_of`, or as first printed where a level was printed at all."""
    found = {one.period: one for one in show(subject, "annual", as_of, ledger).observations}
    if rule == "first":
        for history in histories(ledger, subject, "annual"):
            one = history.first
            found[one.period] = Observation(
                one.period, min(max(one.value, one.low), one.high), one.low, one.high, "published", (one.statement,)
            )
    return found


def step_of(past: Series) -> float:
    """Return the mean absolute step of the series up to its origin."""
    return float(np.mean(np.abs(np.diff([one.value for one in past.known]))))
