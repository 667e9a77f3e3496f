"""Gather: ask the layers below for everything that the reports show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from forecast import backtest, outlook, panels
from forecast import claims as court
from forecast.archive import basis
from forecast.archive.basis import Basis
from forecast.archive.changes import Changes, compare
from forecast.archive.outcomes import arrived
from forecast.archive.replays import replay
from forecast.archive.scoring import Scored, tally
from forecast.claims import sources as claim_sources
from forecast.claims.elsewhere import Court
from forecast.errors import EvidenceError
from forecast.models import leaning
from forecast.nowcast import Nowcast, nowcast
from forecast.outlook import Outlook
from reports.inputs import Document, Inputs, claim_document, document, forecasts, scores
from reports.names import titled
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
YEAR = dt.timedelta(days=365)


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
    earlier: Basis | None = None,
    cache: Path | None = None,
    archive: Path | None = None,
) -> Inputs:
    """Run forecasts and backtests of `subjects` to `end` on what was published by `as_of`, for the reports `names`.

    `claims` are tried: by default all of them where the report on claims is asked for, else the growth claim.
    `earlier` is what the last run knew; without it the outlook is compared with the evidence of a year before. What
    the resolver finds is kept in the folder `cache`. Runs in the `archive` are scored where their outcomes arrived.

    Raises:
        EvidenceError: if the evidence gives no series at all.
    """
    whole = ledgers.load() if ledger is None else ledger
    found, missing = _series(subjects, as_of, whole)
    panel = panels.from_series(found)
    asked = _said(claims if claims is not None else list(court.load()) if "claims" in names else CLAIMS, as_of)
    check = court.check if whole is ledgers.load() else Court(whole).check
    judged = tuple(check(name, as_of, engine) for name in asked)
    made = outlook.make(panel, models, to=end, as_of=as_of, engine=engine, rank=False, seed=seed)
    run = made.document()
    tested = backtest.make(panel, models, seed=seed).document()
    told = _unsaid(made)
    warnings = [*missing.values(), *told, *(f"{name}: {reason}" for name, reason in made.failures.items())]
    disputed = _conflicts(whole.as_of(as_of), cache) if "evidence" in names else ()
    named = [*(one.id for one in found), *(name for one in judged for name in _subjects(one))]
    named += [item.subject for item in whole.statements]
    replayed = _replayed(found[0].id, as_of, whole, seed) if "scorecard" in names else ()
    return Inputs(
        as_of=as_of,
        sources=_cited(judged)
        | {name: document(source) for name, source in whole.sources.items()}
        | {name: claim_document(source) for name, source in claim_sources.load().items()},
        statements=whole.by_id,
        titles={name: title(name, whole) for name in dict.fromkeys(named) if whole.catalog.knows(name)},
        series=found,
        forecasts=forecasts(run["forecasts"], _leaning(made)),
        scores=scores(tested["scores"]),
        verdicts=tuple(tested["verdict"]),
        claims=judged,
        decisions=whole.as_of(as_of).decisions,
        revisions={one.id: revisions(whole.as_of(as_of), one.id, "annual") for one in found if one.unit != "percent"},
        replayed=replayed,
        tallies=tally(replayed),
        archived=arrived(archive, as_of=as_of, ledger=whole)[0] if archive and "scorecard" in names else (),
        changes=_changes(found, run["forecasts"], whole, as_of, end, engine, seed, earlier)
        if "outlook" in names
        else None,
        conflicts=disputed,
        nowcasts=_nowcasts(found, as_of, whole, engine) if "outlook" in names else (),
        warnings=tuple(dict.fromkeys(warnings)),
        notes=tuple(_notes(missing, panels.unfit(panel), told, whole)),
        engine=engine,
    )


def _cited(judged: Sequence[Mapping[str, Any]]) -> dict[str, Document]:
    """Return the documents of the shipped ledger that claims stand in: another ledger need not have them."""
    shipped = ledgers.load().sources
    return {one["source"]: document(shipped[one["source"]]) for one in judged if one["source"] in shipped}


def _leaning(made: Outlook) -> dict[tuple[str, str], int]:
    """Return by series and model how many values there were for those that lean on the error atlas."""
    found = {model: leaning.counts(answer) for model, answer in made.answers.items()}
    return {(name, model): counts[row] for model, counts in found.items() for row, name in enumerate(made.names)}


def _unsaid(made: Outlook) -> list[str]:
    """Return the warnings of a run without what the pages say in words of their own."""
    said = set(leaning.lines(made.names, made.answers))
    return [one for one in made.warnings if one not in said]


def _notes(missing: Iterable[str], unfit: Iterable[str], told: Iterable[str], ledger: Ledger) -> Iterator[Text]:
    """Yield what readers have to know: which series have no value or no forecast, and what the models told."""
    yield from (words("outlook.reading.absent", name=title(name, ledger)) for name in missing)
    yield from (words("outlook.reading.unfit", name=title(name, ledger)) for name in unfit)
    yield from (Literally(one, one) for one in dict.fromkeys(told))


def _said(claims: Sequence[str], as_of: dt.date | None) -> tuple[str, ...]:
    """Return the claims that had been made by `as_of`; one without a date counts as old, as an undated figure does."""
    known = court.load()
    late = {name for name, one in known.items() if as_of and one.made and one.made > as_of}
    return tuple(name for name in claims if name not in late)


def _subjects(verdict: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a verdict is about, and what its grounds name."""
    yield from (str(reading["subject"]) for reading in verdict["readings"])
    for ground in verdict["grounds"]:
        figures = ground["figures"]
        yield from figures.get("subjects", [figures["subject"]] if "subject" in figures else [])


