"""Claims: a court for published assertions about growth, levels and multiples."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from forecast.claims import record
from forecast.claims.arithmetic import printing
from forecast.claims.elsewhere import Court
from forecast.claims.evidence import show
from forecast.claims.hearing import Heard, summon
from forecast.claims.readings import Show
from forecast.claims.records import SINCE, Claim, find, load
from forecast.claims.verdict import document
from forecast.claims.views import running_year
from forecast.errors import EvidenceError, InputError
from series import ledger as ledgers
from series.ledger import Ledger

__all__ = ["Claim", "check", "check_text", "listing", "load", "score"]


def check(
    claim: str, as_of: dt.date | None = None, engine: str = "reference", ledger: Ledger | None = None
) -> dict[str, Any]:
    """Return the verdict on the claim with that id, as known at `as_of`, in the shape of `claim check --json`.

    It is judged by the figures of the shipped ledger, or of `ledger`.

    Raises:
        InputError: if there is no such claim.
    """
    return _verdict(find(claim), as_of, engine, None if ledger is None else Court(ledger))


def check_text(
    text: str,
    made: dt.date | None = None,
    pick: int | None = None,
    as_of: dt.date | None = None,
    engine: str = "reference",
    ledger: Ledger | None = None,
) -> dict[str, Any]:
    """Return the verdict on the claim that a sentence makes, with how the sentence was understood.

    It is judged by the figures of the shipped ledger, or of `ledger`.

    Raises:
        InputError: if the sentence makes no claim, several without a `pick`, or leaves out what nobody can enumerate.
        EvidenceError: if the claim is understood but the evidence cannot judge any reading of it.
    """
    claim, heard = summon(text, made, pick)
    court = None if ledger is None else Court(ledger)
    _check_start(claim, heard, as_of, show if court is None else court.show)
    if claim.kind == "multiple":
        claim = replace(claim, statements=printing(claim, ledgers.load() if ledger is None else ledger))
    verdict = _verdict(claim, as_of, engine, court) | {"understood": _understood(heard)}
    if verdict["verdict"] == "not checkable":
        raise EvidenceError(f"understood: {heard}; not checkable: {'; '.join(verdict['reasons'])}")
    return verdict


def _check_start(claim: Claim, heard: Heard, as_of: dt.date | None, look: Show) -> None:
    """Refuse growth up to a year that is known already and that starts from no year: it has no base to be judged by."""
    if claim.kind not in SINCE or claim.bases or claim.end is None:
        return
    spans = [found.known for found in (look(name, as_of) for name in claim.subjects) if found.known]
    if any(known[0].period.end < claim.end.end <= known[-1].period.end for known in spans):
        raise InputError(
            f"understood: {heard}; missing: the year that this is counted from, for {claim.end} is over. Say it with "
            "the sentence, or the day it was said with --made"
        )


def score(engine: str = "reference", as_of: dt.date | None = None, ledger: Ledger | None = None) -> dict[str, Any]:
    """Return every claim settled by `as_of` with the chance it had before, and how the court and others score.

    They are settled by the figures of the shipped ledger, or of `ledger`.

    Raises:
        EvidenceError: if none was settled by then.
    """
    whole = ledgers.load() if ledger is None else ledger
    court = Court(whole)
    sight, running = (show, running_year) if ledger is None else (court.show, court.running)
    found, left = record.entries(list(load().values()), sight, whole.as_of(as_of), engine, as_of, running)
    if not found:
        by = "yet" if as_of is None else f"by {as_of}"
        step = "name a ledger that knows more" if as_of is None else "name a later --as-of"
        raise EvidenceError(f"no claim about the future was settled {by}; {step}")
    return {
        "rule": "settled by the value in force on the day of the score; the first print is given beside it",
        "as_of": None if as_of is None else as_of.isoformat(),
        "claims": [
            {
                "claim": one.claim,
                "claimant": one.claimant,
                "made": one.made.isoformat(),
                "subject": one.subject,
                "end": one.end,
                "threshold": one.threshold,
                "value": one.settled.value,
                "outcome": one.settled.outcome,
                "first_value": one.settled.first_value,
                "first": one.settled.first,
                "probability": one.probability,
                "inside": one.inside,
                "outside": one.outside,
                "method": one.method,
                "weight": one.weight,
            }
            for one in found
        ],
        "scores": record.scored(found),
        "calibration": record.calibrated(found),
        "claimants": record.claimants(found),
        "left_out": left,
    }


def _verdict(claim: Claim, as_of: dt.date | None, engine: str, court: Court | None) -> dict[str, Any]:
    return document(claim, show, as_of, engine) if court is None else court.verdict(claim, as_of, engine)


def _understood(heard: Heard) -> dict[str, Any]:
    return {
        "text": str(heard),
        "kind": heard.kind,
        "printed": heard.printed,
        "value": float(heard.value) if heard.value is not None else None,
        "unit": heard.unit,
        "hedge": heard.hedge,
        "wording": heard.wording,
        "subjects": list(heard.subjects),
        "bases": [str(base) for base in heard.bases],
        "end": str(heard.end) if heard.end else None,
        "notes": list(heard.notes),
    }


def listing() -> list[dict[str, Any]]:
    """Return every claim of the ledger: who claimed what, when, and whether it can be checked."""
    return [
        {
            "id": claim.id,
            "claimant": claim.claimant,
            "made": claim.printed_date,
            "kind": claim.kind,
            "subjects": list(claim.subjects),
            "end": str(claim.end) if claim.end else None,
            "value": str(claim.value) if claim.value is not None else None,
            "unit": claim.unit,
            "checkable": not claim.not_checkable,
            "text": {"en": claim.en, "zh": claim.zh},
        }
        for claim in load().values()
    ]
