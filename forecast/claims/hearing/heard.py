"""What was understood of a sentence: one claim, or as much of one as there is, with what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forecast.claims.records import ClaimHedge, ClaimKind, Wording
from series.periods import Period

KINDS = {
    "growth": "average growth",
    "level": "a level",
    "multiple": "a multiple",
    "share": "a share",
    "points": "a change of a share in points",
    "ranking": "a rank",
    "comparison": "a comparison",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One claim as understood.

    `subjects` and `bases` are the defensible readings, the leading one first; empty `bases` mean the newest year
    known. `missing` is what the sentence leaves out and nobody can enumerate, `beyond` what the evidence lacks,
    `notes` how a gap of the sentence was filled.
    """

    kind: ClaimKind
    printed: str
    value: Decimal | None = None
    unit: str = ""
    hedge: ClaimHedge = "exact"
    wording: Wording = ""
    subjects: tuple[str, ...] = ()
    bases: tuple[Period, ...] = ()
    end: Period | None = None
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    foretold: bool = False

    def __str__(self) -> str:
        """Return the claim in words, as it is shown to whoever wrote the sentence."""
        parts = [KINDS[self.kind]]
        if self.value is not None:
            hedge = {"over": "more than ", "under": "less than ", "about": "about "}.get(self.hedge, "")
            parts.append(f"of {hedge}{amount(self.value, self.unit)}")
        elif self.printed:
            parts.append(f'("{self.printed}")')
        if self.wording == "increase":
            parts.append('worded as an increase ("增长…倍")')
        when = f"to {self.end}" if self.end else "with no end year"
        if self.kind in ("growth", "multiple", "points"):
            since = " or ".join(str(base) for base in self.bases) or "the newest year known"
            when = f"from {since} {when}"
        parts.append(
            when.replace("to ", "in ", 1) if self.kind in ("level", "share", "ranking", "comparison") else when
        )
        parts.append(f"of {' or '.join(self.subjects)}" if self.subjects else "of no subject that was recognised")
        return " ".join(parts)


def amount(value: Decimal, unit: str) -> str:
    """Return a value with its unit as people write it."""
    text = f"{value:f}"
    if unit in ("USD 100m", "CNY 100m"):
        return f"{unit.split(maxsplit=1)[0]} {float(value) / 10:,.6g} bn"
    return {
        "percent a year": f"{text}% a year",
        "percent": f"{text}%",
        "x": f"{text} times",
        "points": f"{text} points",
    }.get(unit, f"{text} {unit}".strip())
