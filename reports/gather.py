"""Gather: ask the layers below for everything that the reports show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from forecast import backtest, outlook, panels
from forecast import claims as court
from forecast.archive.replays import replay
from forecast.archive.scoring import Scored, tally
from forecast.claims import sources as claim_sources
from forecast.errors import EvidenceError
from reports.inputs import Inputs, claim_document, document, forecasts, scores
from reports.page import Literally, Text, words
from reports.voice import catalogue
from series import ledger as ledgers
from series import show
from series.ledger import Ledger
from series.observations import Series
from series.periods import Period
from series.vintages import revisions

SUBJECTS = ("cn.offshore.execution.usd", "cn.total.execution.cny", "cn.offshore.execution.kpo.share")
CLAIMS = ("C02",)
END = Period.year(2030)
FIRST_REPLAY = 2012
REPLAYS = "batch"


def inputs(
    as_of: dt.date | None = None,
    ledger: Ledger | None = None,
    subjects: Iterable[str] = SUBJECTS,
    end: Period = END,
    claims: Sequence[str] | None = None,
    names: Sequence[str] = ("outlook",),
    models: Sequence[str] | None = None,
    engine: str = "reference",
    seed: int = 0,
) -> Inputs:
    """Run forecasts and backtests of `subjects` to `end` on what was published by `as_of`, for the reports `names`.

    `claims` are tried: by default all of them where the report on claims is asked for, else the growth claim.

    Raises:
        EvidenceError: if the evidence gives no series at all.
    """
    whole = ledgers.load() if ledger is None else ledger
    found, missing = _series(subjects, as_of, whole)
    panel = panels.from_series(found)
    asked = claims if claims is not None else list(court.load()) if "claims" in names else CLAIMS
    judged = tuple(court.check(name, as_of, engine) for name in asked)
    run = outlook.make(panel, models, to=end, as_of=as_of, engine=engine, rank=False, seed=seed).document()
    tested = backtest.make(panel, models, seed=seed).document()
    notes = [*missing, *run["warnings"], *(f"{row['series']}: {row['reason']}" for row in run["failures"])]
    named = [*(one.id for one in found), *(str(r["subject"]) for one in judged for r in one["readings"])]
    replayed = _replayed(found[0].id, as_of, whole, seed) if "scorecard" in names else ()
    return Inputs(
        as_of=as_of,
        sources={name: document(source) for name, source in whole.sources.items()}
        | {name: claim_document(source) for name, source in claim_sources.load().items()},
        statements=whole.by_id,
        titles={name: title(name, whole) for name in named},
        series=found,
        forecasts=forecasts(run["forecasts"]),
        scores=scores(tested["scores"]),
        verdicts=tuple(tested["verdict"]),
        claims=judged,
        decisions=whole.decisions,
        revisions={one.id: revisions(whole.as_of(as_of), one.id, "annual") for one in found if one.unit != "percent"},
        replayed=replayed,
        tallies=tally(replayed),
        warnings=tuple(dict.fromkeys(notes)),
        engine=engine,
    )


def _replayed(subject: str, as_of: dt.date | None, ledger: Ledger, seed: int) -> tuple[Scored, ...]:
    """Return how forecasts of earlier years did, or nothing where no year leaves one to score."""
    try:
        return replay(subject, FIRST_REPLAY, END.start // 12, engine=REPLAYS, as_of=as_of, ledger=ledger, seed=seed)
    except EvidenceError:
        return ()


def title(subject: str, ledger: Ledger) -> Text:
    """Return the short name of a subject, or the catalog's where it has none."""
    if f"subject.{subject}" in catalogue():
        return words(f"subject.{subject}")
    name = ledger.catalog.entry(subject).title
    return Literally(name.en, name.zh)


def _series(subjects: Iterable[str], as_of: dt.date | None, ledger: Ledger) -> tuple[tuple[Series, ...], list[str]]:
    """Return the series there are, and why the others are not."""
    found: list[Series] = []
    missing: list[str] = []
    for name in subjects:
        try:
            found.append(show(name, "annual", as_of, ledger))
        except EvidenceError as error:
            missing.append(str(error))
    if not found:
        raise EvidenceError(missing[0] if missing else "no series is named; name one of `forecast series list`")
    return tuple(found), missing
