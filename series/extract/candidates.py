"""Candidates: statements that a text seems to make, before anyone has looked at them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from series.extract.subjects import Subject
from series.periods import Period

OPEN = "growth from the year before the first, or from the first"
SUMMED = "a sum of several years, or what the last came to"
SINCE_ANY = "summed up to a month: of the year, or of all years"
NEAR_PLACE = "the place named in the sentence before may be meant"
AHEAD = "the year had not ended when the text was published"
SMALL = "too small for the country's value, perhaps that of a place"
DOUBTS = {
    "measure not named, taken as execution": 0.6,
    "scope not named, taken as total": 0.85,
    "scope not named, taken as offshore": 0.85,
    "scope taken from what was spoken of before": 0.93,
    "measure taken from what was spoken of before": 0.93,
    "a bare percentage, taken as a share": 0.75,
    "part taken from what was spoken of before": 0.85,
    "year not printed": 0.97,
    "period taken from a sentence before": 0.95,
    "currency not printed": 0.97,
    OPEN: 0.7,
    SUMMED: 0.7,
    NEAR_PLACE: 0.5,
    SINCE_ANY: 0.5,
    SMALL: 0.3,
    AHEAD: 0.3,
}
UNITS = {"usd": "USD 100m", "cny": "CNY 100m"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure as understood: `span` counts characters of the original text, `base` is what growth is against.

    `exponent` is the power of ten of the last printed digit; `converted` when a bracket gives an amount again in the
    other currency; `notes` tell what the words beside the figure do not say.
    """

    subject: Subject
    period: Period
    kind: str
    value: Decimal
    unit: str
    printed: str
    hedge: str
    span: tuple[int, int]
    source: str
    base: Period | None = None
    currency: str = ""
    exponent: int = 0
    converted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two candidates the same statement."""
        return (self.subject, self.period, self.kind, self.value, self.unit, self.base)

    @property
    def confidence(self) -> float:
        """How likely the reading is right: the less of it stands beside the figure, the less likely."""
        return math.prod(DOUBTS.get(note, 0.9) for note in self.notes)

    @property
    def understood(self) -> str:
        """The reading in words."""
        part = f" {self.subject.part}" if self.subject.part else ""
        rest = {"growth": " against", "cagr": " a year from", "multiple": " as much as in"}.get(self.kind, "")
        base = f"{rest} {self.base}" if self.base and rest else ""
        name = f"{self.subject.area} {self.subject.scope} {self.subject.measure}{part}"
        return f"{name}, {self.period}: {self.kind} {self.value:f} {self.unit}{base}"

    @property
    def alternatives(self) -> tuple[dict[str, Any], ...]:
        """Other readings that the print itself allows."""
        found: list[dict[str, Any]] = []
        if self.kind == "multiple":
            more = {"kind": "multiple", "value": float(self.value + 1), "why": "so many times more, not as much"}
            found.append(more)
        if OPEN in self.notes and self.base:
            first = {"base": [self.period.first, self.base.shift(12).last], "why": "growth may be from the first year"}
            found.append(first)
        if "measure not named, taken as execution" in self.notes:
            found.append({"measure": "contract", "why": "the measure is not named"})
        if "scope not named, taken as total" in self.notes:
            found.append({"scope": "offshore", "why": "the scope is not named"})
        if "scope not named, taken as offshore" in self.notes:
            found.append({"scope": "total", "why": "the scope is not named"})
        return tuple(found)

    def document(self) -> dict[str, Any]:
        """Return the candidate as JSON shows it."""
        number = int(self.value) if self.value == self.value.to_integral_value() else float(self.value)
        return {
            "area": self.subject.area,
            "scope": self.subject.scope,
            "measure": self.subject.measure,
            "part": self.subject.part,
            "period": [self.period.first, self.period.last],
            "kind": self.kind,
            "value": number,
            "unit": self.unit,
            "printed": self.printed,
            "hedge": self.hedge,
            "span": list(self.span),
            "source": self.source,
            "base": [self.base.first, self.base.last] if self.base else None,
            "currency": self.currency.upper() or None,
            "understood": self.understood,
            "confidence": round(self.confidence, 2),
            "notes": list(self.notes),
            "alternatives": [dict(one) for one in self.alternatives],
        }