def _replayed(subject: str, as_of: dt.date | None, ledger: Ledger, seed: int) -> tuple[Scored, ...]:
    """Return how forecasts of earlier years did, or nothing where no year leaves one to score."""
    try:
        return replay(subject, FIRST_REPLAY, END.start // 12, engine=REPLAYS, as_of=as_of, ledger=ledger, seed=seed)
    except EvidenceError:
        return ()


def _changes(
    found: tuple[Series, ...],
    rows: list[dict[str, Any]],
    ledger: Ledger,
    as_of: dt.date | None,
    end: Period,
    engine: str,
    seed: int,
    earlier: Basis | None,
) -> Changes | None:
    """Return what changed since `earlier`, or since a year before where there was no run."""
    day = as_of or max(ledger.published(item) for item in ledger.statements)
    subjects = [one.id for one in found]
    before = earlier or basis.replayed(ledger, subjects, day - YEAR, end, engine, seed)
    if before is None:
        return None
    after = basis.gathered(ledger.as_of(as_of), found, rows, day)
    return compare(before, after, lambda: basis.replayed(ledger, subjects, before.as_of, end, engine, seed))


def _nowcasts(found: tuple[Series, ...], as_of: dt.date | None, ledger: Ledger, engine: str) -> tuple[Nowcast, ...]:
    """Return what the first year that is not known of each amount will come to."""
    made: list[Nowcast] = []
    for series in found:
        if series.unit != "percent":
            year = series.observations[-1].period.step().start // 12
            try:
                made.append(nowcast(series.id, year, as_of, ledger, engine))
            except EvidenceError:
                continue
    return tuple(made)


def _conflicts(ledger: Ledger, cache: Path | None) -> tuple[Mapping[str, Any], ...]:
    """Return the sets of statements that cannot all be true, with what was decided."""
    from series.resolver import resolve
    from series.resolver.storage import remembered

    return tuple(remembered(cache, ledger, "check", lambda: resolve(ledger).check())["conflicts"])


def title(subject: str, ledger: Ledger) -> Text:
    """Return the short name of a subject, or the catalog's where it has none."""
    if f"subject.{subject}" in catalogue():
        return words(f"subject.{subject}")
    return titled(ledger.catalog.entry(subject).title)


def _series(
    subjects: Iterable[str], as_of: dt.date | None, ledger: Ledger
) -> tuple[tuple[Series, ...], dict[str, str]]:
    """Return the series there are, and why the others are not."""
    found: list[Series] = []
    missing: dict[str, str] = {}
    for name in subjects:
        try:
            found.append(show(name, "annual", as_of, ledger))
        except EvidenceError as error:
            missing[name] = str(error)
    if not found:
        raise EvidenceError(next(iter(missing.values()), "no series is named; name one of `forecast series list`"))
    return tuple(found), missing
