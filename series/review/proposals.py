"""Proposals: candidates written as statements of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from series.errors import InputError
from series.extract import Candidate
from series.ledger import Ledger, columns, next_id
from series.periods import Period
from series.statements import CurrencyBasis, Source, Statement

LISTS = {  # part as the press names it: first month of the list, and what the catalog calls that list
    "area_demo_cities": (("2005-01", "area_demo_cities_21"), ("2016-05", "area_demo_cities"),
                         ("2022-01", "area_demo_cities_37")),
    "market_bri": (("2005-01", "market_bri"), ("2024-01", "market_bri_wide")),
}  # fmt: skip
YEAR = 12
RATES = ("growth", "multiple", "cagr")
EDITABLE = ("subject", "period", "kind", "value", "exponent", "unit", "hedge", "base", "basis", "currency_basis")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with the statement that it would become; `obstacle` says why it cannot become one as it stands."""

    candidate: Candidate
    statement: Statement | None
    obstacle: str = ""


def propose(candidates: Sequence[Candidate], ledger: Ledger, source: Source) -> list[Proposal]:
    """Return one proposal a candidate, with the ids that the statements would get."""
    first = int(next_id(ledger).removeprefix("s"))
    proposals = []
    for number, candidate in enumerate(candidates, start=first):
        try:
            made = statement(candidate, ledger, source, f"s{number:04d}")
        except InputError as error:
            proposals.append(Proposal(candidate, None, str(error)))
        else:
            proposals.append(Proposal(candidate, made))
    return proposals


def listed(part: str, month: str) -> str:
    """Return what the catalog calls a list of cities or countries as it stood in a month; any other part as it is."""
    return next((name for since, name in reversed(LISTS.get(part, ())) if since <= month), part)


def subject_of(candidate: Candidate) -> str:
    """Return the id of the series that the candidate speaks of; yuan where no currency is known."""
    subject = candidate.subject
    last = "share" if candidate.kind == "share" else candidate.currency or "cny"
    part = subject.part and listed(subject.part, candidate.period.last)
    parts = (subject.area, subject.scope, subject.measure, part, last)
    return ".".join(part for part in parts if part)


def statement(candidate: Candidate, ledger: Ledger, source: Source, key: str, subject: str = "") -> Statement:
    """Write a candidate as a statement, on another subject where one is given.

    Raises:
        InputError: if the catalog does not have its subject.
    """
    subject = subject or subject_of(candidate)
    entry = ledger.catalog.entry(subject)
    rate = candidate.kind in RATES
    period = candidate.period
    base = (candidate.base or period.shift(-12)) if rate else None
    if candidate.kind == "cagr" and period.length > YEAR:  # of a plan: it leads from the year before to the last one
        base = candidate.base or Period(period.start - YEAR, period.start - 1)
        period = Period(period.end - YEAR + 1, period.end)
    basis: CurrencyBasis = "" if candidate.kind == "share" else "originator" if candidate.currency else "assumed"
    if candidate.converted:
        basis = "converted"
    whole = ""
    if candidate.kind == "share" and candidate.currency and entry.whole:
        whole = f"{entry.whole}.{candidate.currency}"
    made = Statement(
        key, source.id, subject, period, cast(Any, candidate.kind), candidate.printed, candidate.value,
        candidate.exponent, candidate.unit, cast(Any, candidate.hedge), "nearest", "printed",
        base, "unknown" if candidate.kind == "growth" else "", basis, whole, "", "", "",
    )  # fmt: skip
    return replace(made, paraphrase=paraphrase(made, ledger, source))


def paraphrase(item: Statement, ledger: Ledger, source: Source) -> str:
    """Say in our own words what a statement says."""
    title = ledger.catalog.entry(item.subject).title.en
    title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    who, what = source.publisher or source.id, f"{source.publisher or source.id} put the {title} for {item.period} at"
    if item.kind == "growth":
        way = "higher" if item.value >= 0 else "lower"
        return (
            f"{who} reported the {title} for {item.period} as {abs(item.value):f} percent {way} than for {item.base}."
        )
    if item.kind == "cagr":
        return (
            f"{who} reported that the {title} grew by {item.value:f} percent a year from {item.base} to {item.period}."
        )
    if item.kind == "multiple":
        return f"{who} reported the {title} for {item.period} as {item.value:f} times that of {item.base}."
    hedge = "" if item.hedge == "exact" else f"{item.hedge} "
    return f"{what} {hedge}{_amount(item)}."


def _amount(item: Statement) -> str:
    """Write a figure with its unit, an amount in billions as the ledger's own paraphrases do."""
    currency, hundreds = item.unit[:3], item.unit[4:] == "100m"
    if not hundreds:
        return f"{item.value:f} {item.unit}"
    billions = item.value.scaleb(-1).quantize(Decimal(1).scaleb(min(0, item.exponent - 1)))
    return f"{currency} {billions:,f} bn"


def revised(proposal: Proposal, changes: Iterable[str], ledger: Ledger, source: Source) -> Proposal:
    """Return the proposal with fields changed as `name=value`.

    Raises:
        InputError: if a field cannot be changed, its value cannot be read, or the catalog has no such subject.
    """
    split = dict(_split(change) for change in changes)
    item = proposal.statement or statement(proposal.candidate, ledger, source, "s0000", split.get("subject", ""))
    for name, text in split.items():
        item = replace(item, **{name: columns.parse(name, text)})
    entry = ledger.catalog.entry(item.subject)
    if item.kind in ("level", "share", "bound"):
        item = replace(item, unit=entry.unit)
    if item.value % Decimal(1).scaleb(item.exponent):
        item = replace(item, exponent=min(0, cast(int, item.value.as_tuple().exponent)))
    return replace(proposal, statement=replace(item, paraphrase=paraphrase(item, ledger, source)), obstacle="")


def _split(change: str) -> tuple[str, str]:
    name, equals, text = (part.strip() for part in change.partition("="))
    if not equals or name not in EDITABLE:
        raise InputError(f"'{change.strip()}' is no change; write name=value with a name of {', '.join(EDITABLE)}")
    return name, text
