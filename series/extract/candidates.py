"""Candidates: statements that a text seems to make, before anyone has looked at them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from series.extract.subjects import Subject
from series.periods import Period

UNITS = {"usd": "USD 100m", "cny": "CNY 100m"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure as understood: `span` counts characters of the original text, `base` is what growth is against."""

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
    confidence: float = 1.0
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two candidates the same statement."""
        return (self.subject, self.period, self.kind, self.value, self.unit, self.base)

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
            "confidence": round(self.confidence, 2),
            "notes": list(self.notes),
        }
