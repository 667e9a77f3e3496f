"""Elsewhere: the same court, looking things up in a ledger that is not the shipped one."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from forecast.claims.evidence import annual
from forecast.claims.records import Claim, find
from forecast.claims.verdict import document
from forecast.claims.views import running_year
from forecast.nowcast import Nowcast
from series.ledger import Ledger
from series.observations import Series
from series.resolver import Resolution, resolve


class Court:
    """Tries claims on the evidence of one ledger; what it has resolved it keeps."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.implied = lru_cache(maxsize=4)(self._implied)

    def check(self, claim: str, as_of: dt.date | None = None, engine: str = "reference") -> dict[str, Any]:
        """Return the verdict on the claim with that id, as known at `as_of`, in the shape of `claim check --json`.

        Raises:
            InputError: if there is no such claim.
        """
        return self.verdict(find(claim), as_of, engine)

    def verdict(self, claim: Claim, as_of: dt.date | None = None, engine: str = "reference") -> dict[str, Any]:
        """Return the verdict on a claim in that shape."""
        return document(claim, self.show, as_of, engine, self.implied, self.running)

    def show(self, subject: str, day: dt.date | None) -> Series:
        """Return the annual series of a subject as known on `day`; one without observations if nothing is known."""
        return annual(subject, day, self.ledger, self.implied)

    def running(self, subject: str, year: int, as_of: dt.date | None) -> Nowcast | None:
        """Return the nowcast of a year that has begun; None where no month of it is known."""
        return running_year(subject, year, as_of, self.ledger)

    def _implied(self, day: dt.date | None) -> Resolution:
        return resolve(self.ledger.as_of(day))
