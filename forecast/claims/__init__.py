"""Claims: a court for published assertions about growth, levels and multiples."""

from __future__ import annotations

import datetime as dt
from typing import Any

import series
from forecast.claims.records import Claim, find, load
from forecast.claims.verdict import document
from forecast.errors import EvidenceError
from series.observations import Series

__all__ = ["Claim", "check", "listing", "load"]


def check(claim: str, as_of: dt.date | None = None, engine: str = "reference") -> dict[str, Any]:
    """Return the verdict on the claim with that id, as known at `as_of`, in the shape of `claim check --json`.

    Raises:
        InputError: if there is no such claim.
    """

    def show(subject: str, day: dt.date | None) -> Series:
        try:
            return series.show(subject, "annual", day)
        except EvidenceError:
            return Series(subject, "", "annual", day, ())

    return document(find(claim), show, as_of, engine)


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
