"""Pointed: a figure that something is claimed by, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forecast.claims.records import ClaimHedge, ClaimKind, Wording
from series.extract.tokens import Token


@dataclass(frozen=True, slots=True)
class Pointed:
    """A figure that something is claimed by: what kind of claim, the value in its unit, and what is wrong with it."""

    kind: ClaimKind
    token: Token
    value: Decimal | None
    unit: str
    hedge: ClaimHedge
    wording: Wording = ""
    currency: str = ""
    total_growth: bool = False  # over the whole span, not a year
    fallen: bool = False  # "under" by "falls to": a limit where it is foretold, a figure where it is past
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
