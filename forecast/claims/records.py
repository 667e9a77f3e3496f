"""Claims: published assertions about the past, present or future of a subject."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from forecast.errors import InputError, near
from series.dates import last_day
from series.periods import Period

ClaimKind = Literal["growth", "level", "multiple", "share", "points", "ranking", "comparison", "qualitative"]
ClaimHedge = Literal["exact", "about", "over", "under"]
Tense = Literal["", "stated", "foretold"]
Wording = Literal["", "increase"]
CHECKABLE: frozenset[str] = frozenset({"growth", "level", "multiple", "share", "points"})
SINCE: frozenset[str] = frozenset({"growth", "multiple", "points"})
COLUMNS = (
    "id", "claimant", "made", "source", "kind", "subjects", "bases", "end", "value", "unit", "hedge",
    "wording", "statements", "settled_by", "not_checkable", "not_checkable_zh", "en", "zh",
)  # fmt: skip
OPTIONAL = "not_checkable_zh"
"""The column that a file of your own may leave out."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One published claim.

    `made` is the last day of the span that the source allows, None for an undated source; `subjects` and `bases`
    are the defensible readings where the text leaves scope, currency or base year open, the leading one first.
    `value` is in `unit`: percent a year for growth, the subject's own unit for levels, x for multiples, percent for
    shares, points for changes of a share. A multiple that is worded as an increase ("增长183倍") can be read as
    that many times as much or as that many times more. `statements` are those of the ledger of figures that print the
    claim itself: it is never judged by its own word. `not_checkable` says what is missing,
    and `not_checkable_zh` says it in Chinese; without it the English stands on Chinese pages too.
    `tense` says whether the claim states or foretells; empty leaves it to the dates.
    """

    id: str
    claimant: str
    made: dt.date | None
    printed_date: str
    source: str
    kind: ClaimKind
    subjects: tuple[str, ...]
    bases: tuple[Period, ...]
    end: Period | None
    value: Decimal | None
    unit: str
    hedge: ClaimHedge
    wording: Wording
    statements: tuple[str, ...]
    settled_by: str
    not_checkable: str
    en: str
    zh: str
    tense: Tense = ""
    not_checkable_zh: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(ClaimKind):
            raise InputError(f"kind '{self.kind}' is unknown; use one of {', '.join(get_args(ClaimKind))}")
        if self.hedge not in get_args(ClaimHedge):
            raise InputError(f"hedge '{self.hedge}' is unknown; use one of {', '.join(get_args(ClaimHedge))}")
        if self.not_checkable_zh and not self.not_checkable:
            raise InputError("what is missing is said in Chinese only; fill not_checkable too")
        if self.not_checkable or self.kind not in CHECKABLE:
            return
        if self.wording not in get_args(Wording):
            raise InputError(f"wording '{self.wording}' is unknown; leave it empty or write increase")
        if not self.subjects or self.end is None or self.value is None:
            raise InputError("a checkable claim needs subjects, an end and a value; or say what is missing")
        if self.kind == "share" and not 0 <= self.value <= 100:
            raise InputError(f"a share of {self.value} is impossible; it lies between 0 and 100 percent")
        if self.kind in ("level", "multiple") and self.value <= 0:
            raise InputError(f"a {self.kind} of {self.value} is impossible; amounts are positive")

    @property
    def foretold(self) -> bool:
        """Whether the claim was about a time that had not ended when it was made: a level is then a least level."""
        if self.tense:
            return self.tense == "foretold"
        return self.made is None or self.end is None or self.end.end >= self.made.year * 12 + self.made.month - 1

    @property
    def ceiling(self) -> bool:
        """Whether the claim is met by staying below its figure: a fall, or "less than"."""
        if self.hedge in ("over", "under") or self.value is None:  # "falls by less than 4%" is growth of over -4%
            return self.hedge == "under"
        return (self.kind in ("growth", "points") and self.value < 0) or (self.kind == "multiple" and self.value < 1)

    @property
    def last_digit(self) -> int:
        """The power of ten of the last digit to print: noughts behind an amount are no digits, 1000 is 1E+3."""
        assert self.value is not None  # noqa: S101 - narrowed by __post_init__ for every checkable claim
        exponent = (self.value.normalize() if self.kind == "level" else self.value).as_tuple().exponent
        return exponent if isinstance(exponent, int) else 0

    @property
    def half_unit(self) -> Decimal:
        """Half of the last printed digit: what rounding may have hidden."""
        assert self.value is not None  # noqa: S101 - narrowed by __post_init__ for every checkable claim
        exponent = self.value.as_tuple().exponent
        return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def load(path: Path | None = None) -> Mapping[str, Claim]:
    """Return the claims of the shipped ledger, or of a file of your own, by id and in file order.

    Raises:
        InputError: naming every defect with file and line.
    """
    text = (
        resources.files("forecast.claims").joinpath("ledger/claims.csv").read_text(encoding="utf-8")
        if path is None
        else path.read_text(encoding="utf-8")
    )
    name = "claims.csv" if path is None else str(path)
    claims: dict[str, Claim] = {}
    defects: list[str] = []
    rows = csv.DictReader(text.splitlines(), strict=True)
    if tuple(rows.fieldnames or ()) not in (COLUMNS, tuple(name for name in COLUMNS if name != OPTIONAL)):
        raise InputError(f"{name}:1: the header must be {','.join(COLUMNS)}")
    for line, row in enumerate(rows, start=2):
        try:
            claim = _read(row)
        except InputError as error:
            defects.append(f"{name}:{line}: {error}")
            continue
        if claim.id in claims:
            defects.append(f"{name}:{line}: id {claim.id} is given twice")
        claims[claim.id] = claim
    if defects:
        raise InputError("\n".join(defects))
    return claims


def find(claim: str, claims: Mapping[str, Claim] | None = None) -> Claim:
    """Return the claim with that id.

    Raises:
        InputError: if there is none; the nearest id is suggested.
    """
    known = load() if claims is None else claims
    if claim not in known:
        raise InputError(f"claim '{claim}' is unknown.{near(claim, known)} List them with: forecast claim list")
    return known[claim]


def _read(row: Mapping[str, str]) -> Claim:
    if None in row or None in row.values():
        raise InputError(f"a row has {len(COLUMNS)} cells; quote cells that hold commas")
    claim = Claim(
        id=row["id"],
        claimant=row["claimant"],
        made=last_day(row["made"]) if row["made"] else None,
        printed_date=row["made"] or "undated",
        source=row["source"],
        kind=row["kind"],  # type: ignore[arg-type]  # checked when made
        subjects=tuple(row["subjects"].split()),
        bases=tuple(Period.parse(text) for text in row["bases"].split()),
        end=Period.parse(row["end"]) if row["end"] else None,
        value=_decimal(row["value"]) if row["value"] else None,
        unit=row["unit"],
        hedge=row["hedge"],  # type: ignore[arg-type]  # checked when made
        wording=row["wording"],  # type: ignore[arg-type]  # checked when made
        statements=tuple(row["statements"].split()),
        settled_by=row["settled_by"],
        not_checkable=row["not_checkable"],
        not_checkable_zh=row.get(OPTIONAL, ""),
        en=row["en"],
        zh=row["zh"],
    )
    if claim.kind in CHECKABLE and not claim.not_checkable:
        if claim.made is None:
            raise InputError("a checkable claim needs a date; or say what is missing")
        if claim.kind in SINCE and not claim.bases:
            raise InputError(f"a {claim.kind} claim needs the period that it starts from")
    return claim


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise InputError(f"value '{text}' is not a usable number")
    return value
