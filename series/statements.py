"""Sources and statements: the nouns that evidence is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from series.errors import InputError, ReasonsError
from series.periods import Period

Kind = Literal["level", "growth", "share", "multiple", "cagr", "bound"]
Hedge = Literal["exact", "about", "nearly", "over", "under"]
Rounding = Literal["nearest", "truncated", "unknown"]
Basis = Literal["published", "comparable", "unknown", ""]
CurrencyBasis = Literal["originator", "converted", "assumed", ""]
Digits = Literal["printed", "inferred"]
Role = Literal["originator", "reprint", "translation", "secondary"]
Relation = Literal["reprint", "translation", "same", ""]
Precision = Literal["day", "month", "year"]

KINDS: tuple[str, ...] = get_args(Kind)
HEDGES: tuple[str, ...] = get_args(Hedge)
_CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kind", KINDS),
    ("hedge", HEDGES),
    ("rounding", get_args(Rounding)),
    ("digits", get_args(Digits)),
    ("basis", get_args(Basis)),
    ("currency_basis", get_args(CurrencyBasis)),
    ("relation", get_args(Relation)),
)
CHECKED = ("id", "base", *(name for name, _ in _CHOICES))
"""What `faults` looks at."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was published.

    `published` is the last day of the span that `precision` states: a source dated 2017 counts as known
    from 2017-12-31 on, so that an as-of view never uses a figure before it can have been public.
    """

    id: str
    publisher: str
    title: str
    published: dt.date
    precision: Precision
    address: str
    language: str
    role: Role

    def __post_init__(self) -> None:
        if wrong := role_fault(self.id, self.role):
            raise InputError(wrong)
        if self.precision not in get_args(Precision):
            raise InputError(f"source {self.id}: precision '{self.precision}' is unknown; use day, month or year")

    @property
    def earliest(self) -> dt.date:
        """The first day of the span in which it was published."""
        if self.precision == "year":
            return self.published.replace(month=1, day=1)
        return self.published.replace(day=1) if self.precision == "month" else self.published


def role_fault(source: str, role: str) -> str:
    """Say that the role of a source is unknown, or nothing."""
    known = get_args(Role)
    return "" if role in known else f"source {source}: role '{role}' is unknown; use one of {', '.join(known)}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed figure of one source.

    `value` is the figure in `unit`, exactly; `exponent` is the power of ten of its last printed digit in that
    unit: 886.5 has -1, and a level printed "1.54" trillion yuan is 15400 (CNY 100m) with exponent 2. Growth and
    shares are in percent, multiples in x ("183 times as much": 183). For kind `bound` the hedge gives the side:
    `over` a lower, `under` an upper bound. `whole` is set when a share is of something else than the catalog's
    parent of the part, and with its currency (`cn.offshore.execution.usd`) when the share is one of amounts in it.
    A share's subject ends in `.share`; every other subject ends in its currency or measure.
    """

    id: str
    source: str
    subject: str
    period: Period
    kind: Kind
    printed: str
    value: Decimal
    exponent: int
    unit: str
    hedge: Hedge
    rounding: Rounding
    digits: Digits
    base: Period | None
    basis: Basis
    currency_basis: CurrencyBasis
    whole: str
    original: str
    relation: Relation
    paraphrase: str

    def __post_init__(self) -> None:
        wrong = faults({name: getattr(self, name) for name in CHECKED})
        if not self.value.is_finite() or not -30 <= self.exponent <= 30:
            wrong.append(f"statement {self.id}: value {self.printed!r} is not a usable figure")
        if wrong:
            raise ReasonsError(wrong)


def faults(cells: Mapping[str, Any]) -> list[str]:
    """Say all that is wrong with the words of a statement, given as columns: what is unknown, and what is missing."""
    wrong = []
    for name, known in _CHOICES:
        if cells[name] not in known:
            wanted = ", ".join(choice or "(empty)" for choice in known)
            wrong.append(f"statement {cells['id']}: {name} '{cells[name]}' is unknown; use one of {wanted}")
    if cells["kind"] in ("growth", "multiple", "cagr") and not cells["base"]:
        wrong.append(f"statement {cells['id']}: a {cells['kind']} needs the period that it is measured against")
    if cells["kind"] == "bound" and cells["hedge"] not in ("over", "under"):
        wrong.append(f"statement {cells['id']}: a bound needs the hedge over (lower) or under (upper)")
    return wrong
