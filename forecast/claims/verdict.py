"""The verdict as a document: every reading with its figures, the range over them, and a text to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from forecast.claims.claimants import called
from forecast.claims.court import Judged, Outlook, judge
from forecast.claims.evidence import implied
from forecast.claims.readings import Show, edge, path, statements_of
from forecast.claims.reasons import Reason, because, told
from forecast.claims.records import CHECKABLE, Claim
from forecast.claims.rulings import ruling
from forecast.claims.sentences import paragraph
from forecast.claims.views import Running, documented, running_year
from series.resolver import Resolution

Evidence = Callable[[dt.date | None], Resolution]


def document(
    claim: Claim,
    show: Show,
    as_of: dt.date | None,
    engine: str,
    evidence: Evidence = implied,
    running: Running = running_year,
) -> dict[str, Any]:
    """Return the verdict on `claim` in the shape of `claim check --json`.

    The leading reading gives `probability`; `interval` spans all readings, so that nobody mistakes one reading of a
    loose sentence for the claim itself. How far the models differ stands with each reading.
    """
    head = {
        "id": claim.id,
        "claimant": claim.claimant,
        "by": dict(called(claim.claimant)),
        "made": claim.printed_date,
        "source": claim.source,
        "kind": claim.kind,
        "as_of": as_of.isoformat() if as_of else None,
        "engine": engine,
        "claim": {"en": claim.en, "zh": claim.zh},
    }
    if claim.not_checkable or claim.kind not in CHECKABLE:
        return head | _empty(claim, [_lacking(claim)])
    if not claim.foretold:
        ruled = ruling(claim, evidence(as_of))
        if ruled is not None:
            return head | ruled
        if claim.made is not None:
            return head | _empty(claim, [because("unbounded", subjects=claim.subjects, period=str(claim.end))])
    judged, missing = judge(claim, show, as_of, engine, running)
    gaps = [*missing, *(gap for one in judged for gap in one.gaps)]
    if not judged or not any(one.then or one.now or one.outcome for one in judged):
        return head | _empty(claim, gaps)
    readings = [_reading(claim, one) for one in judged]
    lead = next((one for one in judged if one.outcome or one.now), judged[0])
    content = {
        "verdict": _verdict(judged),
        "probability": _probability(lead, judged),
        "interval": _span(judged),
        "required": {one["subject"]: one["now"]["required"] for one in readings if one["now"]},
        "implied": {one["subject"]: one["implied"] for one in readings},
        "base_rate": {
            one["subject"]: {"own": one["now"]["runs"], "class": one["now"]["views"]["outside"]}
            for one in readings
            if one["now"]
        },
        "statements": statements_of([one.reading for one in judged], claim.end),
        **told(_reasons(claim, judged, missing)),
        "readings": readings,
    }
    return head | content | {"text": {"en": paragraph(claim, judged, "en"), "zh": paragraph(claim, judged, "zh")}}


def _lacking(claim: Claim) -> Reason:
    """Return what the curators say is missing, or that the kind of claim has nothing to test."""
    if not claim.not_checkable:
        return because("untested", kind=claim.kind)
    return because("lacking", lack={"en": claim.not_checkable, "zh": claim.not_checkable_zh or claim.not_checkable})


def _empty(claim: Claim, reasons: list[Reason]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"required": {}, "implied": {}, "base_rate": {}, "statements": [], "readings": []}
    why = "; ".join(str(one) for one in reasons)
    lack = f"：{claim.not_checkable_zh}" if claim.not_checkable_zh else ""
    return {
        "verdict": "not checkable",
        "probability": None,
        "interval": None,
        **nothing,
        **told(reasons),
        "text": {"en": f"{claim.en} Not checkable: {why}.", "zh": f"{claim.zh}目前无法核查{lack}。"},
    }


def _verdict(judged: list[Judged]) -> str:
    """Return the verdict that all readings share; readings that differ leave the claim consistent at best."""
    outcomes = {one.outcome["verdict"] for one in judged if one.outcome}
    if any(one.now for one in judged):
        return "probability"
    return next(iter(outcomes)) if len(outcomes) == 1 else "consistent"


def _probability(lead: Judged, judged: list[Judged]) -> float | None:
    """Return the chance of the leading reading; settled readings that differ leave none to name."""
    if len({one.outcome["verdict"] for one in judged if one.outcome}) > 1:
        return None
    if lead.outcome:
        certain = {"entailed": 1.0, "refuted": 0.0}
        return certain.get(lead.outcome["verdict"])
    return lead.now.probability if lead.now else None


def _span(judged: list[Judged]) -> list[float] | None:
    bounds = [one.now.probability for one in judged if one.now]
    for one in judged:
        if one.outcome:  # what came leaves open whether it was met, unless it says either
            bounds += {"entailed": (1.0,), "refuted": (0.0,)}.get(one.outcome["verdict"], (0.0, 1.0))
    return [min(bounds), max(bounds)] if bounds else None


def _reading(claim: Claim, one: Judged) -> dict[str, Any]:
    assert claim.end is not None  # noqa: S101 - only checkable claims get here
    reading = one.reading
    base = reading.base if reading.base and reading.base.period.end < claim.end.end else None
    return {
        "subject": reading.subject,
        "sense": reading.sense,
        "unit": reading.series.unit,
        "base": {"period": str(base.period), "value": base.value, "low": base.low, "high": base.high} if base else None,
        "demanded": {
            "period": str(claim.end),
            "value": reading.demanded,
            "low": reading.low,
            "high": reading.high,
            "threshold": reading.threshold,
            "last_digit": reading.last_digit,
        },
        "implied": path(base, reading.demanded, claim.end) if base else [],
        "then": _outlook(one.then),
        "now": _outlook(one.now),
        "outcome": one.outcome,
        "gaps": [str(gap) for gap in one.gaps],
        "statements": statements_of([reading], claim.end),
    }


def _outlook(outlook: Outlook | None) -> dict[str, Any] | None:
    if outlook is None:
        return None
    runs = outlook.runs
    return {
        "as_of": outlook.as_of.isoformat() if outlook.as_of else None,
        "latest": {"period": outlook.latest, "value": outlook.latest_value},
        "required": outlook.required,
        "probability": outlook.probability,
        "interval": [outlook.lowest, outlook.highest],
        "members": outlook.members,
        "median": outlook.median,
        "growth": outlook.growth,
        "recent": outlook.recent.rate if outlook.recent else None,
        "recent_years": outlook.recent.years if outlook.recent else None,
        "views": documented(outlook.inside, outlook.outside, outlook.share),
        "percentile": {
            "own": None if not runs.count else 1 - runs.reached / runs.count,
            "class": None if outlook.outside is None else 1 - outlook.outside.rate.share,
        },
        "runs": {
            "years": runs.years,
            "count": runs.count,
            "reached": runs.reached,
            "best": runs.best,
            "latest": runs.latest,
            "newest_reached": runs.newest_reached,
        },
    }


def _rounded(claim: Claim) -> Reason:
    """Return from where on, or up to where, a rate of growth counts as true for what its last digit leaves open."""
    key, name = ("up_to", "most") if claim.ceiling else ("from", "least")
    figures = {"value": str(claim.value), name: f"{edge(claim).normalize():f}"}
    if claim.hedge == "about":
        return because(f"{key}_about", **figures)
    return because(key, **figures, half=str(claim.half_unit))


def _reasons(claim: Claim, judged: list[Judged], missing: list[Reason]) -> list[Reason]:
    reasons = []
    if len(judged) > 1:
        reasons.append(because("open", readings=len(judged)))
    if claim.kind == "growth" and claim.hedge in ("exact", "about"):
        reasons.append(_rounded(claim))
    if claim.made and claim.printed_date != claim.made.isoformat():
        reasons.append(because("dated", dated=claim.printed_date, day=claim.made.isoformat()))
    insides = ((one.reading.subject, one.now.inside) for one in judged if one.now and one.now.inside)
    leaning = [because("leans", subject=name, count=inside.leans) for name, inside in insides if inside.leans]
    return [*reasons, *leaning, *missing, *(gap for one in judged for gap in one.gaps)]
