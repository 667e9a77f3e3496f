"""Rulings: the verdict on a statement of the past as a document, with what the evidence implies and what decides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from forecast.claims.arithmetic import Weighed, tried
from forecast.claims.reasons import Reason, because, told
from forecast.claims.records import Claim
from forecast.claims.ruling_words import paragraph
from forecast.claims.settlement import pinned
from series.resolver import Resolution
from series.resolver.explanations import citation

UNITS = {"growth": "percent", "multiple": "x", "share": "percent", "points": "points"}
CITED = 4


def ruling(claim: Claim, evidence: Resolution) -> dict[str, Any] | None:
    """Return the content of the verdict document on a statement of the past; None where nothing bounds it.

    Readings that differ leave the claim consistent at best: some way to read it is true.
    """
    weighed, missing = tried(claim, evidence)
    if not weighed:
        return None
    verdicts = {one.ruling for one in weighed}
    verdict = next(iter(verdicts)) if len(verdicts) == 1 else "consistent"
    certain = {"entailed": 1.0, "refuted": 0.0}
    chances = [certain[one.ruling] for one in weighed if one.ruling in certain]
    return {
        "verdict": verdict,
        "probability": certain.get(verdict),
        "interval": [min(chances), max(chances)] if chances else None,
        "required": {},
        "implied": {_key(one): _implied(claim, one) for one in weighed},
        "base_rate": {},
        "statements": _statements(weighed),
        **told([*_reasons(claim, weighed, evidence), *missing]),
        "readings": [_reading(claim, one, evidence) for one in weighed],
        "text": {"en": paragraph(claim, weighed, "en"), "zh": paragraph(claim, weighed, "zh")},
    }


def _key(one: Weighed) -> str:
    return f"{one.subject} {one.sense}".strip()


def _implied(claim: Claim, one: Weighed) -> dict[str, Any]:
    return {
        "low": _finite(one.implied.low),
        "high": _finite(one.implied.high),
        "unit": _unit(claim, one),
        "beside": {"low": _finite(one.own.low), "high": _finite(one.own.high)} if one.own else None,
        "quotient": one.simple,
    }


def _reading(claim: Claim, one: Weighed, evidence: Resolution) -> dict[str, Any]:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    value = float(claim.value)
    return {
        "subject": one.subject,
        "sense": one.sense,
        "unit": _unit(claim, one),
        "base": _base(one, evidence),
        "demanded": {
            "period": str(claim.end),
            "value": value,
            "low": _finite(one.claimed.low, value),
            "high": _finite(one.claimed.high, value),
            "threshold": _finite(one.claimed.low, value),
            "last_digit": claim.last_digit,
        },
        "implied": [],
        "then": None,
        "now": None,
        "outcome": {
            "period": str(claim.end),
            "value": _finite(one.implied.low) if one.middle is None else one.middle,
            "low": _finite(one.implied.low),
            "high": _finite(one.implied.high),
            "pinned": pinned(one.implied.low, one.implied.high),
            "last_digit": None,
            "verdict": one.ruling,
            "growth": None,
            "statements": list(one.statements),
        },
        "gaps": [],
        "statements": list(one.statements),
    }


def _base(one: Weighed, evidence: Resolution) -> dict[str, Any] | None:
    if one.base is None:
        return None
    bounds = evidence.bounds(one.subject, one.base)
    if math.isinf(bounds.high):
        return None
    middle = (bounds.low + bounds.high) / 2
    return {"period": str(one.base), "value": middle, "low": bounds.low, "high": bounds.high}


def _unit(claim: Claim, one: Weighed) -> str:
    currency = one.subject.rsplit(".", 1)[-1]
    return UNITS.get(claim.kind) or {"usd": "USD 100m", "cny": "CNY 100m"}.get(currency, claim.unit)


def _reasons(claim: Claim, weighed: Sequence[Weighed], evidence: Resolution) -> list[Reason]:
    reasons = []
    if len(weighed) > 1:
        reasons.append(because("open", readings=len(weighed)))
    if claim.statements:
        reasons.append(because("own", statements=claim.statements))
    if any(one.rounded for one in weighed):
        reasons.append(because("rounding"))
    deciding = [key for key in _statements(weighed) if key in evidence.statements][:CITED]
    return [*reasons, *(_decided(evidence, key) for key in deciding)]


def _decided(evidence: Resolution, statement: str) -> Reason:
    cited = citation(evidence, evidence.statements[statement])
    says = cited.says.rstrip(".")
    return because("decided", says=says, publisher=cited.publisher, published=cited.date, statement=statement)


def _statements(weighed: Sequence[Weighed]) -> list[str]:
    return list(dict.fromkeys(key for one in weighed for key in one.statements))


def _finite(value: float, otherwise: float | None = None) -> float | None:
    return value if math.isfinite(value) else otherwise
