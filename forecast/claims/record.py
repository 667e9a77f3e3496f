"""Record: every claim about the future whose end is known, with the chance it had when it was made, scored."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forecast.claims.court import Judged, judge
from forecast.claims.readings import Show
from forecast.claims.records import CHECKABLE, Claim
from forecast.claims.settlement import Settled, settle
from forecast.claims.views import Running, running_year
from series.ledger import Ledger

CERTAIN = 0.99
"""What "the claimant is right" stakes where the score of a certainty would be infinite."""
FEWEST = 5
"""Claims below which a claimant is not ranked."""
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a claim that is settled: the chance it had, and how it turned out (1 met, 0 missed).

    The readings of one claim share its weight of 1, so that no claim counts more for being loosely worded.
    """

    claim: str
    claimant: str
    made: dt.date
    subject: str
    end: str
    threshold: float
    settled: Settled
    probability: float
    inside: float | None
    outside: float | None
    method: str
    weight: float

    @property
    def outcome(self) -> float:
        """1 if met, 0 if missed."""
        return float(self.settled.outcome == "met")


def entries(
    claims: Sequence[Claim],
    show: Show,
    ledger: Ledger,
    engine: str,
    as_of: dt.date | None = None,
    running: Running = running_year,
) -> tuple[list[Entry], list[str]]:
    """Return every reading of the claims about the future that is settled by `as_of`, and why others are not scored.

    `ledger` is what was known by then; later claims are left out.
    """
    found: list[Entry] = []
    left: list[str] = []
    for claim in claims:
        if claim.kind not in CHECKABLE or claim.not_checkable or not claim.foretold:
            continue
        assert claim.end is not None  # noqa: S101 - a checkable claim has one
        assert claim.made is not None  # noqa: S101 - the ledger sees to it
        if as_of is not None and claim.made > as_of:
            continue
        judged, missing = judge(claim, show, as_of, engine, running)
        left += [f"{claim.id}: {reason}" for reason in missing]
        usable: list[tuple[Any, Settled]] = []
        for one in judged:
            outcome = settle(one.reading, claim.end, ledger)
            if outcome is None:
                left.append(f"{claim.id}: {claim.end} of {one.reading.subject} is not known yet")
            elif outcome.outcome == "too close":
                left.append(f"{claim.id}: {one.reading.subject} of {claim.end} is too close to tell")
            elif one.then is None:
                left.append(f"{claim.id}: {_why(one)}")
            else:
                usable.append((one, outcome))
        for one, outcome in usable:
            then = one.then
            found.append(
                Entry(
                    claim=claim.id,
                    claimant=claim.claimant,
                    made=claim.made,
                    subject=one.reading.subject,
                    end=str(claim.end),
                    threshold=one.reading.threshold,
                    settled=outcome,
                    probability=then.probability,
                    inside=then.inside.probability if then.inside else None,
                    outside=then.outside.probability if then.outside else None,
                    method=then.inside.method if then.inside else "class",
                    weight=1 / len(usable),
                )
            )
    return found, left


def _why(one: Judged) -> str:
    return "; ".join(str(gap) for gap in one.gaps) or "nothing was known when it was made"


def scored(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return Brier and log score of the court and of others, weighted by claim; lower is better.

    "base rate" gives each claim the share of all other claims that were met, which only later years could tell; "base
    rate of all" the share of all of them, itself among them, which nobody who has to guess can know: the least that any
    constant can score; "base rate then" the share of those settled before it was made, one met and one missed being
    put in to begin with.
    "claimant" takes the claim at its word. "inside" and "outside" are the views that the court pools, the other one
    standing in where one is missing.
    """
    ways: dict[str, list[float]] = {
        "court": [one.probability for one in found],
        "inside view": [one.probability if one.inside is None else one.inside for one in found],
        "outside view": [one.probability if one.outside is None else one.outside for one in found],
        "base rate": [_others(found, one) for one in found],
        "base rate of all": [_mean(found, [other.outcome for other in found])] * len(found),
        "base rate then": [_earlier(found, one) for one in found],
        "claimant": [1.0 for _ in found],
    }
    return [
        {
            "way": way,
            "brier": _mean(found, [(p - one.outcome) ** 2 for p, one in zip(chances, found, strict=True)]),
            "log": _mean(found, [_log(p, one.outcome) for p, one in zip(chances, found, strict=True)]),
            "n": len({one.claim for one in found}),
        }
        for way, chances in ways.items()
    ]


def calibrated(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return by bin of probability how many claims were given it, the mean of it, and the share that was met."""
    return [_bin(found, low, high) for low, high in itertools.pairwise(BINS)]


def _bin(found: Sequence[Entry], low: float, high: float) -> dict[str, Any]:
    inside = [one for one in found if low <= one.probability < high or one.probability == high == BINS[-1]]
    total = sum(one.weight for one in inside)
    return {
        "low": low,
        "high": high,
        "claims": total,
        "mean": sum(one.weight * one.probability for one in inside) / total if total else None,
        "met": sum(one.weight * one.outcome for one in inside) / total if total else None,
    }


def claimants(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return how many claims of each claimant are settled and met; `ranked` says whether they are enough to compare."""
    rows = []
    for name in dict.fromkeys(one.claimant for one in found):
        own = [one for one in found if one.claimant == name]
        count, met = len({one.claim for one in own}), sum(one.weight * one.outcome for one in own)
        rows.append({"claimant": name, "claims": count, "met": met, "ranked": count >= FEWEST})
    return sorted(rows, key=lambda row: (-row["claims"], row["claimant"]))


def _others(found: Sequence[Entry], one: Entry) -> float:
    others = [other for other in found if other.claim != one.claim]
    total = sum(other.weight for other in others)
    return sum(other.weight * other.outcome for other in others) / total if total else 0.5


def _earlier(found: Sequence[Entry], one: Entry) -> float:
    known = [other for other in found if int(other.end) < one.made.year]
    return (1 + sum(other.weight * other.outcome for other in known)) / (2 + sum(other.weight for other in known))


def _mean(found: Sequence[Entry], losses: Sequence[float]) -> float:
    total = sum(one.weight for one in found)
    return sum(one.weight * loss for one, loss in zip(found, losses, strict=True)) / total


def _log(probability: float, outcome: float) -> float:
    staked = min(max(probability, 1 - CERTAIN), CERTAIN)
    return -math.log(staked if outcome else 1 - staked)
